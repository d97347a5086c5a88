"""Where drawn pictures are kept, and the process that draws them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from chatbot.errors import PictureError
from chatbot.knowledge.load import fingerprint
from chatbot.pictures import artist
from chatbot.pictures.artist import Artist
from chatbot.pictures.orders import Cache, Order
from tests.pictures.scenes import all_pictures, one_of_each, ordered
from tests.support.paths import KNOWLEDGE, ROOT

PATIENCE = 60


@pytest.fixture
def order() -> Order:
    return ordered(one_of_each()[0])


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "pictures")


def test_what_is_kept_is_read_back(cache: Cache, order: Order) -> None:
    assert cache.read(order) is None
    cache.keep(order, b"picture")
    assert cache.read(order) == b"picture"
    assert cache.holds(order)


@pytest.mark.parametrize(
    "change",
    [
        {"width": 1200},
        {"form": "svg"},
        {"alt": "other words"},
        {"title": "another title"},
        {"phrases": {"gets": "is given"}},
        {"knowledge": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_changes_the_picture_makes_it_another(
    cache: Cache, order: Order, change: dict[str, object]
) -> None:
    cache.keep(order, b"picture")
    assert cache.read(replace(order, **change)) is None


def test_a_picture_that_cannot_be_written_leaves_nothing(
    cache: Cache, order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        cache.keep(order, b"picture")
    assert list((tmp_path / "pictures").iterdir()) == []


def test_the_oldest_make_room(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most=250)
    orders = [ordered(picture) for picture in all_pictures()[:3]]
    for age, order in enumerate(orders[:2]):
        cache.keep(order, b"x" * 100)
        os.utime(tmp_path / order.file, (age, age))
    cache.read(orders[0])  # in use
    cache.keep(orders[2], b"x" * 100)
    assert [cache.holds(order) for order in orders] == [True, False, True]


@pytest.fixture
def drawer(tmp_path: Path) -> Iterator[Artist]:
    drawer = Artist(KNOWLEDGE, tmp_path)
    yield drawer
    drawer.rest()


@pytest.fixture
def real_order(order: Order) -> Order:
    return replace(order, knowledge=fingerprint(KNOWLEDGE))


def test_a_picture_is_drawn_once_by_another_process_that_gives_way(
    drawer: Artist, real_order: Order, tmp_path: Path
) -> None:
    first, second = drawer.draw(real_order), drawer.draw(real_order)
    assert first is second
    [worker] = [child for child in children() if "spawn_main" in " ".join(child.cmdline())]
    first.result(PATIENCE)
    assert worker.nice() >= artist.NICENESS
    before = (tmp_path / real_order.file).stat().st_ino
    drawer.draw(real_order).result(PATIENCE)
    assert (tmp_path / real_order.file).stat().st_ino == before
    assert (tmp_path / real_order.file).read_bytes().startswith(b"\x89PNG")


def test_it_draws_on_after_its_process_was_killed(drawer: Artist, real_order: Order) -> None:
    drawer.draw(real_order).result(PATIENCE)
    for child in children():
        if "spawn_main" in " ".join(child.cmdline()):
            child.send_signal(signal.SIGKILL)
            child.wait(PATIENCE)
    other = replace(real_order, width=1200)
    with suppress(BrokenProcessPool):  # the one that was under way is lost
        drawer.draw(other).result(PATIENCE)
    drawer.draw(other).result(PATIENCE)


def test_a_knowledge_base_that_has_changed_is_not_drawn(drawer: Artist, order: Order) -> None:
    with pytest.raises(PictureError, match="has changed since the bot was started"):
        drawer.draw(order).result(PATIENCE)


def test_not_too_many_may_wait(
    drawer: Artist, real_order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artist, "MOST_WAITING", 1)
    drawer.draw(real_order)
    with pytest.raises(PictureError, match="too many"):
        drawer.draw(replace(real_order, width=1200))


def test_answering_never_loads_what_draws() -> None:
    code = (
        "import sys; from chatbot import bot; bot.warm_up();"
        "print(sorted({'matplotlib', 'PIL', 'multiprocessing'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)
