"""Pictures over HTTP, from a running server."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import httpx
import psutil
import pytest

from tests.cli.command import Chatbot, Server, children

NAME = "collaboration--warehouse-manager"
CREDENTIALS = "rest:\nchatbot.channels.pictures.PicturesInput:\n"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def bot(trained_small_bot: Path, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("pictures") / "bot"
    shutil.copytree(trained_small_bot, folder, symlinks=True)
    (folder / "credentials.yml").write_text(CREDENTIALS)
    return Chatbot(folder)


@pytest.fixture(scope="module")
def server(bot: Chatbot) -> Iterator[Server]:
    with bot.serve() as running:
        yield running


def get(server: Server, path: str, **headers: str) -> httpx.Response:
    return httpx.get(server.url + path, timeout=PATIENCE, headers=headers)


def test_a_png_is_served(server: Server) -> None:
    answer = get(server, f"/pictures/{NAME}.png")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("width", ["360", "1200"])
def test_an_svg_is_served_in_both_widths(server: Server, width: str) -> None:
    answer = get(server, f"/pictures/{NAME}.svg?width={width}")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert ElementTree.fromstring(answer.content).get("width") == width


def test_a_picture_can_run_nothing(server: Server) -> None:
    headers = get(server, f"/pictures/{NAME}.svg").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_browsers_keep_a_picture(server: Server) -> None:
    answer = get(server, f"/pictures/{NAME}.png")
    assert "max-age" in answer.headers["cache-control"]
    tag = answer.headers["etag"]
    again = get(server, f"/pictures/{NAME}.png", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = get(server, f"/pictures/{NAME}.png", **{"If-None-Match": '"old"'})
    assert other.status_code == 200


def test_head_says_how_large_it_is(server: Server) -> None:
    address = f"{server.url}/pictures/{NAME}.png"
    head = httpx.head(address, timeout=PATIENCE)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(get(server, f"/pictures/{NAME}.png").content))


@pytest.mark.parametrize(
    "path",
    [
        "collaboration--warehouse-manger.png",
        "nothing--here.svg",
        "collaboration--warehouse-manager.gif",
        "collaboration--warehouse-manager",
        ".png",
        "collaboration--warehouse-manager.png?width=361",
        "collaboration--warehouse-manager.png?width=" + "9" * 500,
        "..%2f..%2fcredentials.yml",
        "%2e%2e%2fcredentials.yml.png",
        "collaboration--%00.png",
        "<b onload=alert(1)>.svg",
        "a" * 3000 + ".png",
    ],
)
def test_what_is_no_picture_is_not_found(server: Server, path: str) -> None:
    answer = get(server, f"/pictures/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Traceback" not in answer.text
    assert "File " not in answer.text


def test_a_misspelt_name_gets_a_hint(server: Server) -> None:
    answer = get(server, "/pictures/collaboration--warehouse-manger.png")
    assert "did you mean 'warehouse-manager'?" in answer.text


def test_nothing_can_be_written(server: Server) -> None:
    assert httpx.post(f"{server.url}/pictures/{NAME}.png").status_code == 405


def test_servers_without_a_root_serve_below_the_webhooks(server: Server) -> None:
    answer = get(server, f"/webhooks/pictures/{NAME}.png")
    assert answer.content == get(server, f"/pictures/{NAME}.png").content


def test_a_picture_is_drawn_once_however_many_ask(bot: Chatbot, server: Server) -> None:
    path = "/pictures/group--technology.png"
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: get(server, path), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    folder = bot.folder / ".cache" / "pictures"
    assert len(list(folder.glob("group--technology-360-*.png"))) == 1
    assert list(folder.glob("*.part")) == []


def test_messages_are_answered_while_pictures_are_drawn(server: Server) -> None:
    get(server, f"/pictures/{NAME}.png")  # the process that draws is up
    with ThreadPoolExecutor(1) as threads:
        drawing = threads.submit(get, server, "/pictures/groups--marketing--technology.png")
        said = 0
        while not drawing.done():
            assert server.ask("hello") == ["You said: hello"]
            said += 1
    assert drawing.result().status_code == 200
    assert said > 1


def test_it_ends_with_the_server_whatever_happens(bot: Chatbot) -> None:
    with bot.serve() as server:
        get(server, "/pictures/process--restocking.png?width=1200")
        assert len(workers(server)) == 1
        stopped = server.stop()
    assert (stopped.code, stopped.orphans) == (0, [])
    assert "Traceback" not in stopped.output
    with bot.serve() as server:
        get(server, "/pictures/process--opening-a-shop.png?width=1200")
        [worker] = workers(server)
        server.process.kill()
        psutil.wait_procs([worker], timeout=5)
        assert gone(worker)


def workers(server: Server) -> list[psutil.Process]:
    return [p for p in children(server.process.pid) if "spawn_main" in " ".join(p.cmdline())]


def gone(process: psutil.Process) -> bool:
    time.sleep(0.1)
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
