"""Slack: what comes in signed by slack-sdk, what goes out as a stand-in records it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import slack_side as side
from loopback import FakeAgent, Platform, Served, settle, wait_until
from rasa.core.channels.channel import InputChannel

from chatbot.channels.limits import limits
from chatbot.channels.messaging.accounts import SlackAccount
from chatbot.channels.slack import SlackInput

LIMITS = limits("slack")
SENT = "chat.postMessage"


@pytest.fixture
def slack(stand_in: Callable[..., Platform]) -> Platform:
    return stand_in(side.method_of, side.answer)


@pytest.fixture
def account(slack: Platform) -> SlackAccount:
    return SlackAccount(side.TOKEN, side.SECRET, "https://bot.example", f"{slack.url}/api")


@pytest.fixture
def served(serve: Callable[[InputChannel], Served], account: SlackAccount) -> Served:
    return serve(SlackInput(account))


@pytest.fixture
def post(served: Served) -> Callable[..., httpx.Response]:
    """Deliver an event as Slack does."""

    def deliver(event: dict[str, Any], **more: Any) -> httpx.Response:
        return side.send(served.http, side.callback(event), **more)

    return deliver


Deliver = Callable[..., httpx.Response]


def blocks(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = data["blocks"]
    return list(found if isinstance(found, list) else json.loads(found))


def shown(data: dict[str, Any]) -> str:
    """Return what a person reads in a message."""
    sections = [block["text"] for block in blocks(data) if block["type"] == "section"]
    assert {text["type"] for text in sections} <= {"plain_text"}
    assert all(LIMITS["section"].fits(text["text"]) for text in sections)
    return "\n".join(text["text"] for text in sections)


def texts(slack: Platform, count: int) -> list[str]:
    return [shown(call.data) for call in slack.wait_for(SENT, count)]


def test_a_direct_message_is_answered_there(
    post: Deliver, slack: Platform, agent: FakeAgent
) -> None:
    assert post(side.direct("What does a buyer do?")).status_code == 200
    [sent] = slack.wait_for(SENT, 1)
    assert sent.data["channel"] == "DU7"
    assert "thread_ts" not in sent.data
    assert shown(sent.data) == "You said: What does a buyer do?"
    assert sent.headers["Authorization"] == f"Bearer {side.TOKEN}"
    assert (agent.heard, agent.channels) == ([("U7", "What does a buyer do?")], {"slack"})


def test_a_mention_is_answered_in_its_thread(
    post: Deliver, slack: Platform, agent: FakeAgent
) -> None:
    event = side.mention("what does a buyer do")
    post(event)
    [sent] = slack.wait_for(SENT, 1)
    assert (sent.data["channel"], sent.data["thread_ts"]) == ("C1", event["ts"])
    assert agent.heard == [("U7", "what does a buyer do")]


def test_it_answers_the_delivery_before_the_bot_has_answered(
    post: Deliver, agent: FakeAgent, slack: Platform
) -> None:
    agent.seconds = lambda text: 1.0
    assert post(side.direct("slow")).elapsed.total_seconds() < 0.9
    slack.wait_for(SENT, 1)


def test_slack_may_verify_the_address(served: Served) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"})
    answer = side.send(served.http, body)
    assert (answer.status_code, answer.text) == (200, "3eZbrw1aB")


@pytest.mark.parametrize(
    "how",
    [
        {"secret": "another"},
        {"seconds_away": -600},
        {"seconds_away": 600},
        {"X-Slack-Signature": "v0=00"},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": b"\xfc"},
        {"X-Slack-Request-Timestamp": "now"},
    ],
    ids=str,
)
def test_what_slack_did_not_sign_is_refused(
    post: Deliver, agent: FakeAgent, how: dict[str, Any]
) -> None:
    if "seconds_away" in how:  # from now on, however long the tests before this one took
        how = {"at": time.time() + how["seconds_away"]}
    assert post(side.direct("hello"), **how).status_code == 403
    settle()
    assert agent.heard == []


def test_an_old_delivery_played_back_is_refused(
    served: Served, agent: FakeAgent, slack: Platform
) -> None:
    body = side.callback(side.direct("hello"))
    assert side.send(served.http, body, at=time.time() - 299).status_code == 200
    assert side.send(served.http, body, at=time.time() - 301).status_code == 403
    slack.wait_for(SENT, 1)


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "payload=%7B"])
def test_what_is_no_event_is_refused(served: Served, body: str) -> None:
    form = body.startswith("payload")
    assert side.send(served.http, body, form=form).status_code == 400


def test_a_delivery_that_comes_again_is_answered_once(
    served: Served, slack: Platform, agent: FakeAgent
) -> None:
    agent.seconds = lambda text: 0.3
    body = side.callback(side.direct("hello"))
    side.send(served.http, body)
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    answer = side.send(served.http, body, **again)
    assert (answer.status_code, answer.headers["X-Slack-No-Retry"]) == (200, "1")
    slack.wait_for(SENT, 1)
    settle()
    assert len(agent.heard) == len(slack.of(SENT)) == 1


def test_a_retry_of_what_never_arrived_is_answered(post: Deliver, slack: Platform) -> None:
    again = {"X-Slack-Retry-Num": "2", "X-Slack-Retry-Reason": "http_timeout"}
    post(side.direct("hello"), **again)
    slack.wait_for(SENT, 1)


def test_a_mention_told_as_two_events_is_answered_once(
    post: Deliver, slack: Platform, agent: FakeAgent
) -> None:
    event = side.mention("hello")
    post(event)
    post({**event, "type": "message", "channel_type": "channel"})
    post(event)
    slack.wait_for(SENT, 1)
    settle()
    assert len(agent.heard) == 1


def test_a_corrected_message_is_answered_again(
    post: Deliver, slack: Platform, agent: FakeAgent
) -> None:
    first = side.direct("what does a bayer do")
    post(first)
    post(side.changed(first, "what does a buyer do"))
    slack.wait_for(SENT, 2)
    assert [text for _, text in agent.heard] == ["what does a bayer do", "what does a buyer do"]


@pytest.mark.parametrize(
    "event",
    [
        side.changed(side.direct("hello"), "hello"),
        side.direct("I am a bot", bot_id="B1"),
        side.direct("joined", subtype="channel_join"),
        side.direct("deleted", subtype="message_deleted"),
        {"type": "message", "channel": "C1", "user": "U1", "text": "x", "channel_type": "channel"},
        {"type": "reaction_added", "user": "U1", "item": {}},
        {"type": "message", "channel_type": "im"},
        {"type": "message", "channel_type": "im", "subtype": "message_changed", "message": None},
        {},
    ],
    ids=lambda event: str(event.get("subtype") or event.get("type")),
)
def test_other_events_are_passed_over(
    post: Deliver, slack: Platform, agent: FakeAgent, event: dict[str, Any]
) -> None:
    assert post(event).status_code == 200
    settle(0.1)
    assert (agent.heard, slack.calls) == ([], [])


def test_files_are_answered_kindly_and_only_once_in_a_row(
    post: Deliver, slack: Platform, agent: FakeAgent
) -> None:
    for _ in range(3):
        post(side.direct("", subtype="file_share", files=[{"id": "F1"}]))
    post(side.direct("hello"))
    said = texts(slack, 2)
    assert "words" in said[0]
    assert agent.heard == [("U7", "hello")]


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("profit &amp; loss &lt; 3", "profit & loss < 3"),
        (f"<@{side.BOT}> hello", "hello"),
        ("see <https://a.example/x|a.example>", "see a.example"),
        ("see <https://a.example/x>", "see https://a.example/x"),
        ("in <#C024BE7LR|jobs> <!here>", "in jobs here"),
        ("电子商务经理做什么?", "电子商务经理做什么?"),
    ],
)
def test_slacks_marks_are_read_as_people_see_them(
    post: Deliver, slack: Platform, agent: FakeAgent, written: str, heard: str
) -> None:
    post(side.direct(written))
    slack.wait_for(SENT, 1)
    assert agent.heard == [("U7", heard)]


def test_markup_is_shown_as_it_is(post: Deliver, slack: Platform, agent: FakeAgent) -> None:
    odd = "*a* _b_ ~c~ `d` > e <@U1> <!channel> & :tada:\n\nnext"
    agent.say = lambda text: [{"text": odd}]
    post(side.direct("hello"))
    [sent] = slack.wait_for(SENT, 1)
    assert shown(sent.data) == odd
    assert "<!channel>" not in sent.data["text"]
    assert all(not block["text"]["emoji"] for block in blocks(sent.data))


QUESTION = "How do a brand building specialist and a cross-border e-commerce manager work together?"


@pytest.mark.parametrize("payload", ["short", QUESTION, "x" * 2000, "y" * 3000, "~sly"])
def test_a_button_asks_its_question_however_long(
    served: Served, post: Deliver, slack: Platform, agent: FakeAgent, payload: str
) -> None:
    buttons = [{"title": "a", "payload": "a"}, {"title": payload, "payload": payload}]
    agent.say = lambda text: [{"text": "Choose", "buttons": buttons}]
    post(side.direct("hello"))
    [sent] = slack.wait_for(SENT, 1)
    [row] = [block for block in blocks(sent.data) if block["type"] == "actions"]
    assert all(LIMITS["title"].fits(e["text"]["text"]) for e in row["elements"])
    assert all(LIMITS["payload"].fits(e["value"]) for e in row["elements"])
    press = side.pressed(sent.data, 1)
    assert side.send(served.http, press, form=True).status_code == 200
    assert side.send(served.http, press, form=True).status_code == 200
    slack.wait_for(SENT, 2)
    assert agent.heard[1:] == [("U7", payload)]


def test_many_buttons_stand_in_rows(post: Deliver, slack: Platform, agent: FakeAgent) -> None:
    buttons = [{"title": f"Question {n}", "payload": f"q{n}"} for n in range(12)]
    agent.say = lambda text: [{"text": "Choose", "buttons": buttons}]
    post(side.direct("hello"))
    [sent] = slack.wait_for(SENT, 1)
    rows = [block["elements"] for block in blocks(sent.data) if block["type"] == "actions"]
    assert [len(row) for row in rows] == [5, 5, 2]
    assert [e["value"] for row in rows for e in row] == [f"q{n}" for n in range(12)]


def test_other_interactions_are_passed_over(served: Served, agent: FakeAgent) -> None:
    for payload in ({"type": "view_submission"}, {"type": "block_actions", "actions": []}):
        body = f"payload={json.dumps(payload)}"
        assert side.send(served.http, body, form=True).status_code == 200
    assert agent.heard == []


def test_a_picture_has_its_description(post: Deliver, slack: Platform, agent: FakeAgent) -> None:
    agent.say = lambda text: [
        {"text": "See:", "image": "/pictures/groups.svg", "custom": {"alt": "Ten groups"}}
    ]
    post(side.direct("hello"))
    picture, text = slack.wait_for(SENT, 2)
    image = blocks(picture.data)[0]
    assert image["image_url"] == "https://bot.example/pictures/groups.png"
    assert image["alt_text"] == "Ten groups"
    assert shown(text.data) == "See:"


def test_a_picture_that_slack_cannot_load_is_told_in_words(
    post: Deliver, slack: Platform, agent: FakeAgent
) -> None:
    # Errors come with status 200, so this one counts among those taken.
    slack.arrange(SENT, side.failed("invalid_blocks"))
    agent.say = lambda text: [{"image": "https://x.example/a.png", "custom": {"alt": "Ten groups"}}]
    post(side.direct("hello"))
    _, told = slack.wait_for(SENT, 2)
    assert shown(told.data) == "Picture: Ten groups\nhttps://x.example/a.png"


def test_a_very_long_text_stays_one_message_with_several_blocks(
    post: Deliver, slack: Platform, agent: FakeAgent
) -> None:
    lines = [f"{number}: " + "x" * 90 for number in range(100)]
    agent.say = lambda text: [{"text": "\n".join(lines)}]
    post(side.direct("hello"))
    [text] = texts(slack, 1)
    assert text.split("\n") == lines


def test_twenty_people_at_once_each_get_their_own_answers_in_order(
    served: Served, slack: Platform
) -> None:
    def talk(number: int) -> None:
        for turn in range(3):
            body = side.callback(side.direct(f"{turn} from {number}", f"U{number}"))
            assert side.send(served.http, body).status_code == 200

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(talk, range(1, 21)))
    sent = slack.wait_for(SENT, 60)
    for number in range(1, 21):
        mine = [shown(call.data) for call in sent if call.data["channel"] == f"DU{number}"]
        assert mine == [f"You said: {turn} from {number}" for turn in range(3)]


def test_when_slack_asks_to_wait_it_waits(post: Deliver, slack: Platform) -> None:
    slack.arrange(SENT, side.flood(1))
    post(side.direct("first"))
    post(side.direct("second"))
    assert texts(slack, 2) == ["You said: first", "You said: second"]
    tries = slack.of(SENT, taken=False)
    assert tries[1].at - tries[0].at >= 1.0


@pytest.mark.parametrize(
    "trouble",
    [(500, {"ok": False, "error": "internal_error"}, {}), (503, None, {})],
    ids=["500", "503"],
)
def test_when_slack_fails_nothing_is_lost_or_said_twice(
    post: Deliver, slack: Platform, trouble: Any
) -> None:
    slack.arrange(SENT, trouble, trouble)
    for text in ("first", "second", "third"):
        post(side.direct(text))
    assert texts(slack, 3) == [f"You said: {text}" for text in ("first", "second", "third")]


def test_it_does_not_try_for_ever(
    post: Deliver, slack: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    slack.arrange(SENT, *[(500, None, {})] * 1000)
    post(side.direct("first"))
    wait_until(lambda: "was not delivered" in caplog.text, lambda: caplog.text)
    assert 5 <= len(slack.of(SENT, taken=False)) < 50
    assert side.TOKEN not in caplog.text


def test_a_large_delivery_is_refused(served: Served, agent: FakeAgent) -> None:
    answer = side.send(served.http, side.callback(side.direct("x" * 2_000_000)))
    assert answer.status_code == 413
    assert agent.heard == []


def test_without_an_account_it_has_no_address(serve: Callable[[InputChannel], Served]) -> None:
    served = serve(SlackInput(None))
    assert served.http.get("/webhooks/slack/").status_code == 404
    assert served.channel.get_output_channel() is None
