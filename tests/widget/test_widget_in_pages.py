"""The widget as a guest in somebody else's page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.widget.browser import Chat
from tests.widget.fixtures import Visit
from tests.widget.host_site import HostSite
from tests.widget.stand_in import StandIn, said

ATTACKS = [
    '<img src=x onerror="window.hit=1">',
    "<script>window.hit=1</script>",
    "</textarea><svg onload=window.hit=1>",
    "[x](javascript:window.hit=1) {{constructor.constructor('window.hit=1')()}}",
    "<b>bold</b> &lt;i&gt; &#x3c;",
]


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("strict", [True, False], ids=["strict", "lax"])
def test_a_script_is_shown_as_text_wherever_it_stands(
    new_chat: Visit, site: HostSite, bot: StandIn, text: str, strict: bool
) -> None:
    bot.greeting = {"text": text, "quick_replies": [{"title": text, "payload": text}]}
    bot.answers[text] = [
        said(
            f"A {text} sells tea.\n• {text}",
            f"What does a {text} do?",
            source=text,
            image={"url": "/pictures/chain.svg", "alt": text},
        )
    ]
    chat = new_chat().go(site.page(strict=strict, title=text.replace("&", "%26"))).open()
    chat.ask(text)
    assert chat.said() == [text]
    assert f"A {text} sells tea." in chat.answers()[-1]
    assert chat.page.locator(".source").inner_text() == text
    assert chat.replies.all_inner_texts() == [f"What does a {text} do?"]
    assert chat.page.locator(".answer img").get_attribute("alt") == text
    assert chat.page.locator("h2").last.inner_text() == text
    chat.page.reload()
    expect(chat.page.locator(".said .words")).to_have_text(text)
    assert chat.page.evaluate("window.hit") is None
    assert chat.page.locator("careers-chat script, careers-chat b").count() == 0


def test_a_strict_policy_is_kept_from_opening_to_starting_again(
    new_chat: Visit, site: HostSite, bot: StandIn
) -> None:
    bot.answers["picture"] = [said("Look:", image={"url": "/pictures/chain.svg", "alt": "A chain"})]
    chat = new_chat().go(site.page(strict=True, accent="#e60012", theme="dark")).open()
    chat.ask("picture").field.fill("several\nlines\nof text")
    picture = chat.page.get_by_role("img", name="A chain")
    expect(picture).to_have_js_property("naturalWidth", 400)
    picture.click()
    expect(chat.page.locator(".enlarged img")).to_be_visible()
    chat.page.keyboard.press("Escape")
    chat.button("About this bot").click()
    chat.page.keyboard.press("Escape")
    chat.button("Start again").click()
    chat.page.get_by_role("alertdialog").get_by_role("button", name="Start again").click()
    expect(chat.page.locator(".said")).to_have_count(0)
    # Styled in spite of the policy; that nothing complains, the fixture checks.
    assert chat.style(".launcher", "backgroundColor") == "rgb(230, 0, 18)"
    assert chat.unexpected() == []


def test_careless_rules_of_the_page_do_not_reach_the_widget(
    new_chat: Visit, site: HostSite
) -> None:
    plain = new_chat().go(site.page()).open().ask("hello")
    rude = new_chat().go(site.page(rude=True)).open().ask("hello")
    assert rude.style("h1", "letterSpacing") == "3px"
    for selector in (".panel", ".bubble", "textarea", ".launcher", ".suggestions"):
        for name in ("color", "backgroundColor", "fontSize", "letterSpacing", "margin", "width"):
            if plain.page.locator(selector).count():
                assert rude.style(selector, name) == plain.style(selector, name)


def test_the_widget_does_not_change_the_page(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat().go(site.page()).open()
    look = "main => [getComputedStyle(main).cssText, main.getBoundingClientRect().toJSON()]"
    before = chat.page.locator("main").evaluate(look)
    chat.page.evaluate("CareersChat.remove()")
    assert chat.page.locator("main").evaluate(look) == before


def first_paint(page: Page) -> float:
    """Return the milliseconds until the page was first painted."""
    return float(
        page.evaluate(
            """() => new Promise(done => new PerformanceObserver((list, observer) => {
              const paint = list.getEntriesByName("first-contentful-paint")[0];
              if (paint) { observer.disconnect(); done(paint.startTime); }
            }).observe({ type: "paint", buffered: true }))"""
        )
    )


def test_a_slow_script_does_not_hold_up_the_page(
    new_chat: Visit, site: HostSite, bot: StandIn
) -> None:
    bot.script_delay = 2
    chat = new_chat()
    chat.page.goto(site.page(), wait_until="commit")
    assert first_paint(chat.page) < 1500
    expect(chat.page.get_by_role("heading")).to_be_visible()
    assert chat.page.locator("careers-chat").count() == 0
    chat.launcher.wait_for()


def test_the_first_paint_is_the_same_and_nothing_moves(new_chat: Visit, site: HostSite) -> None:
    shots = []
    for tags in (0, 1):
        chat = new_chat()
        chat.page.goto(site.page(tags=tags))
        if tags:
            chat.launcher.wait_for()
        # All of the page but the corner of the button.
        shots.append(chat.page.screenshot(clip={"x": 0, "y": 0, "width": 900, "height": 680}))
    assert shots[0] == shots[1]
    moved = """() => new Promise(done => { let sum = 0;
      new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 300); })"""
    assert chat.page.evaluate(moved) == 0


def test_several_tags_make_one_widget(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat().go(site.page(tags=3))
    chat.page.wait_for_load_state("networkidle")
    assert chat.page.locator("careers-chat").count() == 1


def test_the_page_gets_one_new_name_and_no_new_element(new_chat: Visit, site: HostSite) -> None:
    names = "() => Object.getOwnPropertyNames(window).filter(name => isNaN(name)).sort()"
    bare = new_chat()
    bare.page.goto(site.page(tags=0))
    before = set(bare.page.evaluate(names))
    chat = new_chat().go(site.page()).open()
    assert set(chat.page.evaluate(names)) - before == {"CareersChat"}
    assert chat.page.evaluate("customElements.get('careers-chat')") is None
    assert chat.page.evaluate("document.adoptedStyleSheets.length") == 0
    assert chat.page.locator("head style").count() == 0


def test_the_widget_can_be_taken_away(chat: Chat, bot: StandIn) -> None:
    bot.delay = 0.5
    chat.field.fill("hello")
    chat.field.press("Enter")
    chat.page.evaluate("CareersChat.remove()")
    assert chat.page.locator("careers-chat").count() == 0
    assert chat.page.evaluate("window.CareersChat") is None
    chat.page.wait_for_timeout(700)
    assert chat.unexpected() == []


def test_a_widget_that_was_taken_away_before_it_came_does_not_come(
    new_chat: Visit, site: HostSite
) -> None:
    chat = new_chat()
    chat.page.add_init_script(
        """let made; Object.defineProperty(window, "CareersChat", { configurable: true,
          get: () => made,
          set: value => { made = value; queueMicrotask(() => made.remove()); } });"""
    )
    chat.page.goto(site.page())
    chat.page.wait_for_timeout(300)
    assert chat.page.locator("careers-chat").count() == 0


def test_a_visitor_who_does_not_open_the_chat_sends_and_stores_nothing(
    new_chat: Visit, site: HostSite
) -> None:
    chat = new_chat()
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.go(site.page())
    chat.page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/webhooks/" in url] == []
    assert chat.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert chat.page.context.cookies() == []


@pytest.mark.parametrize(("storage", "left"), [("local", 1), ("session", 0), ("none", 0)])
def test_the_site_says_where_the_conversation_is_kept(
    new_chat: Visit, site: HostSite, bot: StandIn, storage: str, left: int
) -> None:
    chat = new_chat().go(site.page(storage=storage)).open().ask("hello")
    assert chat.page.evaluate("localStorage.length") == left
    kept = chat.page.evaluate("Object.keys(sessionStorage).filter(name => !/:open$/.test(name))")
    assert len(kept) == int(storage == "session")
    chat.page.reload()
    chat.launcher.wait_for()
    if storage == "none":
        chat.open()
    expect(chat.log).to_have_attribute("aria-live", "polite")
    assert len(bot.tokens) == (2 if storage == "none" else 1)


def test_a_browser_that_forbids_storage_can_still_talk(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat()
    chat.page.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"]) {
          Object.defineProperty(window, name, { get() { throw new Error("forbidden"); } });
        }"""
    )
    chat.go(site.page()).open().ask("hello")
    assert chat.answers()[-1] == "You asked: hello"


