"""Rasa's REST channel: as documented for those who may use it, and closed to the others."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from chatbot.channels import rest
from chatbot.settings import read
from tests.support.loopback import BUTTON, EchoBot, serving

WEBHOOK = "/webhooks/rest/webhook"


@pytest.fixture
def bot() -> EchoBot:
    return EchoBot()


@pytest.fixture
def url(bot: EchoBot) -> Iterator[str]:
    with serving(rest.RestInput(), bot=bot) as address:
        yield address


def post(url: str, content: bytes, **headers: str) -> httpx.Response:
    return httpx.post(url + WEBHOOK, content=content, headers=headers, verify=False)


def test_it_answers_as_rasa_documents(url: str) -> None:
    answer = post(url, b'{"sender": "ann", "message": "two", "metadata": {"a": 1}}')
    assert answer.json() == [
        {"recipient_id": "ann", "text": "You said: two", "buttons": [BUTTON]},
        {"recipient_id": "ann", "text": "A list."},
        {"recipient_id": "ann", "text": "(Source: a book)"},
        {"recipient_id": "ann", "image": "/pictures/a.svg"},
    ]


def test_it_streams_as_rasa_documents(url: str) -> None:
    answer = httpx.post(f"{url}{WEBHOOK}?stream=true", json={"sender": "a", "message": "two"})
    assert answer.headers["content-type"] == "text/event-stream"
    assert len(answer.text.splitlines()) == 4


def test_it_says_that_it_is_there(url: str) -> None:
    assert httpx.get(f"{url}/webhooks/rest/").json() == {"status": "ok"}


@pytest.mark.parametrize("content", [b'{"message": "hello"}', b'{"sender": 7, "message": ""}'])
def test_the_sender_may_be_missing_or_a_number(url: str, content: bytes, bot: EchoBot) -> None:
    assert post(url, content).status_code == 200
    assert bot.heard[0][0] in ("default", "7")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"hello"', b"7", b"\xff", b"{}", b'{"message": null}',
     b'{"message": 7}', b'{"message": ["a"]}', b'{"message": "a", "sender": {}}',
     b'{"message": "a", "metadata": "x"}', b'{"message": "a", "input_channel": []}'],
)  # fmt: skip
def test_what_is_no_message_is_said_to_be_none(url: str, bot: EchoBot, content: bytes) -> None:
    answer = post(url, content)
    assert answer.status_code == 400
    assert answer.json()["error"] == "bad_request"
    assert answer.json()["detail"]
    assert bot.heard == []


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_who_comes_through_a_proxy_is_not_from_here(url: str, bot: EchoBot, header: str) -> None:
    answer = post(url, b'{"message": "hello"}', **{header: "203.0.113.7"})
    assert (answer.status_code, answer.json()["error"]) == (403, "local_only")
    assert "CHATBOT_REST" in answer.json()["detail"]
    assert bot.heard == []


@pytest.mark.parametrize(("access", "status"), [("open", 200), ("local", 403), ("off", 403)])
def test_a_setting_says_who_may_use_it(
    access: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "load_settings", lambda: read({"CHATBOT_REST": access}))
    with serving(rest.RestInput()) as url:
        answer = post(url, b'{"message": "hello"}', **{"X-Forwarded-For": "203.0.113.7"})
        assert answer.status_code == status
        assert post(url, b'{"message": "hello"}').status_code == (403 if access == "off" else 200)
