from __future__ import annotations

import os
import socket
import sys

import psutil
import pytest

from benchmarks.processes import (
    Command,
    disk_use,
    free_ports,
    memory,
    processor_seconds,
    run,
    running,
)
from chatbot.errors import ServiceError

# A process that starts another one, tells its id, and does not end when asked to.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


def command(tmp_path, code: str) -> Command:
    return Command([sys.executable, "-c", code], tmp_path, tmp_path / "log")


def told_pid(command: Command, process: psutil.Popen) -> int:
    while not command.log.read_text().strip():
        assert process.poll() is None
    return int(command.log.read_text())


def test_an_error_ends_a_process_and_what_it_started(tmp_path):
    stubborn = command(tmp_path, STUBBORN)
    seen = []

    def fail() -> None:
        with running(stubborn, grace_s=0.1) as process:
            seen.extend([process.pid, told_pid(stubborn, process)])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not any(_alive(pid) for pid in seen)


def test_a_command_that_ends_well_tells_its_seconds(tmp_path):
    assert run(command(tmp_path, "import time; time.sleep(0.2)"), 60) >= 0.2


def test_a_command_that_fails_shows_its_last_lines(tmp_path):
    with pytest.raises(ServiceError, match="(?s)ended with 3.*out of paper"):
        run(command(tmp_path, "print('out of paper'); raise SystemExit(3)"), 60)


def test_a_command_that_takes_too_long_is_ended(tmp_path):
    with pytest.raises(ServiceError, match="not done after"):
        run(command(tmp_path, "import time; time.sleep(600)"), 0.3)


def test_rasa_is_told_not_to_report_its_use(tmp_path):
    code = "import os; assert os.environ['RASA_TELEMETRY_ENABLED'] == 'false'"
    run(command(tmp_path, code), 60)


def test_memory_counts_the_children_too():
    code = (
        "import sys, time; held = bytearray(80_000_000); print('up', flush=True); time.sleep(600)"
    )
    with psutil.Popen([sys.executable, "-c", code], stdout=-1) as child:
        alone = memory(child).rss
        child.stdout.readline()
        try:
            assert memory(psutil.Process(os.getpid())).rss > 80
            assert memory(child).rss > max(80, alone)
        finally:
            child.kill()


def test_processor_time_is_counted_while_a_process_works():
    before = processor_seconds(psutil.Process(os.getpid()))
    sum(number * number for number in range(3_000_000))
    assert processor_seconds(psutil.Process(os.getpid())) > before


def test_free_ports_are_different_and_can_be_bound():
    ports = free_ports(2)
    assert len(set(ports)) == 2
    for port in ports:
        with socket.socket() as one:
            one.bind(("127.0.0.1", port))


def test_disk_use_counts_hard_links_once(tmp_path):
    (tmp_path / "a").write_bytes(os.urandom(3_000_000))
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    assert 2.9 <= disk_use(tmp_path) <= 3.2


def _alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
