"""Keyboard, screen reader, small windows, dark rooms."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.widget.browser import PHONE, Chat
from tests.widget.fixtures import Visit
from tests.widget.host_site import HostSite
from tests.widget.stand_in import StandIn, said

PICTURE = said(
    "The chain:\n• Design\n• Edit",
    "And then?",
    image={"url": "/pictures/chain.svg", "alt": "Designer to editor"},
    source="Sources: O*NET",
)


def closed(chat: Chat) -> None:
    chat.launcher.wait_for()


def opened(chat: Chat) -> None:
    chat.open()


def talked(chat: Chat) -> None:
    chat.open().ask("picture")
    chat.field.fill("x" * 1001)


def about(chat: Chat) -> None:
    chat.open().button("About this bot").click()
    chat.page.locator("dl").wait_for()


def restarting(chat: Chat) -> None:
    chat.open().button("Start again").click()


def enlarged(chat: Chat) -> None:
    chat.open().ask("picture")
    chat.page.locator(".thumbnail").click()


def failed(chat: Chat) -> None:
    chat.open().page.context.set_offline(True)
    chat.ask("one")


STATES = [closed, opened, talked, about, restarting, enlarged, failed]
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("reach", STATES, ids=lambda reach: reach.__name__)
def test_axe_finds_nothing_serious(
    new_chat: Visit, site: HostSite, bot: StandIn, reach: object, look: str
) -> None:
    bot.answers["picture"] = [PICTURE]
    chat = new_chat(**LOOKS[look]).go(site.page())
    chat.expected.append("net::ERR_")
    reach(chat)  # type: ignore[operator]
    assert chat.findings() == []


def test_any_accent_colour_can_be_read(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat().go(site.page()).open().ask("hello")
    change = "values => Object.assign(document.querySelector('script').dataset, values)"
    for theme in ("light", "dark"):
        for accent in ("#ffd400", "#ffffff", "#000000", "#777777", "#e60012"):
            chat.page.evaluate(change, {"theme": theme, "accent": accent})
            chat.page.locator(f".root.{theme} .panel").wait_for()
            assert (theme, accent, chat.findings()) == (theme, accent, [])


def test_everything_can_be_done_with_the_keyboard_alone(
    new_chat: Visit, site: HostSite, bot: StandIn
) -> None:
    bot.answers["picture"] = [PICTURE]
    chat = new_chat().go(site.page())
    keys = chat.page.keyboard
    chat.launcher.wait_for()
    keys.press("Tab")  # the link of the page
    keys.press("Tab")
    chat.wait_focused("Open chat: Careers assistant")
    keys.press("Enter")
    chat.page.locator(".answer").wait_for()
    chat.wait_focused("Your message")
    keys.type("picture")
    keys.press("Enter")
    chat.settle()
    chat.wait_focused("Your message")
    keys.press("Shift+Tab")
    chat.wait_focused("And then?")
    keys.press("Shift+Tab")
    chat.wait_focused("Enlarge picture: Designer to editor")
    keys.press("Enter")
    expect(chat.page.locator(".enlarged")).to_be_visible()
    keys.press("Escape")
    expect(chat.page.locator(".enlarged")).to_have_count(0)
    chat.wait_focused("Enlarge picture: Designer to editor")
    keys.press("Tab")
    keys.press("Enter")
    chat.settle()
    assert chat.said() == ["picture", "And then?"]
    keys.press("Escape")
    expect(chat.panel).to_be_hidden()
    chat.wait_focused("Open chat: Careers assistant")


def test_escape_leaves_what_was_opened_last(chat: Chat) -> None:
    chat.button("About this bot").press("Enter")
    chat.wait_focused("About this bot")
    chat.page.keyboard.press("Escape")
    expect(chat.page.locator(".about")).to_have_count(0)
    chat.button("Start again").press("Enter")
    chat.wait_focused("Start again")
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_role("alertdialog")).to_have_count(0)
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()


def test_beside_the_page_the_keyboard_can_leave_the_panel(chat: Chat) -> None:
    names = []
    for _ in range(12):
        chat.page.keyboard.press("Tab")
        names.append(chat.focused())
    assert "Another page" in names


def test_what_is_added_is_read_out_and_who_said_it(chat: Chat) -> None:
    expect(chat.log).to_have_attribute("aria-live", "polite")
    chat.ask("hello")
    texts = chat.page.locator(".line .hidden").all_text_contents()
    assert [text.strip() for text in texts] == ["Answer:", "You said:", "Answer:"]


def test_the_history_is_not_read_out_anew(chat: Chat, bot: StandIn) -> None:
    chat.ask("hello")
    bot.go_on.clear()
    chat.page.reload()
    expect(chat.log).to_have_attribute("aria-live", "off")
    bot.go_on.set()
    expect(chat.page.locator(".said")).to_have_count(1)
    expect(chat.log).to_have_attribute("aria-live", "polite")


def test_the_focus_can_be_seen(chat: Chat) -> None:
    chat.page.keyboard.press("Shift+Tab")
    width = "element => parseFloat(getComputedStyle(element).outlineWidth)"
    assert chat.replies.last.evaluate(width) >= 2


def test_what_can_be_pressed_is_large_enough(chat: Chat, bot: StandIn) -> None:
    bot.answers["picture"] = [PICTURE]
    chat.ask("picture")
    boxes = [one.bounding_box() for one in chat.page.locator("careers-chat button").all()]
    assert min(min(box["width"], box["height"]) for box in boxes if box) >= 32


def test_a_phone_is_filled_and_the_page_behind_is_out_of_reach(
    new_chat: Visit, site: HostSite
) -> None:
    chat = new_chat(viewport=PHONE, has_touch=True).go(site.page(strict=True)).open()
    assert chat.panel.bounding_box() == {"x": 0, "y": 0, **PHONE}
    expect(chat.launcher).to_have_count(0)
    # The keyboard of the phone does not hide the examples at once.
    expect(chat.field).not_to_be_focused()
    names = []
    for _ in range(12):
        chat.page.keyboard.press("Tab")
        names.append(chat.focused())
    assert "Another page" not in names
    chat.button("Close chat").click()
    expect(chat.launcher).to_be_visible()
    chat.wait_focused("Open chat: Careers assistant")


def test_a_phone_does_not_zoom_in_on_the_field(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat(viewport=PHONE).go(site.page()).open()
    assert float(chat.style("textarea", "fontSize").removesuffix("px")) >= 16


def test_a_phone_shows_the_page_first_after_a_page_change(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat(viewport=PHONE).go(site.page()).open().ask("hello")
    chat.page.goto(site.page("/other"))
    chat.launcher.wait_for()
    expect(chat.panel).to_have_count(0)
    chat.open()
    assert chat.said() == ["hello"]


@pytest.mark.parametrize("size", [(320, 256), (320, 568), (760, 360), (481, 500)])
def test_nothing_is_cut_off_in_small_windows(
    new_chat: Visit, site: HostSite, size: tuple[int, int]
) -> None:
    width, height = size
    chat = new_chat(viewport={"width": width, "height": height}).go(site.page()).open()
    for part in (chat.field, chat.button("Close chat").first, chat.log):
        box = part.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height


def test_turning_the_phone_keeps_what_was_written(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat().go(site.page()).open()
    chat.field.fill("half a questi")
    chat.page.set_viewport_size(PHONE)
    expect(chat.page.locator(".panel.phone")).to_be_visible()
    assert chat.field.input_value() == "half a questi"
    chat.page.set_viewport_size({"width": 900, "height": 700})
    expect(chat.page.locator(".panel:not(.phone)")).to_be_visible()
    assert chat.field.input_value() == "half a questi"


@pytest.mark.parametrize(
    ("scheme", "theme", "dark"),
    [
        ("dark", "auto", True),
        ("light", "auto", False),
        ("dark", "light", False),
        ("light", "dark", True),
    ],
)
def test_the_theme_is_the_sites_or_the_persons(
    new_chat: Visit, site: HostSite, scheme: str, theme: str, dark: bool
) -> None:
    chat = new_chat(color_scheme=scheme).go(site.page(theme=theme)).open()
    expected = "rgb(23, 26, 31)" if dark else "rgb(255, 255, 255)"
    assert chat.style(".panel", "backgroundColor") == expected


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_those_who_do_not_want_it(
    new_chat: Visit, site: HostSite, bot: StandIn, motion: str
) -> None:
    bot.delay = 1
    chat = new_chat(reduced_motion=motion).go(site.page()).open()
    chat.field.fill("go")
    chat.field.press("Enter")
    moves = motion == "no-preference"
    assert (chat.style(".dots i", "animationName") != "none") == moves
    assert (chat.style(".panel", "animationName") != "none") == moves
    assert (chat.style(".log", "scrollBehavior") == "smooth") == moves
    chat.settle()
