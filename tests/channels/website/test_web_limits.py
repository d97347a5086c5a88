"""Token buckets, turns, and whose address counts."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from chatbot.channels.website import limits
from chatbot.channels.website.addresses import (
    bucket_key,
    caller,
    is_here,
    network_of,
    scheme,
)
from chatbot.channels.website.limits import Buckets, Turns
from chatbot.channels.website.refusal import RefusalLog, RefusedError
from chatbot.settings import read


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_some_at_once_and_then_so_many_a_minute() -> None:
    clock = Clock()
    buckets = Buckets(per_minute=30, burst=3, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]
    clock.now += 1.5
    assert buckets.take("a") == pytest.approx(0.5)
    clock.now += 0.5
    assert [buckets.take("a"), buckets.take("a")] == [0, 2]
    clock.now += 3600
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]


def test_buckets_do_not_share() -> None:
    buckets = Buckets(60, 1)
    assert [buckets.take("a"), buckets.take("b")] == [0, 0]


def test_who_keeps_asking_waits_no_longer_for_it() -> None:
    clock = Clock()
    buckets = Buckets(per_minute=60, burst=1, clock=clock)
    buckets.take("a")
    for _ in range(10):
        clock.now += 0.1
        last = buckets.take("a")
    assert last == 0


def test_buckets_are_bounded_and_the_oldest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 3)
    buckets = Buckets(1, 1)
    for key in "abcad":
        buckets.take(key)
    assert len(buckets) == 3
    assert buckets.take("a") > 0
    assert buckets.take("b") == 0


def test_turns_are_had_in_order_and_no_more_than_allowed_at_once() -> None:
    async def scene() -> tuple[list[int], int]:
        turns, order, inside, most = Turns(2, 10, 1), [], 0, 0

        async def come(number: int) -> None:
            nonlocal inside, most
            async with turns.turn("a"):
                order.append(number)
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*map(come, range(6)))
        return order, most

    assert asyncio.run(scene()) == ([0, 1, 2, 3, 4, 5], 2)


def test_a_line_that_is_too_long_is_refused_and_nothing_is_left_behind() -> None:
    async def scene() -> dict[str, Any]:
        turns = Turns(1, 1, 7)
        async with turns.turn("a"):
            with pytest.raises(RefusedError) as caught:
                async with turns.turn("a"):
                    pass
            assert caught.value.retry_after == 7
            async with turns.turn("b"):
                pass
        return turns._lines

    assert asyncio.run(scene()) == {}


def request(ip: str, *forwarded: str, **headers: str) -> Any:
    """Return what the functions need of a request."""
    from sanic.compat import Header

    pairs = [("x-forwarded-for", value) for value in forwarded]
    return SimpleNamespace(ip=ip, scheme="http", headers=Header([*pairs, *headers.items()]))


PROXIES = read({"CHATBOT_TRUSTED_PROXIES": "10.0.0.0/8, ::1"}).trusted_proxies


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (request("1.2.3.4"), "1.2.3.4"),
        (request("1.2.3.4", "5.6.7.8"), "1.2.3.4"),
        (request("10.0.0.1", "5.6.7.8"), "5.6.7.8"),
        (request("::1", "5.6.7.8"), "5.6.7.8"),
        (request("10.0.0.1", "9.9.9.9, 5.6.7.8"), "5.6.7.8"),
        (request("10.0.0.1", "9.9.9.9", "5.6.7.8"), "5.6.7.8"),
        (request("10.0.0.1", "9.9.9.9, 5.6.7.8, 10.0.0.2"), "5.6.7.8"),
        (request("10.0.0.1", "nonsense"), "10.0.0.1"),
        (request("10.0.0.1"), "10.0.0.1"),
        (request("10.0.0.1", "10.0.0.9"), "10.0.0.9"),
    ],
)
def test_the_caller_is_whom_the_last_trusted_proxy_names(asked: Any, address: str) -> None:
    assert caller(asked, PROXIES) == address


def test_without_trusted_proxies_nobody_speaks_for_another() -> None:
    assert caller(request("127.0.0.1", "5.6.7.8"), ()) == "127.0.0.1"


def test_the_scheme_is_what_a_trusted_proxy_says() -> None:
    said = {"x-forwarded-proto": "https"}
    assert scheme(request("10.0.0.1", **said), PROXIES) == "https"
    assert scheme(request("1.2.3.4", **said), PROXIES) == "http"
    assert scheme(request("10.0.0.1", **{"x-forwarded-proto": "gopher"}), PROXIES) == "http"


def test_all_addresses_of_one_home_share_a_bucket() -> None:
    assert bucket_key("2001:db8:1:2:3::4") == bucket_key("2001:db8:1:2::9")
    assert bucket_key("2001:db8:1:3::4") != bucket_key("2001:db8:1:2::9")
    assert bucket_key("1.2.3.4") == "1.2.3.4"
    assert bucket_key("::ffff:1.2.3.4") == "1.2.3.4"
    assert bucket_key("") == ""


def test_this_machine_has_several_addresses() -> None:
    assert all(map(is_here, ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"]))
    assert not any(map(is_here, ["10.0.0.1", "0.0.0.0", "", "localhost.evil.example"]))


def test_the_log_names_networks_not_people() -> None:
    assert network_of("203.0.113.77") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2::9") == "2001:db8:1::/48"
    assert network_of("127.0.0.1") == "127.0.0.1"
    assert network_of("") == "unknown"


def test_the_log_counts_repetitions(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    log = RefusalLog(clock)
    for _ in range(1000):
        log.note(RefusedError("too_many", "messages of a session"), "203.0.113.77")
    clock.now += 11
    log.note(RefusedError("too_many", "messages of a session"), "203.0.113.78")
    first, second = (record.getMessage() for record in caplog.records)
    assert first == "refused too_many from 203.0.113.0/24: messages of a session"
    assert second.endswith("(999 more since the last line)")
