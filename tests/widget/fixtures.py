"""Chromium with a stand-in for the bot and a website that uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.widget import npm
from tests.widget.browser import DESKTOP, INSTALL, Chat, chromium, executable
from tests.widget.host_site import HostSite
from tests.widget.stand_in import StandIn

Visit = Callable[..., Chat]


# Not for the whole session: while it runs, tests of other folders could not use asyncio.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium."""
    if executable() is None:
        pytest.skip(f"needs Chromium: {INSTALL}")
    npm.install()
    with chromium() as running:
        yield running


@pytest.fixture
def bot() -> Iterator[StandIn]:
    """Return a bot whose answers the test writes."""
    made = StandIn()
    made.server.start()
    yield made
    made.server.stop()


@pytest.fixture
def site(bot: StandIn) -> Iterator[HostSite]:
    """Return a website that uses the bot."""
    made = HostSite(bot.url)
    made.server.start()
    yield made
    made.server.stop()


@pytest.fixture
def new_chat(browser: Browser) -> Iterator[Visit]:
    """Return a maker of browser windows; at the end none of them may have complained."""
    chats: list[Chat] = []
    contexts = []

    def make(**options: Any) -> Chat:
        usual = {"viewport": DESKTOP, "reduced_motion": "reduce", "locale": "en-GB"}
        context = browser.new_context(**{**usual, **options})
        contexts.append(context)
        chats.append(Chat(context.new_page()))
        return chats[-1]

    yield make
    for context in contexts:
        context.close()
    assert [text for chat in chats for text in chat.unexpected()] == []


@pytest.fixture
def chat(new_chat: Visit, site: HostSite) -> Chat:
    """Return the widget, open in a page with a strict policy."""
    return new_chat().go(site.page(strict=True)).open()
