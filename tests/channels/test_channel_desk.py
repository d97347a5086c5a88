"""Order, bounds, retries and short-lived memory of the messaging channels."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from chatbot.channels.limits import Limit
from chatbot.channels.messaging import desk as desks
from chatbot.channels.messaging.delivery import (
    BusyError,
    Patience,
    RefusedError,
    deliver,
    seconds_of,
)
from chatbot.channels.messaging.desk import Desk, Heard
from chatbot.channels.messaging.memory import Memory
from chatbot.channels.messaging.said import Offer, Picture, Said, from_response
from chatbot.channels.messaging.tickets import Tickets, ticket_of
from chatbot.channels.messaging.wechat_messages import number_of

QUICK = Patience(first=0.01, longest=0.02, total=0.2)


async def repeat(message: UserMessage) -> None:
    await asyncio.sleep(0.01 if message.text == "slow" else 0)
    await message.output_channel.send_response(message.sender_id, {"text": message.text})


def hear(text: str | None, who: str = "ann") -> Heard:
    return Heard(f"{who}{text}{time.monotonic_ns()}", who, text)


def run(scene: Callable[[Desk, Callable[..., Any]], Awaitable[Any]]) -> list[str]:
    """Return what was said in a scene, in order."""
    said: list[str] = []

    async def work(answers: list[Said]) -> None:
        said.extend(one.text for one in answers)

    async def play() -> None:
        await scene(Desk("telegram", repeat), work)

    asyncio.run(play())
    return said


def test_a_slow_answer_comes_before_the_quick_ones_after_it() -> None:
    async def scene(desk: Desk, work: Any) -> None:
        tasks = [desk.queue(hear(text), work) for text in ("slow", "one", "two")]
        await asyncio.gather(*filter(None, tasks))

    assert run(scene) == ["slow", "one", "two"]


def test_one_person_does_not_wait_for_another() -> None:
    async def scene(desk: Desk, work: Any) -> None:
        tasks = [desk.queue(hear("slow"), work), desk.queue(hear("one", "bob"), work)]
        await asyncio.gather(*filter(None, tasks))

    assert run(scene) == ["one", "slow"]


def test_a_failed_delivery_does_not_hold_up_the_next(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(answers: list[Said]) -> None:
        raise RuntimeError("no way")

    async def scene(desk: Desk, work: Any) -> None:
        desk.queue(hear("one"), fail)
        task = desk.queue(hear("two"), work)
        assert task is not None
        await task

    assert run(scene) == ["two"]
    assert "an answer was lost" in caplog.text


def test_nothing_is_kept_of_those_who_have_been_answered() -> None:
    async def scene(desk: Desk, work: Any) -> None:
        tasks = [desk.queue(hear("x", f"user {number}"), work) for number in range(50)]
        await asyncio.gather(*filter(None, tasks))
        await asyncio.sleep(0)
        assert (desk._last, desk._waiting) == ({}, {})

    assert len(run(scene)) == 50


def test_when_too_many_wait_platforms_are_told_to_come_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desks, "MOST_OF_ALL", 3)

    async def scene(desk: Desk, work: Any) -> None:
        tasks = [desk.queue(hear("slow", str(number)), work) for number in range(3)]
        assert desk.is_full
        await asyncio.gather(*filter(None, tasks))
        await asyncio.sleep(0)
        assert not desk.is_full

    run(scene)


def test_a_very_long_message_is_read_in_part() -> None:
    async def scene(desk: Desk, work: Any) -> None:
        task = desk.queue(hear("x" * 100_000), work)
        assert task is not None
        await task

    assert [len(text) for text in run(scene)] == [desks.LONGEST]


def test_closing_lets_answers_under_way_end() -> None:
    async def scene(desk: Desk, work: Any) -> None:
        desk.queue(hear("slow"), work)
        await desk.close()

    assert run(scene) == ["slow"]


def tries(*outcomes: Any) -> tuple[Callable[[], Awaitable[Any]], list[float]]:
    left, times = list(outcomes), []

    async def send() -> Any:
        times.append(time.monotonic())
        outcome = left.pop(0) if left else outcomes[-1]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return send, times


def test_it_goes_on_until_the_platform_takes_it() -> None:
    send, times = tries(BusyError("x"), BusyError("x"), "taken")
    assert asyncio.run(deliver(send, "a message", QUICK)) == "taken"
    assert len(times) == 3


def test_it_waits_as_long_as_it_is_asked_to() -> None:
    send, times = tries(BusyError("x", after=0.1), "taken")
    asyncio.run(deliver(send, "a message", QUICK))
    assert 0.1 <= times[1] - times[0] < 0.3


def test_it_does_not_wait_longer_than_its_patience() -> None:
    send, times = tries(BusyError("x", after=9.0))
    with pytest.raises(RefusedError, match="given up after 1 tries"):
        asyncio.run(deliver(send, "a message", QUICK))
    send, times = tries(BusyError("x"))
    with pytest.raises(RefusedError, match="given up"):
        asyncio.run(deliver(send, "a message", QUICK))
    assert 5 < len(times) < 25


def test_what_is_refused_is_not_tried_again() -> None:
    send, times = tries(RefusedError("no"))
    with pytest.raises(RefusedError, match="no"):
        asyncio.run(deliver(send, "a message", QUICK))
    assert len(times) == 1


def test_pauses_double_up_to_a_bound() -> None:
    patience = Patience()
    assert [patience.pause(n) for n in (1, 2, 3, 5, 6, 99)] == [1, 2, 4, 16, 30, 30]


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), (" 7", 7.0), (None, None), ("", None), ("soon", None)]
)
def test_retry_after_is_read(header: str | None, seconds: float | None) -> None:
    assert seconds_of(header) == seconds


def test_retry_after_may_be_a_date() -> None:
    found = seconds_of(formatdate(time.time() + 30, usegmt=True))
    assert found is not None
    assert 27 < found <= 30


def test_memory_forgets_what_was_not_used_for_longest() -> None:
    memory: Memory[int] = Memory(2)
    memory.put("a", 1)
    memory.put("b", 2)
    assert memory.get("a") == 1
    memory.put("c", 3)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (1, None, 3)
    assert (memory.first_time("a", 9), memory.first_time("b", 9), len(memory)) == (False, True, 2)


LIMIT = Limit(64, "bytes", "", "")
LONG = "How do a CRM specialist and a marketing planner work together in a small shop?"


def test_a_ticket_fits_and_leads_back() -> None:
    tickets = Tickets(LIMIT)
    assert LIMIT.fits(tickets.issue(LONG))
    assert tickets.redeem(tickets.issue(LONG)) == LONG
    assert tickets.redeem(tickets.issue("short")) == "short"


def test_a_ticket_is_proven_by_the_words_shown_with_it() -> None:
    data = Tickets(LIMIT).issue(LONG)
    other = Tickets(LIMIT)
    assert other.redeem(data, [Offer("Other", "~x"), Offer(LONG, data)]) == LONG
    # The words of a command, or a cut question: read as if they were typed.
    assert other.redeem(data, [Offer("Who works with whom…", data)]) == "Who works with whom"
    assert other.redeem(data, []) is None
    assert data == ticket_of(LONG)


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("/pictures/a.svg", "https://bot.example/pictures/a.png"),
        ("pictures/a.png", "https://bot.example/pictures/a.png"),
        ("https://x.example/a.jpg", "https://x.example/a.jpg"),
    ],
)
def test_pictures_have_an_address_that_platforms_can_load(image: str, url: str) -> None:
    said = from_response({"image": image, "custom": {"alt": "A"}}, "https://bot.example")
    assert said == Said(picture=Picture(url, "A"))


def test_buttons_without_payload_say_their_words() -> None:
    said = from_response({"text": " Well. ", "buttons": [{"title": "A?"}, {"payload": "x"}]})
    assert said == Said("Well.", (Offer("A?", "A?"),))


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), (" 2. ", 2), ("#2", 2), ("２", 2), ("12", 12), ("two", None), ("2 roles", None)],
)
def test_numbers_alone_pick(text: str, number: int | None) -> None:
    assert number_of(text) == number
