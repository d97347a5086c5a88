"""A person talks with the bot through the widget."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.widget.browser import Chat
from tests.widget.fixtures import Visit
from tests.widget.host_site import HostSite
from tests.widget.stand_in import StandIn, said

CRM = "What does a CRM specialist do?"
ANSWER = said(
    "A CRM specialist keeps past buyers.\n• Groups buyers\n• Plans messages\nWhy: they come back.",
    "And which tools?",
    source="Sources: O*NET 13-1161.00; reviewed 2026-11-22",
)
PICTURE = said("The chain:", image={"url": "/pictures/chain.svg", "alt": "Designer to editor"})


def test_the_first_message_gives_examples(chat: Chat) -> None:
    assert chat.answers() == ["Hello! Ask me about jobs in e-commerce. For example:"]
    assert chat.replies.all_inner_texts() == ["What jobs are there?", CRM]


def test_a_question_is_answered_with_its_list_and_its_source(chat: Chat, bot: StandIn) -> None:
    bot.answers[CRM] = [ANSWER]
    chat.ask(CRM)
    assert chat.said() == [CRM]
    assert chat.page.locator(".answer li").all_inner_texts() == ["Groups buyers", "Plans messages"]
    assert chat.page.locator(".source").inner_text().startswith("Sources: O*NET")
    assert chat.field.input_value() == ""


def test_a_quick_reply_asks_and_only_the_last_ones_are_offered(chat: Chat, bot: StandIn) -> None:
    bot.answers[CRM] = [ANSWER]
    chat.replies.filter(has_text=CRM).click()
    chat.settle()
    assert chat.said() == [CRM]
    assert chat.replies.all_inner_texts() == ["And which tools?"]


def test_several_messages_come_one_after_the_other(chat: Chat, bot: StandIn) -> None:
    bot.go_on.clear()
    bot.answers["go"] = [said("First."), said("Second.")]
    chat.field.fill("go")
    chat.field.press("Enter")
    expect(chat.page.locator(".dots")).to_be_visible()
    expect(chat.page.locator(".panel > [role=status]")).to_have_text("Writing an answer")
    expect(chat.page.locator(".answer")).to_have_count(2)
    assert chat.answers()[1:] == ["First."]
    bot.go_on.set()
    chat.settle()
    assert chat.answers()[1:] == ["First.", "Second."]
    expect(chat.page.locator(".dots")).to_have_count(0)


def test_a_picture_is_shown_from_the_bots_server_and_can_be_enlarged(
    chat: Chat, bot: StandIn
) -> None:
    bot.answers["picture"] = [PICTURE]
    chat.ask("picture")
    picture = chat.page.get_by_role("img", name="Designer to editor")
    expect(picture).to_have_js_property("naturalWidth", 400)
    assert picture.get_attribute("src") == f"{bot.url}/pictures/chain.svg"
    before = picture.bounding_box()
    chat.button("Enlarge picture: Designer to editor").click()
    large = chat.page.locator(".enlarged img")
    expect(large).to_be_visible()
    box = large.bounding_box()
    assert box
    assert before
    assert box["width"] > 1.5 * before["width"]
    chat.page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(chat.panel).to_be_visible()


def test_a_tall_picture_is_read_from_its_top_and_scrolled_where_it_is_enlarged(
    chat: Chat, bot: StandIn
) -> None:
    bot.answers["steps"] = [
        said("Step by step:", image={"url": "/pictures/tall.svg", "alt": "Steps"})
    ]
    chat.ask("steps")
    small = chat.page.get_by_role("img", name="Steps")
    expect(small).to_have_js_property("naturalHeight", 2200)
    assert small.evaluate("image => image.clientWidth / image.clientHeight") > 1
    chat.button("Enlarge picture: Steps").click()
    large = chat.page.locator(".enlarged")
    expect(large).to_have_class("enlarged tall")
    assert large.evaluate("one => one.scrollHeight > 2 * one.clientHeight")
    chat.page.keyboard.press("End")
    expect(chat.button("Close")).to_be_in_viewport()
    chat.page.keyboard.press("Escape")
    expect(large).to_have_count(0)


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/a.png", "javascript:alert(1)", "//elsewhere.example/a"]
)
def test_a_picture_from_elsewhere_is_told_in_words(chat: Chat, bot: StandIn, address: str) -> None:
    bot.answers["picture"] = [said("Look:", image={"url": address, "alt": "A chain"})]
    chat.ask("picture")
    assert chat.answers()[-1].split() == ["Look:", "A", "chain"]
    assert chat.page.locator(".answer img").count() == 0


def test_a_picture_that_is_missing_is_told_in_words(chat: Chat, bot: StandIn) -> None:
    chat.expected.append("404")
    bot.answers["picture"] = [said("Look:", image={"url": "/pictures/no.svg", "alt": "A chain"})]
    chat.ask("picture")
    expect(chat.page.locator(".missing")).to_have_text("A chain")


def test_the_conversation_outlives_a_reload_and_goes_on(chat: Chat, bot: StandIn) -> None:
    bot.answers[CRM] = [ANSWER]
    chat.ask(CRM)
    chat.page.reload()
    expect(chat.page.locator(".said .words")).to_have_text(CRM)
    assert chat.replies.all_inner_texts() == ["And which tools?"]
    chat.ask("And which tools?")
    assert chat.said() == [CRM, "And which tools?"]
    assert len(bot.tokens) == 1


def test_the_conversation_goes_along_to_another_page(chat: Chat, bot: StandIn) -> None:
    chat.ask(CRM)
    chat.page.get_by_role("link", name="Another page").click()
    expect(chat.page.get_by_role("heading", name="More tea")).to_be_visible()
    expect(chat.page.locator(".said .words")).to_have_text(CRM)
    # The person came to read the page.
    assert chat.page.evaluate("document.activeElement === document.body")


def test_a_closed_panel_stays_closed_on_the_next_page(chat: Chat) -> None:
    chat.button("Close chat").first.click()
    chat.page.reload()
    chat.launcher.wait_for()
    expect(chat.panel).to_have_count(0)


def test_another_visitor_has_another_conversation(
    chat: Chat, new_chat: Visit, site: HostSite, bot: StandIn
) -> None:
    other = new_chat().go(site.page()).open()
    other.ask("hello")
    assert len(bot.tokens) == 2


def test_starting_again_asks_first_and_forgets_here_and_there(chat: Chat, bot: StandIn) -> None:
    chat.ask(CRM)
    chat.button("Start again").click()
    chat.button("Cancel").click()
    assert chat.said() == [CRM]
    chat.button("Start again").click()
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Start again").click()
    expect(chat.page.locator(".said")).to_have_count(0)
    assert chat.replies.count() == 2
    assert bot.history == []
    chat.page.reload()
    expect(chat.page.locator(".answer")).to_have_count(1)
    assert chat.said() == []


def test_about_this_bot(chat: Chat, bot: StandIn) -> None:
    chat.button("About this bot").click()
    about = chat.page.locator(".about")
    expect(about).to_contain_text("answers from a reviewed knowledge base")
    expect(about).to_contain_text("2026-11-22")
    expect(about).to_contain_text(f"What you write is sent to {bot.url.removeprefix('http://')}")
    chat.button("Back to the conversation").click()
    expect(chat.field).to_be_focused()


def test_answers_that_come_while_the_panel_is_closed_are_counted(chat: Chat, bot: StandIn) -> None:
    bot.delay = 0.3
    bot.answers["go"] = [said("First."), said("Second.")]
    chat.field.fill("go")
    chat.field.press("Enter")
    chat.launcher.click()
    expect(chat.page.locator(".unread")).to_have_text("2")
    name = chat.launcher.get_attribute("aria-label")
    assert name == "Open chat: Careers assistant, 2 new messages"
    chat.launcher.click()
    expect(chat.page.locator(".unread")).to_have_count(0)


def test_enter_sends_and_shift_enter_begins_a_line(chat: Chat, bot: StandIn) -> None:
    chat.field.press_sequentially("one")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("two")
    assert bot.received == []
    chat.field.press("Enter")
    chat.settle()
    assert [one["text"] for one in bot.received] == ["one\ntwo"]


def test_enter_that_picks_a_word_of_an_input_method_does_not_send(chat: Chat, bot: StandIn) -> None:
    chat.field.fill("直播")
    for told in ({"isComposing": True}, {"keyCode": 229}):
        chat.field.evaluate(
            "(field, told) => field.dispatchEvent(new KeyboardEvent('keydown', "
            "{key: 'Enter', bubbles: true, cancelable: true, ...told}))",
            told,
        )
    assert bot.received == []
    chat.field.press("Enter")
    chat.settle()
    assert len(bot.received) == 1


def test_an_empty_message_is_not_sent(chat: Chat, bot: StandIn) -> None:
    chat.field.fill(" \n ")
    chat.field.press("Enter")
    chat.button("Send").click(force=True)
    assert bot.received == []


def test_the_room_left_is_told_near_the_limit(chat: Chat, bot: StandIn) -> None:
    counter = chat.page.locator(".counter")
    chat.field.fill("直" * 899)
    expect(counter).to_have_count(0)
    chat.field.fill("直" * 950)
    expect(counter).to_have_text("50 characters left")
    chat.field.fill("x" * 1003)
    expect(counter).to_have_text("3 characters too long")
    chat.field.press("Enter")
    assert bot.received == []
    chat.field.fill("x" * 1000)
    chat.field.press("Enter")
    chat.settle()
    assert len(bot.received[0]["text"]) == 1000


def test_long_words_wrap(chat: Chat) -> None:
    chat.ask("x" * 900)
    width = "log => log.scrollWidth - log.clientWidth"
    assert chat.log.evaluate(width) == 0


def test_the_answer_is_read_from_its_beginning(chat: Chat, bot: StandIn) -> None:
    bot.answers["long"] = [said("\n".join(f"Line {n}" for n in range(60)))]
    chat.ask("one").ask("long")
    question = chat.page.locator(".said").last.bounding_box()
    log = chat.log.bounding_box()
    assert question
    assert log
    assert 0 <= question["y"] - log["y"] <= 20


def test_the_interface_speaks_chinese(new_chat: Visit, site: HostSite, bot: StandIn) -> None:
    bot.greeting = {"text": "你好！", "quick_replies": []}
    chat = new_chat(locale="zh-CN").go(site.page(strict=True)).open()
    expect(chat.page.get_by_role("heading", name="电商职业助手")).to_be_visible()
    assert chat.field.get_attribute("placeholder") == "想了解哪个职位？"
    assert chat.page.locator(".root").get_attribute("lang") == "zh-Hans"
    chat.ask("直播主播做什么？")
    labels = chat.page.locator(".panel [aria-label]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )
    assert labels
    assert [label for label in labels if not re.search(r"[\u4e00-\u9fff]", label)] == []


def test_the_site_chooses_the_language(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat(locale="zh-CN").go(site.page(language="en")).open()
    assert chat.field.get_attribute("placeholder") == "Ask about a job…"


def test_a_page_can_open_ask_and_close(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat().go(site.page(launcher="hidden"))
    assert chat.launcher.count() == 0
    chat.page.evaluate("CareersChat.ask('  What jobs are there?  ')")
    chat.settle()
    assert chat.said() == ["What jobs are there?"]
    chat.page.evaluate("CareersChat.close()")
    expect(chat.panel).to_be_hidden()
    chat.page.evaluate("CareersChat.open()")
    expect(chat.field).to_be_focused()
    told = "text => CareersChat.ask(text).catch(error => error.name + ': ' + error.message)"
    assert "RangeError: CareersChat.ask: 1 to 1000" in chat.page.evaluate(told, "x" * 1001)
    assert "RangeError" in chat.page.evaluate(told, " ")