def test_position_offset_and_title_are_the_sites(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat().go(site.page(position="left", offset="40", title="Ask us")).open()
    box = chat.launcher.bounding_box()
    assert box
    assert box["x"] == 40
    assert box["y"] + box["height"] == 760
    expect(chat.page.get_by_role("heading", name="Ask us")).to_be_visible()


def test_the_widget_follows_when_the_page_changes_its_attributes(
    new_chat: Visit, site: HostSite
) -> None:
    chat = new_chat().go(site.page(theme="light")).open().ask("hello")
    chat.page.evaluate(
        "Object.assign(document.querySelector('script').dataset, {theme: 'dark', language: 'zh'})"
    )
    expect(chat.page.get_by_role("heading", name="电商职业助手")).to_be_visible()
    assert chat.style(".panel", "backgroundColor") == "rgb(23, 26, 31)"
    assert chat.said() == ["hello"]


def test_an_attribute_that_cannot_be_used_is_named_in_the_console(
    new_chat: Visit, site: HostSite
) -> None:
    chat = new_chat()
    chat.expected.append('CareersChat: data-theme="drak" cannot be used; allowed: auto, light')
    chat.go(site.page(theme="drak")).open()
    assert len(chat.complaints) == 1


def test_a_browser_that_is_too_old_shows_the_page_alone(new_chat: Visit, site: HostSite) -> None:
    chat = new_chat()
    chat.expected.append("too old")
    chat.page.add_init_script("delete Document.prototype.adoptedStyleSheets")
    chat.page.goto(site.page())
    chat.page.wait_for_timeout(300)
    assert len(chat.complaints) == 1
    assert chat.page.locator("careers-chat").count() == 0
