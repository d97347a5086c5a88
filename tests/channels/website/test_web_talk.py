"""Talking over the web channel: sessions, messages, history, restart."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chatbot.channels.website import talk
from tests.support.loopback import BUTTON, EchoBot, Visitor, events, serving, texts, web_channel


def test_a_session_starts_with_a_greeting_and_examples(url: str) -> None:
    begun = Visitor(url).begin(language="en")
    assert begun["expires_in"] == 24 * 3600
    assert begun["greeting"]["text"].startswith("Hello")
    assert len(begun["greeting"]["quick_replies"]) >= 3


def test_a_session_needs_no_body(url: str) -> None:
    answer = Visitor(url).http.post("/session")
    assert answer.status_code == 200
    assert answer.json()["token"]


def test_the_greeting_is_in_the_language_of_the_widget(url: str) -> None:
    assert Visitor(url).begin(language="zh")["greeting"]["text"].startswith("你好")
    assert Visitor(url).begin(language="xx")["greeting"]["text"].startswith("Hello")


def test_an_answer_comes_as_lines_that_end_with_done(visitor: Visitor) -> None:
    answer = visitor.post("/messages", {"text": "hello"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    message, done = events(answer)
    assert done == {"type": "done"}
    assert message["text"] == "You said: hello"
    assert message["quick_replies"] == [BUTTON]
    assert message["image"] is None
    assert message["source"] is None


def test_a_message_with_picture_and_source(visitor: Visitor) -> None:
    first, second, _ = visitor.ask("two")
    assert second["text"] == "A list."
    assert second["source"] == "Source: a book"
    assert second["image"] == {"url": "/pictures/a.svg", "alt": ""}
    assert first["id"] != second["id"]


def test_messages_come_as_they_are_said(visitor: Visitor, bot: EchoBot) -> None:
    with visitor.http.stream(
        "POST", "/messages", json={"text": "wait"}, headers=visitor.bearer
    ) as answer:
        lines = answer.iter_lines()
        assert "One moment." in next(lines)
        bot.go_on.set()
        assert [("You said" in line, "done" in line) for line in lines] == [
            (True, False),
            (False, True),
        ]


def test_an_answer_ends_with_done_however_long_the_end_takes(visitor: Visitor) -> None:
    answer = visitor.post("/messages", {"text": "linger"})
    assert [event["type"] for event in events(answer)] == ["message", "done"]


def test_each_session_is_a_conversation_of_its_own(url: str, bot: EchoBot) -> None:
    for _ in range(2):
        one = Visitor(url)
        one.begin()
        one.ask("hello")
    (first, _), (second, _) = bot.heard
    assert first != second
    assert first.startswith("web-")


def test_nobody_can_name_the_conversation(visitor: Visitor, bot: EchoBot) -> None:
    visitor.ask("hello", sender="web-somebody", sender_id="web-somebody")
    [(sender, _)] = bot.heard
    assert sender not in ("web-somebody", "default")


def test_a_renewed_token_is_for_the_same_session(visitor: Visitor, bot: EchoBot) -> None:
    visitor.ask("hello")
    visitor.begin()
    visitor.ask("again")
    assert len({sender for sender, _ in bot.heard}) == 1


def test_the_history_has_what_was_said(visitor: Visitor) -> None:
    said = visitor.ask("two")
    visitor.ask("tell me more", title="More")
    history = visitor.history()
    assert [entry["role"] for entry in history] == ["user", "bot", "bot", "user", "bot"]
    assert texts(history)[:2] == ["two", "You said: two"]
    assert [entry["id"] for entry in history[1:3]] == [event["id"] for event in said[:-1]]
    assert history[1]["quick_replies"] == [BUTTON]
    assert history[2]["image"]["url"] == "/pictures/a.svg"
    assert history[3]["title"] == "More"


def test_nobody_sees_the_history_of_another(url: str, visitor: Visitor) -> None:
    visitor.ask("my secret")
    other = Visitor(url)
    other.begin()
    assert other.history() == []


@pytest.mark.parametrize("how", ["/restart", "button"])
def test_a_restart_forgets_everything(visitor: Visitor, bot: EchoBot, how: str) -> None:
    visitor.ask("hello")
    if how == "button":
        answer = visitor.post("/restart")
        assert answer.json()["greeting"]["text"].startswith("Hello")
        assert bot.forgotten == [bot.heard[0][0]]
    else:
        visitor.ask("/restart")
    assert bot.heard[-1][1] == "/restart"
    assert visitor.history() == []
    visitor.ask("hello again")
    assert texts(visitor.history()) == ["hello again", "You said: hello again"]


def test_token_and_history_survive_a_restart_of_the_server(tmp_path: Path) -> None:
    with serving(web_channel(tmp_path, session_key="")) as url:
        before = Visitor(url)
        before.begin()
        before.ask("hello")
    with serving(web_channel(tmp_path, session_key="")) as url:
        after = Visitor(url)
        after.token = before.token
        assert texts(after.history()) == ["hello", "You said: hello"]
        assert texts(after.ask("again")) == ["You said: again"]


def test_messages_of_one_session_are_answered_in_order(visitor: Visitor, bot: EchoBot) -> None:
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(visitor.ask, "wait 1")
        until(lambda: len(bot.heard) == 1)
        second = pool.submit(visitor.ask, "second")
        time.sleep(0.1)
        third = pool.submit(visitor.ask, "third")
        time.sleep(0.1)
        assert [text for _, text in bot.heard] == ["wait 1"]
        bot.go_on.set()
        assert [texts(one.result())[-1] for one in (first, second, third)] == [
            "You said: wait 1",
            "You said: second",
            "You said: third",
        ]
    assert [text for _, text in bot.heard] == ["wait 1", "second", "third"]
    assert texts(visitor.history())[::2][0] == "wait 1"


def test_too_many_messages_in_line_are_sent_away(visitor: Visitor, bot: EchoBot) -> None:
    number = talk.SESSION_LINE + 2
    with ThreadPoolExecutor(number) as pool:
        answers = [pool.submit(visitor.post, "/messages", {"text": "wait"}) for _ in range(number)]
        until(lambda: sum(answer.done() for answer in answers) == 2)
        bot.go_on.set()
        statuses = sorted(answer.result().status_code for answer in answers)
    assert statuses == [200] * talk.SESSION_LINE + [429] * 2


def test_who_waits_does_not_hold_up_others(url: str, visitor: Visitor, bot: EchoBot) -> None:
    thread = threading.Thread(target=visitor.ask, args=["wait"])
    thread.start()
    until(lambda: len(bot.heard) == 1)
    other = Visitor(url)
    other.begin()
    assert texts(other.ask("hello")) == ["You said: hello"]
    bot.go_on.set()
    thread.join()


def test_an_answer_is_kept_when_the_connection_breaks(visitor: Visitor, bot: EchoBot) -> None:
    with visitor.http.stream(
        "POST", "/messages", json={"text": "wait"}, headers=visitor.bearer
    ) as answer:
        next(answer.iter_lines())
    bot.go_on.set()
    until(lambda: len(visitor.history()) == 3)
    assert texts(visitor.history()) == ["wait", "One moment.", "You said: wait"]


def test_a_message_that_is_sent_again_is_heard_once(visitor: Visitor, bot: EchoBot) -> None:
    first = visitor.ask("two", id="message-1")
    assert visitor.ask("two", id="message-1") == first
    assert len(bot.heard) == 1
    assert len(visitor.history()) == 3
    assert visitor.history()[0]["id"] == "message-1"


def test_a_message_that_is_sent_again_meanwhile_joins_the_first(
    visitor: Visitor, bot: EchoBot
) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(visitor.ask, "wait", id="message-1") for _ in range(2)]
        until(lambda: bool(bot.heard))
        time.sleep(0.1)
        bot.go_on.set()
        assert both[0].result() == both[1].result()
    assert len(bot.heard) == 1


def test_the_same_id_in_another_session_is_another_message(
    url: str, visitor: Visitor, bot: EchoBot
) -> None:
    visitor.ask("hello", id="message-1")
    other = Visitor(url)
    other.begin()
    assert texts(other.ask("good day", id="message-1")) == ["You said: good day"]


@pytest.mark.parametrize("text", ["fail", "silent"])
def test_a_message_that_cannot_be_answered_may_be_sent_again(visitor: Visitor, text: str) -> None:
    answer = visitor.post("/messages", {"text": text})
    assert answer.status_code == 503
    assert answer.json()["error"] == "unavailable"
    assert visitor.history() == []
    assert texts(visitor.ask("hello")) == ["You said: hello"]


def test_a_failure_midway_is_said_as_an_event(visitor: Visitor, bot: EchoBot) -> None:
    bot.go_on.set()
    first, error, done = visitor.ask("wait and break")
    assert first["text"] == "One moment."
    assert (error["type"], error["error"], error["retry"]) == ("error", "unavailable", True)
    assert error["message"]
    assert done == {"type": "done"}


def test_a_bot_that_hangs_is_apologised_for(
    visitor: Visitor, bot: EchoBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "PATIENCE_SECONDS", 0.2)
    first, error, _ = visitor.ask("wait")
    assert (first["text"], error["error"]) == ("One moment.", "unavailable")
    bot.go_on.set()
    until(lambda: len(visitor.history()) == 3)


def test_halves_of_characters_are_no_problem(visitor: Visitor) -> None:
    answer = visitor.http.post(
        "/messages", content=b'{"text": "\\ud83d hello"}', headers=visitor.bearer
    )
    assert texts(events(answer)) == ["You said: ? hello"]
    assert visitor.history()[0]["text"] == "? hello"


@pytest.mark.parametrize("text", ["你好，客服是做什么的？", "🙂" * 1000, "<b>bold</b>"])
def test_text_comes_back_as_it_was(visitor: Visitor, text: str) -> None:
    assert texts(visitor.ask(text)) == [f"You said: {text}"]


def test_about_this_bot(url: str) -> None:
    about = Visitor(url).get("/about").json()
    assert set(about) == {"name", "text", "version", "knowledge_reviewed", "licence"}
    assert all(about.values())


def until(happens: object, seconds: float = 5.0) -> None:
    """Wait until a function returns something true."""
    give_up = time.monotonic() + seconds
    while not happens():  # type: ignore[operator]
        assert time.monotonic() < give_up
        time.sleep(0.01)
