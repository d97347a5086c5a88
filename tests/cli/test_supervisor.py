"""The action server beside Rasa."""

from __future__ import annotations

import asyncio
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from chatbot.errors import ServiceError
from chatbot.serving import ports
from chatbot.serving.supervisor import ActionServer, RateLimit

ACTIONS = Path(__file__).parent / "small_bot" / "actions"


@contextmanager
def running(folder: Path) -> Iterator[tuple[ActionServer, socket.socket]]:
    with closing(ports.claim("127.0.0.1", 0, "--actions-port")) as listener:
        server = ActionServer(folder, listener)
        try:
            yield server, listener
        finally:
            server.stop()


def wait_ready(server: ActionServer, patience: float = 30) -> None:
    asyncio.run(server.wait_ready(lambda: None, patience))


def package(folder: Path, source: str) -> Path:
    (folder / "actions").mkdir()
    (folder / "actions" / "__init__.py").write_text(source)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ACTIONS, tmp_path / "actions")
    return tmp_path


def test_it_answers_when_it_is_ready(folder: Path) -> None:
    with running(folder) as (server, listener):
        wait_ready(server)
        assert httpx.get(f"{ports.url(listener)}/actions").json() == [{"name": "action_answer"}]


def test_a_request_waits_for_its_start(folder: Path) -> None:
    with running(folder) as (_, listener):
        assert httpx.get(f"{ports.url(listener)}/health", timeout=20).status_code == 200


def test_it_is_started_again_when_it_dies(folder: Path) -> None:
    with running(folder) as (server, listener):
        wait_ready(server)
        first = server.pid
        psutil.Process(first).kill()
        assert httpx.get(f"{ports.url(listener)}/health", timeout=20).status_code == 200
        assert server.pid != first


def test_nothing_is_left_of_it_when_it_is_stopped(folder: Path) -> None:
    with running(folder) as (server, _):
        wait_ready(server)
        child = psutil.Process(server.pid)
    assert not child.is_running()


def test_it_can_be_stopped_while_it_starts(folder: Path) -> None:
    start = time.monotonic()
    with running(folder) as (server, _):
        child = psutil.Process(server.pid)
    assert not child.is_running()
    assert time.monotonic() - start < 5


def test_one_that_ends_at_once_is_reported_with_its_last_lines(tmp_path: Path) -> None:
    with (
        running(package(tmp_path, "import no_such_module")) as (server, _),
        pytest.raises(ServiceError, match=r"(?s)ended at once.*No module named 'no_such_module'"),
    ):
        wait_ready(server)


def test_one_that_does_not_come_up_is_reported_with_its_last_lines(tmp_path: Path) -> None:
    source = "import time\nprint('fetching the moon', flush=True)\ntime.sleep(60)"
    with running(package(tmp_path, source)) as (server, _):
        time.sleep(1.5)
        with pytest.raises(ServiceError, match=r"(?s)did not answer within.*fetching the moon"):
            wait_ready(server, patience=0.1)


def test_waiting_for_it_ends_when_the_check_says_so(tmp_path: Path) -> None:
    def check() -> None:
        raise KeyboardInterrupt

    with (
        running(package(tmp_path, "import time; time.sleep(60)")) as (server, _),
        pytest.raises(KeyboardInterrupt),
    ):
        asyncio.run(server.wait_ready(check))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_first_times_need_not_wait() -> None:
    limit = RateLimit(3, 60, Clock())
    assert [limit.pause() for _ in range(3)] == [0, 0, 0]


def test_one_time_too_many_waits_for_the_end_of_the_window() -> None:
    clock = Clock()
    limit = RateLimit(2, 60, clock)
    limit.pause()
    clock.now = 10
    limit.pause()
    assert limit.pause() == 50


def test_after_the_window_there_is_no_wait() -> None:
    clock = Clock()
    limit = RateLimit(1, 60, clock)
    limit.pause()
    clock.now = 61
    assert limit.pause() == 0


def test_waits_add_up() -> None:
    limit = RateLimit(1, 60, Clock())
    assert [limit.pause() for _ in range(3)] == [0, 60, 120]
