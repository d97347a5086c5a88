"""WeChat: what comes in as wechatpy signs it, what goes out as it reads it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest
import wechat_side as side
from loopback import FakeAgent, Platform, Served, settle, wait_until
from rasa.core.channels.channel import InputChannel

from chatbot.channels.limits import limits
from chatbot.channels.messaging import wechat_counter
from chatbot.channels.messaging.accounts import WeChatAccount
from chatbot.channels.messaging.wechat_counter import Times
from chatbot.channels.wechat import WeChatInput

LIMIT = limits("wechat")["text"]
PUSHED = "message/custom/send"
PUBLIC = "https://bot.example"
LINES = [f"{number}: " + "客户服务" * 10 for number in range(60)]


@pytest.fixture(autouse=True)
def _times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a slow machine time to answer in, and push what follows at once."""
    monkeypatch.setattr(wechat_counter, "TIMES", Times(lead=0.05))


@pytest.fixture
def hurry(_times: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make WeChat impatient, so that the tests of late answers are quick."""
    monkeypatch.setattr(wechat_counter, "TIMES", Times(reply=0.4, hold=0.6, claim=2.0, lead=0.05))


@pytest.fixture
def platform(stand_in: Callable[..., Platform]) -> Platform:
    return stand_in(side.method_of, side.answer)


@pytest.fixture
def account(platform: Platform) -> WeChatAccount:
    """Return an account that may not push."""
    return WeChatAccount(side.TOKEN, side.APP_ID, public_url=PUBLIC, api_url=platform.url)


@pytest.fixture
def http(serve: Callable[[InputChannel], Served], account: WeChatAccount) -> httpx.Client:
    return serve(WeChatInput(account)).http


@pytest.fixture
def pushing(serve: Callable[[InputChannel], Served], account: WeChatAccount) -> httpx.Client:
    """Return a client of an account that may push."""
    return serve(WeChatInput(replace(account, app_secret=side.SECRET))).http


@pytest.fixture
def sealed(serve: Callable[[InputChannel], Served], account: WeChatAccount) -> httpx.Client:
    """Return a client of an account whose messages are encrypted."""
    return serve(WeChatInput(replace(account, aes_key=side.AES_KEY))).http


def pushed(platform: Platform, count: int) -> list[str]:
    return [call.data["text"]["content"] for call in platform.wait_for(PUSHED, count)]


def test_wechat_may_verify_the_address(http: httpx.Client) -> None:
    answer = http.get(side.PATH, params={**side.query(), "echostr": "5923716380"})
    assert (answer.status_code, answer.text) == (200, "5923716380")
    wrong = http.get(side.PATH, params={**side.query("another"), "echostr": "5923716380"})
    assert wrong.status_code == 403


def test_a_text_is_answered_at_once(http: httpx.Client, agent: FakeAgent) -> None:
    answer = side.reply(side.deliver(http, side.text("What does a buyer do?")))
    assert answer is not None
    assert answer.content == "You said: What does a buyer do?"
    assert (answer.source, answer.target) == (side.ACCOUNT, "oAnn")
    assert (agent.heard, agent.channels) == ([("oAnn", "What does a buyer do?")], {"wechat"})


def test_an_encrypted_text_gets_an_encrypted_answer(sealed: httpx.Client, agent: FakeAgent) -> None:
    response = side.deliver_sealed(sealed, side.text("电子商务经理做什么?"))
    assert "You said" not in response.text
    assert side.unsealed(response).content == "You said: 电子商务经理做什么?"


@pytest.mark.parametrize(
    "signing", [{"token": "another"}, {"at": 1.0}, {"at": 4e9}], ids=["token", "old", "future"]
)
def test_what_wechat_did_not_sign_is_refused(
    http: httpx.Client, agent: FakeAgent, signing: dict[str, Any]
) -> None:
    assert side.deliver(http, side.text("hello"), **signing).status_code == 403
    assert http.post(side.PATH, content=side.text("hello")).status_code == 403
    assert agent.heard == []


def test_with_a_key_only_what_is_encrypted_with_it_is_believed(
    sealed: httpx.Client, agent: FakeAgent
) -> None:
    other = side.AES_KEY[::-1]
    assert side.deliver(sealed, side.text("hello")).status_code == 403
    assert side.deliver_sealed(sealed, side.text("hello"), key=other).status_code == 403
    assert agent.heard == []


BOMB = """<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<xml><ToUserName>x</ToUserName><FromUserName>y</FromUserName><CreateTime>1</CreateTime>
<MsgType>text</MsgType><Content>&b;</Content><MsgId>1</MsgId></xml>"""
FILE = BOMB.replace('"aaaa"', 'SYSTEM "file:///etc/hostname"').replace("&b;", "&a;")


ODD = side.text("hello")
ODD_NUMBER = ODD.replace("<MsgId>", "<MsgId>x")
NESTED = ODD.replace("<FromUserName>oAnn", "<FromUserName><a>oAnn</a>")
NAMELESS = ODD.replace("oAnn", "")


# Names of their own: the messages hold the time, and all workers must collect the same tests.
@pytest.mark.parametrize(
    "xml", [ODD_NUMBER, NESTED, NAMELESS], ids=["number", "nested", "nameless"]
)
def test_a_message_with_odd_parts_is_refused(
    http: httpx.Client, agent: FakeAgent, xml: str
) -> None:
    assert xml != ODD
    assert side.deliver(http, xml).status_code == 403
    assert agent.heard == []


@pytest.mark.parametrize(
    "xml", ["", "<xml>", "hello", "<xml></xml>", "<a/>", "{}", BOMB, FILE, "\x00\xff", "<" * 9999]
)
def test_what_is_no_message_is_refused(http: httpx.Client, agent: FakeAgent, xml: str) -> None:
    assert side.deliver(http, xml).status_code == 403
    assert agent.heard == []


def test_a_delivery_that_comes_again_is_understood_once(
    http: httpx.Client, agent: FakeAgent
) -> None:
    xml = side.text("hello")
    assert [side.said(side.deliver(http, xml)) for _ in range(3)] == ["You said: hello"] * 3
    assert len(agent.heard) == 1


def test_an_event_that_comes_again_is_understood_once(http: httpx.Client, agent: FakeAgent) -> None:
    xml = side.event("CLICK", "What jobs are there?")
    for _ in range(3):
        assert side.said(side.deliver(http, xml)) == "You said: What jobs are there?"
    assert agent.heard == [("oAnn", "What jobs are there?")]


def test_somebody_new_is_greeted(http: httpx.Client, agent: FakeAgent) -> None:
    side.deliver(http, side.event("subscribe"))
    side.deliver(http, side.event("subscribe", "qrscene_5", user="oBob"))
    assert agent.heard == [("oAnn", "/greet"), ("oBob", "/greet")]


@pytest.mark.parametrize("name", ["unsubscribe", "VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "x"])
def test_other_events_are_passed_over(http: httpx.Client, agent: FakeAgent, name: str) -> None:
    assert side.said(side.deliver(http, side.event(name))) is None
    assert agent.heard == []


def test_pictures_are_answered_kindly_and_only_once_in_a_row(
    http: httpx.Client, agent: FakeAgent
) -> None:
    kinds = [
        side.message("image", PicUrl="http://x.example/1", MediaId="m"),
        side.message("location", Location_X="1", Location_Y="2", Scale="1", Label="x"),
        side.text("hello"),
        side.message("video", MediaId="m", ThumbMediaId="t"),
        side.message("kind_of_the_future"),
    ]
    said = [side.said(side.deliver(http, xml)) for xml in kinds]
    assert [said[1], said[2], said[4]] == [None, "You said: hello", None]
    assert said[0] == said[3]
    assert "words" in str(said[0])


def test_recognised_speech_is_read(http: httpx.Client, agent: FakeAgent) -> None:
    side.deliver(http, side.message("voice", MediaId="m", Format="amr", Recognition="hello there"))
    assert agent.heard == [("oAnn", "hello there")]


def offer(text: str) -> list[dict[str, Any]]:
    titles = ("What skills does a buyer need?", "What tools does a buyer use?")
    buttons = [{"title": title, "payload": f"/q{place}"} for place, title in enumerate(titles)]
    return [{"text": f"You said: {text}", "buttons": buttons if text == "hello" else []}]


@pytest.mark.parametrize(
    ("picked", "heard"),
    [("2", "/q1"), (" 1. ", "/q0"), ("２", "/q1"), ("(2)", "/q1"), ("3", "3"), ("20", "20")],
)
def test_a_number_picks_from_the_list_shown_last(
    http: httpx.Client, agent: FakeAgent, picked: str, heard: str
) -> None:
    agent.say = offer
    shown = str(side.said(side.deliver(http, side.text("hello"))))
    assert shown.splitlines()[-2:] == [
        "1  What skills does a buyer need?",
        "2  What tools does a buyer use?",
    ]
    side.deliver(http, side.text(picked))
    side.deliver(http, side.text(picked, user="oBob"))
    assert [text for _, text in agent.heard] == ["hello", heard, picked.strip()]


def test_a_long_answer_is_continued_by_pushing(
    pushing: httpx.Client, platform: Platform, agent: FakeAgent
) -> None:
    agent.say = lambda text: [{"text": "\n".join(LINES)}]
    first = str(side.said(side.deliver(pushing, side.text("more"))))
    rest = pushed(platform, 3)
    assert "\n".join([first, *rest]).split("\n") == LINES
    assert all(LIMIT.fits(part) for part in (first, *rest))
    assert {call.data["touser"] for call in platform.of(PUSHED)} == {"oAnn"}
    assert len(platform.of("token")) == 1


def test_without_pushing_a_long_answer_is_continued_when_asked_for(
    http: httpx.Client, platform: Platform, agent: FakeAgent
) -> None:
    agent.say = lambda text: [
        {"text": "\n".join(LINES), "buttons": [{"title": "A?", "payload": "a"}]}
    ]
    parts = [str(side.said(side.deliver(http, side.text("more"))))]
    while "“next”" in parts[-1]:
        parts.append(str(side.said(side.deliver(http, side.text("Next.")))))
    assert all(LIMIT.fits(part) for part in parts)
    told = "\n".join(parts).split("\n")
    assert [line for line in told if line in LINES] == LINES
    assert told[-1] == "1  A?"
    assert [f"{left} more" in part for left, part in zip((3, 2, 1), parts, strict=False)] == [
        True
    ] * (len(parts) - 1)
    assert [text for _, text in agent.heard] == ["more"]
    side.deliver(http, side.text("1"))
    assert agent.heard[-1] == ("oAnn", "a")
    assert platform.calls == []


def test_the_rest_of_an_answer_is_dropped_when_something_else_is_asked(
    http: httpx.Client, agent: FakeAgent
) -> None:
    agent.say = lambda text: [{"text": "\n".join(LINES) if text == "more" else "short"}]
    side.deliver(http, side.text("more"))
    side.deliver(http, side.text("hello"))
    side.deliver(http, side.text("next"))
    assert [text for _, text in agent.heard] == ["more", "hello", "next"]


@pytest.mark.usefixtures("hurry")
def test_a_late_answer_is_pushed(
    pushing: httpx.Client, platform: Platform, agent: FakeAgent
) -> None:
    agent.seconds = lambda text: 0.8
    xml = side.text("slow")
    assert side.said(side.deliver(pushing, xml)) is None
    assert side.said(side.deliver(pushing, xml)) is None
    assert pushed(platform, 1) == ["You said: slow"]
    assert len(agent.heard) == 1


@pytest.mark.usefixtures("hurry")
def test_without_pushing_a_late_answer_is_given_at_the_next_try(
    http: httpx.Client, agent: FakeAgent
) -> None:
    agent.seconds = lambda text: 0.8
    xml = side.text("slow")
    with pytest.raises(httpx.ReadTimeout):
        http.post(side.PATH, params=side.query(), content=xml.encode(), timeout=0.45)
    assert side.said(side.deliver(http, xml)) == "You said: slow"
    assert len(agent.heard) == 1


@pytest.mark.usefixtures("hurry")
def test_without_pushing_a_very_late_answer_is_given_when_asked_for(
    http: httpx.Client, agent: FakeAgent
) -> None:
    agent.seconds = lambda text: 2.0 if text == "slow" else 0.0
    xml = side.text("slow")
    for _ in range(2):
        with pytest.raises(httpx.ReadTimeout):
            http.post(side.PATH, params=side.query(), content=xml.encode(), timeout=0.5)
    assert "longer" in str(side.said(side.deliver(http, xml)))
    settle(1.0)
    assert side.said(side.deliver(http, side.text("next"))) == "You said: slow"
    assert len(agent.heard) == 1


def test_a_picture_is_pushed_as_a_card(
    pushing: httpx.Client, platform: Platform, agent: FakeAgent
) -> None:
    agent.say = lambda text: [
        {"text": "See:", "image": "/pictures/groups.svg", "custom": {"alt": "Ten groups"}}
    ]
    assert side.said(side.deliver(pushing, side.text("hello"))) == "See:"
    [call] = platform.wait_for(PUSHED, 1)
    [card] = call.data["news"]["articles"]
    assert (card["title"], card["picurl"]) == ("Ten groups", f"{PUBLIC}/pictures/groups.png")


def test_without_pushing_a_picture_is_told_in_words(http: httpx.Client, agent: FakeAgent) -> None:
    agent.say = lambda text: [
        {"text": "See:", "image": "https://x.example/a.png", "custom": {"alt": "Ten groups"}}
    ]
    told = side.said(side.deliver(http, side.text("hello")))
    assert told == "See:\nPicture: Ten groups\nhttps://x.example/a.png"


def test_nothing_that_is_said_breaks_the_xml(http: httpx.Client, agent: FakeAgent) -> None:
    odd = "]]></Content><Content>x</Content><!-- \x07 & <b> 🛒"
    agent.say = lambda text: [{"text": odd}]
    told = side.said(side.deliver(http, side.text("hello")))
    assert told == "]] ></Content><Content>x</Content><!--  & <b> 🛒"


def test_twenty_people_at_once_each_get_their_own_answers(http: httpx.Client) -> None:
    def talk(number: int) -> list[str | None]:
        user = f"oUser{number}"
        return [
            side.said(side.deliver(http, side.text(f"{turn} from {number}", user)))
            for turn in range(3)
        ]

    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(talk, range(20)))
    assert told == [[f"You said: {turn} from {n}" for turn in range(3)] for n in range(20)]


@pytest.mark.usefixtures("hurry")
def test_two_messages_of_one_person_are_answered_in_order(
    pushing: httpx.Client, platform: Platform, agent: FakeAgent
) -> None:
    agent.seconds = lambda text: 0.9 if text == "slow" else 0.0
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(side.deliver, pushing, side.text("slow"))
        settle(0.1)
        assert side.said(side.deliver(pushing, side.text("quick"))) is None
        assert side.said(first.result()) is None
    assert pushed(platform, 2) == ["You said: slow", "You said: quick"]


@pytest.mark.parametrize(
    "trouble",
    [(500, None, {}), (502, None, {}), side.failed(-1), side.failed(40001), side.failed(42001)],
    ids=["500", "502", "busy", "token", "expired"],
)
def test_when_wechat_fails_nothing_is_lost_or_said_twice(
    pushing: httpx.Client, platform: Platform, agent: FakeAgent, trouble: Any
) -> None:
    agent.say = lambda text: [{"text": "\n".join(LINES)}]
    platform.arrange(PUSHED, trouble, trouble)
    first = str(side.said(side.deliver(pushing, side.text("more"))))
    # Errors that come with status 200 count among those taken.
    extra = 2 if trouble[0] == 200 else 0
    rest = pushed(platform, 3 + extra)[extra:]
    assert "\n".join([first, *rest]).split("\n") == LINES


def test_when_wechat_asks_to_wait_it_waits(
    pushing: httpx.Client, platform: Platform, agent: FakeAgent
) -> None:
    agent.say = lambda text: [{"text": "\n".join(LINES)}]
    platform.arrange(PUSHED, (429, None, {"Retry-After": "1"}))
    side.deliver(pushing, side.text("more"))
    wait_until(lambda: len(platform.of(PUSHED)) == 3)
    tries = platform.of(PUSHED, taken=False)
    assert tries[1].at - tries[0].at >= 1.0


def test_an_account_that_turns_out_not_to_be_allowed_to_push(
    pushing: httpx.Client, platform: Platform, agent: FakeAgent, caplog: pytest.LogCaptureFixture
) -> None:
    agent.say = lambda text: [{"text": "\n".join(LINES)}]
    platform.arrange(PUSHED, side.failed(48001, "api unauthorized"))
    first = str(side.said(side.deliver(pushing, side.text("more"))))
    wait_until(lambda: "may not push" in caplog.text)
    parts = [first]
    while len(parts) < 2 or "“next”" in parts[-1]:
        parts.append(str(side.said(side.deliver(pushing, side.text("next")))))
    told = [line for line in "\n".join(parts).split("\n") if line in LINES]
    assert told == LINES


def test_the_secret_stays_out_of_the_log(
    serve: Callable[[InputChannel], Served],
    account: WeChatAccount,
    agent: FakeAgent,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    agent.say = lambda text: [{"text": "\n".join(LINES)}]
    lost = replace(account, app_secret=side.SECRET, api_url="http://127.0.0.1:9")
    side.deliver(serve(WeChatInput(lost)).http, side.text("more"))
    wait_until(lambda: "was not delivered" in caplog.text)
    assert side.SECRET not in caplog.text


def test_without_an_account_it_has_no_address(serve: Callable[[InputChannel], Served]) -> None:
    served = serve(WeChatInput(None))
    assert served.http.get(side.PATH).status_code == 404
    assert served.channel.get_output_channel() is None
