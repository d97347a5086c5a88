"""Nothing the bot says is over a limit of a channel, and nothing is lost in making it fit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import limits_table
import pytest
import slack_side
import telegram_side
import wechat_side
from loopback import FakeAgent, Platform, Served
from rasa.core.channels.channel import InputChannel

from chatbot.channels.limits import Limit, all_limits, limits, shorten, split
from chatbot.channels.messaging import wechat_counter
from chatbot.channels.messaging.accounts import SlackAccount, TelegramAccount, WeChatAccount
from chatbot.channels.messaging.numbered import fitted, full
from chatbot.channels.messaging.said import Offer, Said
from chatbot.channels.messaging.wechat_counter import parts_of
from chatbot.channels.messaging.wechat_messages import menu_of
from chatbot.channels.slack import SlackInput
from chatbot.channels.telegram import SECRET_HEADER, TelegramInput
from chatbot.channels.wechat import WeChatInput
from chatbot.errors import SettingsError
from chatbot.wording.messaging import phrases
from chatbot.wording.render import LONGEST_DETAIL
from tests.support.questions import every_pair, every_question, say

Serve = Callable[[InputChannel], Served]
StandIn = Callable[..., Platform]
TEN = Limit(10, "chars", "a test", "")


@lru_cache(maxsize=1)
def everything() -> tuple[tuple[str, Said], ...]:
    """Return every answer of the base, short and in full, with its topic."""
    questions = [*every_question(), *every_pair()]
    told = [say(replace(q, detail=detail)) for q in questions for detail in (False, True)]
    return tuple(
        (
            one.question.topic,
            Said(one.reply.text, tuple(Offer(words, words) for words in one.reply.quick_replies)),
        )
        for one in told
    )


@lru_cache(maxsize=1)
def longest() -> tuple[Said, ...]:
    """Return the longest answers: one of each topic, and one as long as an answer may be."""
    best: dict[str, Said] = {}
    for topic, said in everything():
        if topic not in best or len(best[topic].text) < len(said.text):
            best[topic] = said
    line = "• 客户服务 – keeps buyers coming back, 🛒 and answers within the hour\n"
    made = (line * (LONGEST_DETAIL // len(line) + 1))[:LONGEST_DETAIL].strip()
    return (*best.values(), Said(made, (Offer("What next?", "What next?"),)))


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def response(said: Said) -> dict[str, Any]:
    return {
        "text": said.text,
        "buttons": [{"title": o.title, "payload": o.payload} for o in said.offers],
    }


@pytest.fixture
def answering(agent: FakeAgent) -> FakeAgent:
    """Return a bot that says the n-th of the longest answers to the message n."""
    agent.say = lambda text: [response(longest()[int(text)])]
    return agent


def test_there_are_long_answers_to_send() -> None:
    sizes = [len(said.text) for said in longest()]
    assert len(sizes) > 25
    assert max(sizes[:-1]) > 2_000
    assert 4_900 < sizes[-1] <= LONGEST_DETAIL


@pytest.mark.parametrize(
    ("channel", "name"), [("telegram", "text"), ("slack", "text"), ("slack", "section")]
)
def test_every_answer_fits_after_it_is_split(channel: str, name: str) -> None:
    limit = limits(channel)[name]
    for _, said in everything():
        parts = split(said.text, limit)
        assert all(limit.fits(part) for part in parts)
        assert lines("\n".join(parts)) == lines(said.text)


@pytest.mark.parametrize("pictures", [True, False])
def test_every_answer_with_its_list_fits_wechat(pictures: bool) -> None:
    limit = limits("wechat")["text"]
    for _, said in everything():
        parts = [str(part) for part in parts_of(said, limit, pictures)]
        told = lines("\n".join(parts))
        assert all(limit.fits(part) for part in parts)
        assert told[: len(lines(said.text))] == lines(said.text)
        assert [line.split("  ", 1)[1] for line in told[-len(said.offers) :] if said.offers] == [
            offer.title for offer in said.offers
        ]


@pytest.mark.parametrize("channel", ["telegram", "slack", "wechat"])
def test_every_offer_is_readable(channel: str) -> None:
    most = limits(channel)
    for _, said in everything():
        assert len(said.offers) <= most["buttons"].most
        if channel == "wechat":
            assert all(most["title"].fits(offer.title) for offer in said.offers)
            continue
        shown = fitted(said, most)
        assert all(most["title"].fits(offer.title) for offer in shown.offers)
        assert [offer.payload for offer in shown.offers] == [offer.payload for offer in said.offers]
        assert full(shown.offers, shown.text) == list(said.offers)


def test_the_longest_answers_arrive_whole_on_telegram(
    serve: Serve, stand_in: StandIn, answering: FakeAgent
) -> None:
    platform = stand_in(telegram_side.method_of, telegram_side.answer)
    account = TelegramAccount(telegram_side.TOKEN, telegram_side.PUBLIC, platform.url)
    http = serve(TelegramInput(account)).http
    for number in range(len(longest())):
        update = telegram_side.written(str(number), number + 1)
        headers = {SECRET_HEADER: account.secret}
        assert http.post("/webhooks/telegram/webhook", json=update, headers=headers).is_success
    most = limits("telegram")
    told = [fitted(said, most) for said in longest()]
    expected = sum(len(split(said.text, most["text"])) for said in told)
    sent = platform.wait_for("sendMessage", expected)
    for number, said in enumerate(told):
        mine = [call.data for call in sent if call.data["chat_id"] == str(number + 1)]
        assert lines("\n".join(data["text"] for data in mine)) == lines(said.text)
        assert all(most["text"].fits(data["text"]) for data in mine)
        markup = json.loads(mine[-1].get("reply_markup", '{"inline_keyboard": []}'))
        buttons = [button for row in markup["inline_keyboard"] for button in row]
        assert [button["text"] for button in buttons] == [offer.title for offer in said.offers]
        assert all(most["payload"].fits(button["callback_data"]) for button in buttons)


def test_the_longest_answers_arrive_whole_on_slack(
    serve: Serve, stand_in: StandIn, answering: FakeAgent
) -> None:
    platform = stand_in(slack_side.method_of, slack_side.answer)
    account = SlackAccount(slack_side.TOKEN, slack_side.SECRET, "", platform.url)
    http = serve(SlackInput(account)).http
    for number in range(len(longest())):
        event = slack_side.direct(str(number), f"U{number}")
        assert slack_side.send(http, slack_side.callback(event)).is_success
    most = limits("slack")
    sent = platform.wait_for("chat.postMessage", len(longest()))
    for number, said in enumerate(fitted(said, most) for said in longest()):
        [data] = [call.data for call in sent if call.data["channel"] == f"DU{number}"]
        found = data["blocks"]
        blocks = found if isinstance(found, list) else json.loads(found)
        texts = [block["text"]["text"] for block in blocks if block["type"] == "section"]
        assert lines("\n".join(texts)) == lines(said.text)
        assert all(most["section"].fits(text) for text in texts)
        buttons = [e for block in blocks for e in block.get("elements", ())]
        assert [button["value"] for button in buttons] == [offer.payload for offer in said.offers]
        assert all(most["title"].fits(button["text"]["text"]) for button in buttons)


@pytest.mark.parametrize("secret", ["", wechat_side.SECRET], ids=["asked for", "pushed"])
def test_the_longest_answers_arrive_whole_on_wechat(
    serve: Serve,
    stand_in: StandIn,
    answering: FakeAgent,
    monkeypatch: pytest.MonkeyPatch,
    secret: str,
) -> None:
    monkeypatch.setattr(wechat_counter.TIMES, "lead", 0.01)
    platform = stand_in(wechat_side.method_of, wechat_side.answer)
    account = WeChatAccount(
        wechat_side.TOKEN, wechat_side.APP_ID, app_secret=secret, api_url=platform.url
    )
    http, most = serve(WeChatInput(account)).http, limits("wechat")
    for number, said in enumerate(longest()):
        user = f"oUser{number}"
        parts = [
            str(wechat_side.said(wechat_side.deliver(http, wechat_side.text(str(number), user))))
        ]
        while "(Write “next”" in parts[-1]:
            xml = wechat_side.text("next", user)
            parts.append(str(wechat_side.said(wechat_side.deliver(http, xml))))
        if secret:
            wanted = len(parts_of(said, most["text"], pictures=True)) - 1
            before = len(platform.of("message/custom/send"))
            calls = platform.wait_for(
                "message/custom/send", before + wanted - _pushed(platform, user)
            )
            parts += [c.data["text"]["content"] for c in calls if c.data["touser"] == user]
        assert all(most["text"].fits(part) for part in parts)
        told = [line for line in lines("\n".join(parts)) if "(Write “next”" not in line]
        assert told[: len(lines(said.text))] == lines(said.text)
        assert all(offer.title in told[-1 - place] for place, offer in enumerate(said.offers[::-1]))


def _pushed(platform: Platform, user: str) -> int:
    return sum(call.data["touser"] == user for call in platform.of("message/custom/send"))


def cases() -> Iterator[tuple[str, list[str]]]:
    yield "", []
    yield "one", ["one"]
    yield "one\ntwo", ["one\ntwo"]
    yield "one two\nthree", ["one two", "three"]
    yield "one two three four", ["one two", "three four"]
    yield "0123456789abc", ["0123456789", "abc"]
    yield "one\n\n\n\ntwo\n\nthree four", ["one\n\n\n\ntwo", "three four"]
    yield "a\n0123456789abc d", ["a", "0123456789", "abc d"]


@pytest.mark.parametrize(("text", "parts"), list(cases()))
def test_texts_are_broken_at_lines_then_words_then_letters(text: str, parts: list[str]) -> None:
    assert split(text, TEN) == parts


@pytest.mark.parametrize("unit", ["chars", "utf16", "bytes"])
def test_no_letter_is_broken(unit: str) -> None:
    limit = Limit(10, unit, "", "")
    text = "é🛒客户服务🎉" * 9
    parts = split(text, limit)
    assert "".join(parts) == text
    assert all(limit.fits(part) for part in parts)


@pytest.mark.parametrize(
    ("text", "short"),
    [("short", "short"), ("one two three", "one two…"), ("0123456789x", "012345678…")],
)
def test_words_on_a_button_are_cut_between_words(text: str, short: str) -> None:
    assert shorten(text, TEN) == short


def test_the_document_shows_the_limits() -> None:
    assert limits_table.shown() == limits_table.table(), "run tests/channels/limits_table.py"


def test_every_limit_has_an_official_page() -> None:
    hosts = ("core.telegram.org", "docs.slack.dev", "developers.weixin.qq.com")
    others = {
        limit.source
        for of_channel in all_limits().values()
        for limit in of_channel.values()
        if limit.source.split("/")[2] not in hosts
    }
    # Slack states no limit for all blocks together; it was measured.
    assert others == {"https://github.com/slackapi/bolt-js/issues/2509"}


def test_an_unknown_channel_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(SettingsError, match="did you mean 'telegram'"):
        limits("telegramm")


def test_the_menu_fits_and_one_that_does_not_is_an_error() -> None:
    entries = phrases("en").menu
    assert len(menu_of(entries)["button"]) == 3
    for wrong, words in (
        ((*entries, entries[0]), "has 4 entries"),
        (({"name": "x" * 17, "ask": "y"},), "has 17 bytes"),
        (({"name": "x", "ask": "y" * 129},), "has 129 bytes"),
        (({"name": "x", "entries": []},), "has 0 entries"),
    ):
        with pytest.raises(SettingsError, match=words):
            menu_of(wrong)
