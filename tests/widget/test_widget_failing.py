"""Whatever fails, the person's message is kept, a retry works, and nothing is said twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.widget.browser import Chat
from tests.widget.fixtures import Visit
from tests.widget.host_site import HostSite
from tests.widget.small_server import Asked, Told
from tests.widget.stand_in import StandIn, line, said

REFUSED = "net::ERR_"
STATUS = "the server responded with a status of"


def ids(bot: StandIn) -> list[str]:
    return [str(one["id"]) for one in bot.received]


def test_a_server_that_stops_and_comes_back_in_the_middle(chat: Chat, bot: StandIn) -> None:
    chat.expected.append(REFUSED)
    chat.ask("one")
    bot.server.stop()
    chat.ask("two")
    expect(chat.failure).to_contain_text("The bot cannot be reached. Your message is kept.")
    chat.button("Try again").click()
    chat.settle()
    expect(chat.failure).to_be_visible()
    bot.server.start()
    chat.button("Try again").click()
    expect(chat.failure).to_have_count(0)
    chat.settle()
    assert chat.said() == ["one", "two"]
    assert chat.answers()[1:] == ["You asked: one", "You asked: two"]


def test_a_message_that_was_not_delivered_outlives_a_reload(chat: Chat, bot: StandIn) -> None:
    chat.expected.append(REFUSED)
    bot.server.stop()
    chat.ask("one")
    bot.server.start()
    chat.page.reload()
    expect(chat.failure).to_be_visible()
    assert chat.said() == ["one"]
    chat.button("Try again").click()
    expect(chat.failure).to_have_count(0)
    chat.settle()
    assert len(bot.received) == 1
    chat.page.reload()
    expect(chat.page.locator(".answer")).to_have_count(2)
    assert chat.said() == ["one"]


def test_the_next_message_can_be_sent_before_the_failed_one(chat: Chat, bot: StandIn) -> None:
    chat.expected.append(REFUSED)
    bot.server.stop()
    chat.ask("one")
    bot.server.start()
    chat.ask("two")
    assert chat.answers()[1:] == ["You asked: two"]
    chat.button("Try again").click()
    expect(chat.failure).to_have_count(0)
    chat.settle()
    assert chat.said() == ["two", "one"]


def test_a_retry_names_the_same_message(chat: Chat, bot: StandIn) -> None:
    chat.expected.append(REFUSED)
    # The answer is lost on its way.
    bot.answers["one"] = [None]
    chat.ask("one")
    expect(chat.failure).to_be_visible()
    bot.answers["one"] = [said("Here.")]
    chat.button("Try again").click()
    expect(chat.failure).to_have_count(0)
    chat.settle()
    first, second = ids(bot)
    assert first == second
    assert len(first) == 32


def test_two_quick_clicks_send_once(chat: Chat, bot: StandIn) -> None:
    bot.delay = 0.3
    chat.replies.first.dblclick()
    chat.settle()
    assert len(bot.received) == 1


def test_an_answer_that_breaks_off_is_told_once(chat: Chat, bot: StandIn) -> None:
    chat.expected.append(REFUSED)
    half = said("First half.")
    bot.answers["one"] = [half, None]
    bot.go_on.clear()
    chat.field.fill("one")
    chat.field.press("Enter")
    expect(chat.page.locator(".answer")).to_have_count(2)
    bot.go_on.set()
    expect(chat.failure).to_be_visible()
    assert chat.answers()[1:] == ["First half."]
    bot.answers["one"] = [half, said("Second half.")]
    chat.button("Try again").click()
    expect(chat.failure).to_have_count(0)
    chat.settle()
    assert chat.answers()[1:] == ["First half.", "Second half."]


@pytest.mark.parametrize("retry", [True, False])
def test_an_error_of_the_server_is_told_in_its_words(chat: Chat, bot: StandIn, retry: bool) -> None:
    error = {"type": "error", "error": "odd", "message": "Something odd.", "retry": retry}
    bot.answers["one"] = [error]
    chat.ask("one")
    expect(chat.failure).to_contain_text("Something odd.")
    assert chat.button("Try again").count() == int(retry)


def test_too_many_messages_wait_for_their_time(chat: Chat, bot: StandIn) -> None:
    chat.expected.append(STATUS)
    body = {"error": "too_many", "message": "Slowly.", "retry_after": 2}
    bot.answers["one"] = lambda _: Told.json(body, 429)
    chat.ask("one")
    expect(chat.failure).to_contain_text("That was a lot of messages. Please wait a moment.")
    button = chat.failure.get_by_role("button")
    expect(button).to_have_text("Try again in 2 s")
    del bot.answers["one"]
    button.click(force=True)
    assert len(bot.received) == 1
    expect(button).to_have_text("Try again")
    button.click()
    expect(chat.failure).to_have_count(0)
    chat.settle()
    assert chat.answers()[-1] == "You asked: one"


def test_an_expired_session_is_begun_anew_and_the_message_goes_through(
    chat: Chat, bot: StandIn
) -> None:
    chat.expected.append(STATUS)
    chat.ask("one")
    bot.forget_sessions()
    chat.ask("two")
    assert chat.answers()[1:] == ["You asked: one", "You asked: two"]
    expect(chat.page.locator(".note")).to_contain_text("the bot no longer knows what was said")
    assert len(bot.tokens) == 1


def test_a_site_that_may_not_use_the_bot_is_told_so(
    new_chat: Visit, site: HostSite, bot: StandIn
) -> None:
    chat = new_chat()
    chat.expected.append(STATUS)
    bot.refusal = Told.json({"error": "origin", "message": "Not here."}, 403)
    chat.go(site.page())
    chat.launcher.click()
    expect(chat.failure).to_contain_text("does not allow this website")
    assert chat.button("Try again").count() == 0


def test_a_server_that_is_away_at_first_can_be_tried_again(
    new_chat: Visit, site: HostSite, bot: StandIn
) -> None:
    chat = new_chat()
    chat.expected.append(STATUS)
    bot.refusal = Told(status=502)
    chat.go(site.page())
    chat.launcher.click()
    expect(chat.failure).to_contain_text("The bot is not available just now.")
    bot.refusal = None
    chat.button("Try again").click()
    expect(chat.replies).to_have_count(2)


def test_a_page_without_a_network_says_so(chat: Chat) -> None:
    chat.expected.append(REFUSED)
    chat.page.context.set_offline(True)
    chat.ask("one")
    expect(chat.failure).to_contain_text("You are offline. Your message is kept.")
    chat.page.context.set_offline(False)
    chat.button("Try again").click()
    expect(chat.failure).to_have_count(0)
    chat.settle()


def test_an_answer_that_is_no_answer_is_a_failure_and_not_an_exception(
    chat: Chat, bot: StandIn
) -> None:
    def page_of_a_proxy(_: Asked) -> Told:
        return Told([b"<html>\n", line({"type": "done"})])

    bot.answers["one"] = page_of_a_proxy
    chat.ask("one")
    expect(chat.failure).to_be_visible()
