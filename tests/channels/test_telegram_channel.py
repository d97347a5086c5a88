"""Telegram: what comes in as aiogram writes it, what goes out as a stand-in records it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import telegram_side as side
from loopback import FakeAgent, Loop, Platform, Served, settle, wait_until
from rasa.core.channels.channel import InputChannel

from chatbot.channels.limits import limits
from chatbot.channels.messaging.accounts import TelegramAccount
from chatbot.channels.telegram import SECRET_HEADER, TelegramInput

LIMITS = limits("telegram")
LONG = "/collaboration" + json.dumps({"role": "crm-specialist", "other": "marketing-planner" * 3})


@pytest.fixture
def telegram(stand_in: Callable[..., Platform]) -> Platform:
    return stand_in(side.method_of, side.answer)


@pytest.fixture
def account(telegram: Platform) -> TelegramAccount:
    return TelegramAccount(side.TOKEN, side.PUBLIC, telegram.url)


@pytest.fixture
def served(serve: Callable[[InputChannel], Served], account: TelegramAccount) -> Served:
    return serve(TelegramInput(account))


@pytest.fixture
def post(served: Served, account: TelegramAccount) -> Callable[..., httpx.Response]:
    """Deliver an update as Telegram does."""

    def deliver(update: Any, secret: str | None = account.secret) -> httpx.Response:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        return served.http.post("/webhooks/telegram/webhook", json=update, headers=headers)

    return deliver


Deliver = Callable[..., httpx.Response]


def texts(telegram: Platform, count: int) -> list[str]:
    return [call.data["text"] for call in telegram.wait_for("sendMessage", count)]


def test_a_text_is_answered_in_its_chat(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    assert post(side.written("What does a buyer do?", 42)).status_code == 200
    [sent] = telegram.wait_for("sendMessage", 1)
    assert (sent.data["chat_id"], sent.data["text"]) == ("42", "You said: What does a buyer do?")
    assert "parse_mode" not in sent.data
    assert (agent.heard, agent.channels) == ([("42", "What does a buyer do?")], {"telegram"})


def test_it_answers_the_delivery_before_the_bot_has_answered(
    post: Deliver, agent: FakeAgent, telegram: Platform
) -> None:
    agent.seconds = lambda text: 1.0
    assert post(side.written("slow")).elapsed.total_seconds() < 0.9
    telegram.wait_for("sendMessage", 1)


@pytest.mark.parametrize("secret", [None, "", "wrong", "ü"])
def test_what_telegram_did_not_send_is_refused(
    post: Deliver, agent: FakeAgent, secret: str | None
) -> None:
    if secret == "ü":
        secret = b"\xfc"  # type: ignore[assignment]
    assert post(side.written("hello"), secret).status_code == 403
    settle()
    assert agent.heard == []


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"message": 1}', '{"update_id": "x"}'])
def test_what_is_no_update_is_refused(
    served: Served, account: TelegramAccount, content: str
) -> None:
    headers = {SECRET_HEADER: account.secret}
    answer = served.http.post("/webhooks/telegram/webhook", content=content, headers=headers)
    assert answer.status_code == 400


def test_a_delivery_that_comes_twice_is_answered_once(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    update = side.written("hello")
    assert [post(update).status_code for _ in range(4)] == [200] * 4
    telegram.wait_for("sendMessage", 1)
    settle()
    assert len(agent.heard) == len(telegram.of("sendMessage")) == 1


def test_a_corrected_message_is_answered_again(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    first = side.written("what does a bayer do")
    post(first)
    post(side.edited("what does a buyer do", first))
    telegram.wait_for("sendMessage", 2)
    assert [text for _, text in agent.heard] == ["what does a bayer do", "what does a buyer do"]


def test_an_edit_that_changes_no_word_is_not_answered(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    first = side.written("hello")
    post(first)
    post(side.edited("hello", first))
    telegram.wait_for("sendMessage", 1)
    settle()
    assert len(agent.heard) == 1


def test_stickers_are_answered_kindly_and_only_once_in_a_row(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    for _ in range(3):
        assert post(side.sticker()).status_code == 200
    post(side.written("hello"))
    post(side.sticker())
    said = texts(telegram, 3)
    assert said[1] == "You said: hello"
    assert said[0] == said[2]
    assert "words" in said[0]
    assert len(agent.heard) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"inline_query": {"id": "1", "from": side.person().to_python(), "query": "", "offset": ""}},
        {"my_chat_member": {"chat": {"id": 7, "type": "private"}, "date": 1}},
        {"poll": {"id": "1", "question": "?", "options": []}},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}}},
        {"some_kind_of_the_future": {"x": 1}},
        {"message": {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}}},
        {},
    ],
    ids=str,
)
def test_other_kinds_of_updates_are_passed_over(
    post: Deliver, telegram: Platform, agent: FakeAgent, content: dict[str, Any]
) -> None:
    assert post({"update_id": 99, **content}).status_code == 200
    post(side.written("hello"))
    telegram.wait_for("sendMessage", 1)
    assert len(agent.heard) == 1


def joined() -> dict[str, Any]:
    group = {"id": -5, "type": "group", "title": "Sellers"}
    new = [side.person(8).to_python()]
    return side.update(message=side.message(None, chat=group, new_chat_members=new))


def test_somebody_joining_a_group_is_no_question(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    assert post(joined()).status_code == 200
    settle()
    assert (agent.heard, telegram.of("sendMessage")) == ([], [])


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("nice weather", None),
        ("@jobs_bot what does a buyer do", "what does a buyer do"),
        ("/help@jobs_bot", "/help"),
        ("/help@other_bot", None),
        ("@other_bot hello", None),
    ],
)
def test_in_a_group_it_answers_only_who_speaks_to_it(
    post: Deliver, telegram: Platform, agent: FakeAgent, text: str, heard: str | None
) -> None:
    telegram.wait_for("getMe", 1)
    settle(0.1)
    group = {"id": -5, "type": "supergroup", "title": "Sellers"}
    post(side.update(message=side.message(text, chat=group)))
    if heard is None:
        settle()
        assert agent.heard == []
    else:
        [sent] = telegram.wait_for("sendMessage", 1)
        assert sent.data["chat_id"] == "-5"
        assert agent.heard == [("-5_7", heard)]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("/start", "/greet"),
        ("/start from_website", "/greet"),
        ("/HELP", "/help"),
        ("/restart", "/restart"),
        ("/career_path", "career path"),
        ('/duties{"role": "buyer"}', '/duties{"role": "buyer"}'),
    ],
)
def test_commands_mean_what_the_menu_says(
    post: Deliver, telegram: Platform, agent: FakeAgent, text: str, heard: str
) -> None:
    post(side.written(text))
    telegram.wait_for("sendMessage", 1)
    assert [words for _, words in agent.heard] == [heard]


def offer(*payloads: str) -> Callable[[str], list[dict[str, Any]]]:
    buttons = [{"title": f"Ask about {p[:20]}", "payload": p} for p in payloads]
    return lambda text: [{"text": f"You said: {text}", "buttons": buttons}]


def keyboard(telegram: Platform, count: int = 1) -> list[list[dict[str, str]]]:
    last = telegram.wait_for("sendMessage", count)[-1]
    return list(json.loads(last.data["reply_markup"])["inline_keyboard"])


QUESTION = "How do a brand building specialist and a cross-border e-commerce manager work together?"


@pytest.mark.parametrize("payload", ["short", LONG, QUESTION, "电子商务" * 20, "~sly"])
def test_a_button_asks_its_question_however_long(
    post: Deliver, telegram: Platform, agent: FakeAgent, payload: str
) -> None:
    agent.say = offer("other", payload)
    post(side.written("hello"))
    shown = keyboard(telegram)
    data = shown[1][0]["callback_data"]
    assert LIMITS["payload"].fits(data)
    post(side.pressed(shown, 1))
    telegram.wait_for("sendMessage", 2)
    assert agent.heard[-1] == ("7", payload)
    [confirmed] = telegram.wait_for("answerCallbackQuery", 1)
    assert confirmed.data["text"] == shown[1][0]["text"]


def test_a_button_asks_its_question_after_a_restart(
    serve: Callable[[InputChannel], Served],
    account: TelegramAccount,
    telegram: Platform,
    agent: FakeAgent,
) -> None:
    agent.say = lambda text: [{"text": "x", "buttons": [{"title": QUESTION, "payload": QUESTION}]}]
    headers = {SECRET_HEADER: account.secret}
    before, after = serve(TelegramInput(account)), serve(TelegramInput(account))
    before.http.post("/webhooks/telegram/webhook", json=side.written("hello"), headers=headers)
    [sent] = telegram.wait_for("sendMessage", 1)
    press = side.pressed(keyboard(telegram), 0, text=sent.data["text"])
    assert press["callback_query"]["data"] != QUESTION
    after.http.post("/webhooks/telegram/webhook", json=press, headers=headers)
    telegram.wait_for("sendMessage", 2)
    assert agent.heard[-1] == ("7", QUESTION)


def test_questions_too_long_for_buttons_are_listed(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    titles = ("What next?", QUESTION, QUESTION.replace("brand", "group"))
    buttons = [{"title": title, "payload": title} for title in titles]
    agent.say = lambda text: [{"text": "Well.", "buttons": buttons}]
    post(side.written("hello"))
    [row] = keyboard(telegram)
    [sent] = telegram.of("sendMessage")
    assert [button["text"] for button in row] == ["1", "2", "3"]
    wanted = [f"{number}  {title}" for number, title in enumerate(titles, 1)]
    assert sent.data["text"].splitlines() == ["Well.", "Ask next by number:", *wanted]
    post(side.pressed([row[1:]], 0, text=sent.data["text"]))
    telegram.wait_for("sendMessage", 2)
    assert agent.heard[-1] == ("7", QUESTION)
    [confirmed] = telegram.wait_for("answerCallbackQuery", 1)
    assert confirmed.data["text"] == QUESTION


def test_a_button_whose_message_is_gone_says_so(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    press = side.pressed([[{"text": "x", "callback_data": "~unknown"}]], 0)
    del press["callback_query"]["message"]
    post(press)
    [confirmed] = telegram.wait_for("answerCallbackQuery", 1)
    assert "write the question" in confirmed.data["text"]
    settle()
    assert agent.heard == []


def test_blank_lines_do_not_make_two_messages(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    agent.say = lambda text: [{"text": "one\n\ntwo\n\n\nthree"}]
    post(side.written("hello"))
    assert texts(telegram, 1) == ["one\n\ntwo\n\n\nthree"]


def test_markup_is_shown_as_it_is(post: Deliver, telegram: Platform, agent: FakeAgent) -> None:
    odd = "*a_b*[c](d) <b>&amp; `e` ~f~ \\g 🛒"
    agent.say = lambda text: [{"text": odd}]
    post(side.written("hello"))
    assert texts(telegram, 1) == [odd]


def test_a_long_text_is_split_and_the_buttons_stand_below(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    lines = [f"{number}: " + "🛒" * 200 for number in range(30)]
    buttons = [{"title": "more", "payload": "more"}]
    agent.say = lambda text: [{"text": "\n".join(lines), "buttons": buttons}]
    post(side.written("hello"))
    sent = telegram.wait_for("sendMessage", 3)
    assert "\n".join(call.data["text"] for call in sent).split("\n") == lines
    assert all(LIMITS["text"].fits(call.data["text"]) for call in sent)
    assert [("reply_markup" in call.data) for call in sent] == [False, False, True]


def test_a_picture_has_its_description_as_caption(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    agent.say = lambda text: [
        {"text": "See:", "image": "/pictures/groups.svg", "custom": {"alt": "Ten groups"}}
    ]
    post(side.written("hello"))
    texts(telegram, 1)
    [photo] = telegram.wait_for("sendPhoto", 1)
    assert photo.data["photo"] == f"{side.PUBLIC}/pictures/groups.png"
    assert photo.data["caption"] == "Ten groups"


def test_a_picture_that_telegram_cannot_load_is_told_in_words(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    telegram.arrange("sendPhoto", side.failed(400, "Bad Request: wrong file identifier/HTTP URL"))
    agent.say = lambda text: [
        {"text": "See:", "image": "https://x.example/a.png", "custom": {"alt": "Ten groups"}}
    ]
    post(side.written("hello"))
    assert texts(telegram, 2) == ["Picture: Ten groups\nhttps://x.example/a.png", "See:"]


def test_twenty_people_at_once_each_get_their_own_answers_in_order(
    post: Deliver, telegram: Platform
) -> None:
    def talk(number: int) -> None:
        for turn in range(3):
            post(side.written(f"{turn} from {number}", number))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(talk, range(1, 21)))
    sent = telegram.wait_for("sendMessage", 60)
    for number in range(1, 21):
        mine = [call.data["text"] for call in sent if call.data["chat_id"] == str(number)]
        assert mine == [f"You said: {turn} from {number}" for turn in range(3)]


def test_when_telegram_asks_to_wait_it_waits(post: Deliver, telegram: Platform) -> None:
    telegram.arrange("sendMessage", side.flood(1))
    post(side.written("first"))
    post(side.written("second"))
    assert texts(telegram, 2) == ["You said: first", "You said: second"]
    tries = telegram.of("sendMessage", taken=False)
    assert tries[1].at - tries[0].at >= 1.0


@pytest.mark.parametrize(
    "trouble",
    [side.failed(500, "Internal Server Error"), side.failed(502, "Bad Gateway"), (502, None, {})],
    ids=["500", "502", "html"],
)
def test_when_telegram_fails_nothing_is_lost_or_said_twice(
    post: Deliver, telegram: Platform, trouble: Any
) -> None:
    telegram.arrange("sendMessage", trouble, trouble)
    for text in ("first", "second", "third"):
        post(side.written(text))
    assert texts(telegram, 3) == [f"You said: {text}" for text in ("first", "second", "third")]


def test_it_does_not_try_for_ever(
    post: Deliver, telegram: Platform, agent: FakeAgent, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.arrange("sendMessage", *[side.failed(500, "Internal Server Error")] * 1000)
    post(side.written("first"))
    wait_until(lambda: "was not delivered" in caplog.text, lambda: caplog.text)
    assert 5 <= len(telegram.of("sendMessage", taken=False)) < 50
    assert side.TOKEN not in caplog.text


def test_somebody_who_blocked_the_bot_does_not_hold_up_others(
    post: Deliver, telegram: Platform
) -> None:
    telegram.arrange("sendMessage", side.failed(403, "Forbidden: bot was blocked by the user"))
    post(side.written("hello", 5))
    settle()
    post(side.written("hello", 6))
    telegram.wait_for("sendMessage", 1)
    assert len(telegram.of("sendMessage", taken=False)) == 2


def test_a_bot_that_fails_says_sorry(post: Deliver, telegram: Platform, agent: FakeAgent) -> None:
    def fail(text: str) -> list[dict[str, Any]]:
        raise RuntimeError("no model")

    agent.say = fail
    post(side.written("hello"))
    [said] = texts(telegram, 1)
    assert "orry" in said
    assert "model" not in said


def test_a_flood_from_one_person_is_cut_off_with_one_notice(
    post: Deliver, telegram: Platform, agent: FakeAgent
) -> None:
    agent.seconds = lambda text: 0.6 if text == "0" else 0.0
    for number in range(40):
        post(side.written(str(number)))
    said = texts(telegram, 21)
    settle()
    assert said[:20] == [f"You said: {number}" for number in range(20)]
    assert "lot at once" in said[20]
    assert len(telegram.of("sendMessage")) == 21


def test_at_the_start_it_tells_telegram_its_address_once(
    served: Served, telegram: Platform, account: TelegramAccount
) -> None:
    [told] = telegram.wait_for("setWebhook", 1)
    assert told.data["url"] == f"{side.PUBLIC}/webhooks/telegram/webhook"
    assert told.data["secret_token"] == account.secret
    assert json.loads(told.data["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
    ]
    [menu] = telegram.wait_for("setMyCommands", 1)
    assert [c["command"] for c in json.loads(menu.data["commands"])] == ["start", "help", "restart"]


def test_at_the_start_it_does_not_hammer(
    serve: Callable[[InputChannel], Served], telegram: Platform, account: TelegramAccount
) -> None:
    telegram.arrange("setWebhook", side.flood(1))
    serve(TelegramInput(account))
    telegram.wait_for("setWebhook", 1)
    first, second = telegram.of("setWebhook", taken=False)
    assert second.at - first.at >= 1.0


def test_without_network_it_starts_all_the_same(
    serve: Callable[[InputChannel], Served], agent: FakeAgent
) -> None:
    account = TelegramAccount(side.TOKEN, side.PUBLIC, "http://127.0.0.1:9")
    served = serve(TelegramInput(account))
    assert served.http.get("/webhooks/telegram/").json()["status"] == "ok"
    headers = {SECRET_HEADER: account.secret}
    done = served.http.post(
        "/webhooks/telegram/webhook", json=side.written("hello"), headers=headers
    )
    assert done.status_code == 200
    wait_until(lambda: agent.heard == [("7", "hello")])


def test_without_an_account_it_has_no_address(serve: Callable[[InputChannel], Served]) -> None:
    served = serve(TelegramInput(None))
    assert served.http.get("/webhooks/telegram/").status_code == 404
    assert served.http.post("/webhooks/telegram/webhook", json={}).status_code == 404
    assert served.channel.get_output_channel() is None


def test_messages_that_nobody_asked_for_are_sent_the_same_way(
    served: Served, telegram: Platform, loop: Loop
) -> None:
    async def remind() -> None:
        output = served.channel.get_output_channel()
        await output.send_response("7", {"text": "one\n\ntwo", "custom": {"alt": "x"}})
        await output.send_text_with_buttons("7", "Well?", [{"title": "A?", "payload": "a"}])
        await output.send_image_url("7", "/pictures/a.svg", alt="A")
        await output.send_text_message("7", "three")
        await output.hang_up()

    loop.run(remind())
    assert texts(telegram, 3) == ["one\n\ntwo", "Well?", "three"]
    [photo] = telegram.wait_for("sendPhoto", 1)
    assert photo.data["caption"] == "A"
