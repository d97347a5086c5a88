"""What the web channel refuses, and that it says so kindly."""

from __future__ import annotations

import base64
import json
import logging
import socket
from pathlib import Path

import httpx
import jwt
import pytest

from chatbot.channels.website.options import Options
from chatbot.channels.website.session import AUDIENCE, Sessions
from tests.support.loopback import KEY, OTHER_SITE, EchoBot, Visitor, serving, texts, web_channel

PATHS = [("POST", "/messages"), ("GET", "/history"), ("POST", "/restart")]


def refused(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the code of a refusal, which always says something to the person."""
    content = answer.json()
    assert content["message"]
    return answer.status_code, content["error"]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_without_a_token_there_is_no_session(url: str, method: str, path: str) -> None:
    answer = Visitor(url).http.request(method, path, json={"text": "hello"})
    assert refused(answer) == (401, "no_session")
    assert answer.headers["www-authenticate"] == "Bearer"


def claims(**more: object) -> dict[str, object]:
    return {"sub": "web-somebody", "lang": "en", "aud": AUDIENCE, "exp": 4_000_000_000, **more}


def unsigned() -> str:
    parts = [{"alg": "none", "typ": "JWT"}, claims()]
    coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts]
    return ".".join([*(part.rstrip("=") for part in coded), ""])


FORGED = {
    "another key": jwt.encode(claims(), "x" * 40, "HS256"),
    "no signature": unsigned(),
    "another kind of signature": jwt.encode(claims(), KEY * 2, "HS512"),
    "for something else": jwt.encode(claims(aud="other"), KEY, "HS256"),
    "without an end": jwt.encode({"sub": "a", "aud": AUDIENCE}, KEY, "HS256"),
    "without a session": jwt.encode({"exp": 4_000_000_000, "aud": AUDIENCE}, KEY, "HS256"),
    "no token at all": "hello",
    "much too long": "a" * 5000,
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_is_refused(url: str, bot: EchoBot, how: str) -> None:
    visitor = Visitor(url)
    visitor.token = FORGED[how]
    assert refused(visitor.post("/messages", {"text": "hello"})) == (401, "no_session")
    assert bot.heard == []


def test_a_changed_token_is_refused(visitor: Visitor, bot: EchoBot) -> None:
    head, body, signature = visitor.token.split(".")
    other = Sessions(KEY).begin("en")
    _, other_body, _ = Sessions(KEY).token(other).split(".")
    visitor.token = f"{head}.{other_body}.{signature}"
    assert refused(visitor.get("/history")) == (401, "no_session")


def test_an_expired_token_is_refused_and_renewed_by_none(visitor: Visitor, bot: EchoBot) -> None:
    visitor.ask("hello")
    sessions = Sessions(KEY, clock=lambda: 0)
    visitor.token = sessions.token(sessions.begin("en"))
    assert refused(visitor.post("/messages", {"text": "hello"})) == (401, "expired")
    old = visitor.token
    visitor.begin()
    assert visitor.token != old
    visitor.ask("hello")
    assert bot.heard[0][0] != bot.heard[1][0]
    assert visitor.history()[0]["text"] == "hello"


def test_a_forged_token_is_not_renewed(url: str, bot: EchoBot) -> None:
    visitor = Visitor(url)
    visitor.token = FORGED["another key"]
    visitor.begin()
    visitor.ask("hello")
    assert bot.heard[0][0] != "web-somebody"


ORIGINS = [
    "https://evil.example",
    "https://shop.example.evil.example",
    "https://evilshop.example",
    "http://shop.example",
    "https://shop.example:444",
    "https://SHOP.example",
    "null",
    "",
]


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test_another_site_is_refused(url: str, method: str, origin: str) -> None:
    answer = Visitor(url).http.request(
        method,
        "/session",
        headers={"Origin": origin, "Access-Control-Request-Method": "POST"},
    )
    assert refused(answer) == (403, "origin")
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_an_allowed_site_may_talk(url: str, bot: EchoBot) -> None:
    visitor = Visitor(url, Origin=OTHER_SITE)
    visitor.begin()
    answer = visitor.post("/messages", {"text": "hello"})
    assert answer.headers["access-control-allow-origin"] == OTHER_SITE
    assert "Origin" in answer.headers["vary"]
    assert len(bot.heard) == 1


def test_the_own_site_may_talk(url: str) -> None:
    assert Visitor(url, Origin=url).begin()["token"]


def test_a_refusal_can_be_read_by_an_allowed_site(url: str) -> None:
    answer = Visitor(url, Origin=OTHER_SITE).get("/history")
    assert refused(answer) == (401, "no_session")
    assert answer.headers["access-control-allow-origin"] == OTHER_SITE
    assert answer.headers["access-control-expose-headers"] == "Retry-After"


def test_a_browser_is_told_what_it_may_send(url: str) -> None:
    answer = Visitor(url).http.options("/messages", headers={"Origin": OTHER_SITE})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-headers"] == "Authorization, Content-Type"
    assert answer.headers["access-control-allow-methods"] == "GET, POST"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"text"', b"{}", b'{"text": 1}', b'{"text": null}',
     b'{"text": "  "}', b'{"text": ["a"]}', b"\xff\xfe", b"[" * 10_000,
     b'{"text": "hello", "id": 7}', b'{"text": "hello", "id": "a b"}',
     b'{"text": "hello", "title": {}}'],
)  # fmt: skip
def test_what_is_no_message_is_refused(visitor: Visitor, bot: EchoBot, content: bytes) -> None:
    answer = visitor.http.post("/messages", content=content, headers=visitor.bearer)
    assert refused(answer) == (400, "bad_request")
    assert bot.heard == []
    assert texts(visitor.ask("hello")) == ["You said: hello"]


def test_a_thousand_characters_are_a_message_and_one_more_is_not(visitor: Visitor) -> None:
    assert texts(visitor.ask("好" * 1000)) == ["You said: " + "好" * 1000]
    assert refused(visitor.post("/messages", {"text": "好" * 1001})) == (413, "too_large")


def test_five_megabytes_are_refused(visitor: Visitor, bot: EchoBot) -> None:
    answer = visitor.http.post("/messages", content=b"x" * 5_000_000, headers=visitor.bearer)
    assert refused(answer) == (413, "too_large")
    assert bot.heard == []
    assert texts(visitor.ask("hello")) == ["You said: hello"]


def test_five_megabytes_are_refused_when_they_come_piece_by_piece(visitor: Visitor) -> None:
    pieces = (b"x" * 50_000 for _ in range(100))
    answer = visitor.http.post("/messages", content=pieces, headers=visitor.bearer)
    assert refused(answer) == (413, "too_large")


def test_the_refusal_comes_before_the_five_megabytes(url: str, visitor: Visitor) -> None:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(
            b"POST /webhooks/web/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n"
            b"Authorization: Bearer " + visitor.token.encode() + b"\r\n\r\n"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")


def test_without_a_token_a_large_body_is_not_even_looked_at(url: str) -> None:
    answer = Visitor(url).http.post("/messages", content=b"x" * 5_000_000)
    assert refused(answer) == (401, "no_session")


def test_messages_of_a_session_are_limited(tmp_path: Path) -> None:
    with serving(web_channel(tmp_path, Options(messages_per_minute=9))) as url:
        visitor = Visitor(url)
        visitor.begin()
        answers = [visitor.post("/messages", {"text": "hello"}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert refused(answers[-1]) == (429, "too_many")
        wait = int(answers[-1].headers["retry-after"])
        assert 1 <= wait <= 7
        assert answers[-1].json()["retry_after"] == wait
        other = Visitor(url)
        other.begin()
        assert texts(other.ask("hello")) == ["You said: hello"]


def test_messages_of_an_address_are_limited_whatever_the_session(tmp_path: Path) -> None:
    with serving(web_channel(tmp_path, Options(address_messages_per_minute=9))) as url:
        statuses = []
        for _ in range(5):
            visitor = Visitor(url)
            visitor.begin()
            statuses.append(visitor.post("/messages", {"text": "hello"}).status_code)
        assert statuses == [200, 200, 200, 429, 429]


def test_sessions_of_an_address_are_limited(tmp_path: Path) -> None:
    with serving(web_channel(tmp_path, Options(address_messages_per_minute=3))) as url:
        statuses = [Visitor(url).http.post("/session").status_code for _ in range(8)]
        assert statuses == [200] * 5 + [429] * 3


def test_what_stands_in_forwarded_headers_counts_only_from_a_trusted_proxy(
    tmp_path: Path,
) -> None:
    with serving(web_channel(tmp_path, Options(address_messages_per_minute=3))) as url:
        statuses = [
            Visitor(url, **{"X-Forwarded-For": f"10.0.0.{n}"}).http.post("/session").status_code
            for n in range(8)
        ]
        assert statuses == [200] * 5 + [429] * 3


def test_refusals_are_in_the_language_of_the_person(url: str) -> None:
    english, chinese = Visitor(url), Visitor(url, **{"Accept-Language": "zh-CN,zh;q=0.9"})
    assert chinese.get("/history").json()["message"] != english.get("/history").json()["message"]
    chinese = Visitor(url)
    chinese.begin(language="zh")
    assert "1000" in chinese.post("/messages", {"text": "a" * 1001}).json()["message"]


def test_refusals_are_logged_without_what_was_said(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        visitor.post("/messages", {"text": "my secret " * 200})
        visitor.post("/messages", {"text": "my secret " * 200})
    lines = [record.getMessage() for record in caplog.records]
    assert [line for line in lines if line.startswith("refused too_large from 127.0.0.1")] == [
        "refused too_large from 127.0.0.1: a message of more than 1000 characters"
    ]
    assert not any("secret" in line or visitor.token in line for line in lines)


def test_a_failure_is_logged_without_what_was_said(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "chatbot"):
        visitor.post("/messages", {"text": "fail, my secret"})
    assert "a message could not be answered" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("path", ["/session", "/messages", "/restart", "/history", "/about"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_there(url: str, method: str, path: str) -> None:
    assert Visitor(url).http.request(method, path).status_code == 405


def test_no_answer_is_kept_by_anybody_between(visitor: Visitor) -> None:
    answers = [
        visitor.post("/session"),
        visitor.post("/messages", {"text": "hello"}),
        visitor.get("/history"),
        visitor.get("/about"),
        visitor.post("/messages", {}),
    ]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    assert {answer.headers["x-content-type-options"] for answer in answers} == {"nosniff"}
