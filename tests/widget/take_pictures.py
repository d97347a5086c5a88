"""Takes the pictures of docs/widget.md anew: `python -m tests.widget.take_pictures URL`.

URL is a running `chatbot serve` with CHATBOT_ALLOWED_ORIGINS=http://127.0.0.1:8123.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

from PIL import Image
from playwright.sync_api import Browser

from tests.support.paths import ROOT
from tests.widget.browser import PHONE, Chat, chromium
from tests.widget.host_site import HostSite
from tests.widget.stand_in import StandIn, said

FOLDER = ROOT / "docs" / "widget"
PORT = 8123
WINDOW = {"width": 760, "height": 740}
CRM = "What does a CRM specialist do?"


def main(url: str) -> None:
    """Take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    site = HostSite(url)
    site.server.port = PORT
    site.server.start()
    with chromium() as browser:
        take(browser, "demo", url, lambda chat: chat.launcher.wait_for(), viewport=DEMO)
        take(browser, "open", site.page(), lambda chat: chat.open())
        take(browser, "answer", site.page(), lambda chat: chat.open().ask(CRM))
        take(browser, "dark", site.page(), lambda chat: chat.open().ask(CRM), color_scheme="dark")
        take(browser, "phone", site.page(), lambda chat: chat.open().ask(CRM), viewport=PHONE)
        take(browser, "chinese", site.page(language="zh"), lambda chat: chat.open())
        take(browser, "own-colours", site.page(accent="#ffd400", position="left"), coloured)
        take(browser, "about", site.page(), about)
        take(browser, "failure", site.page(), failing)
        with_stand_in(browser)
    site.server.stop()


DEMO = {"width": 1100, "height": 900}


def take(
    browser: Browser, name: str, address: str, reach: Callable[[Chat], Any], **options: Any
) -> None:
    """Take the picture of a page in which something was done."""
    usual: dict[str, Any] = {"viewport": WINDOW, "reduced_motion": "reduce", "locale": "en-GB"}
    context = browser.new_context(**{**usual, **options})
    chat = Chat(context.new_page())
    reach(chat.go(address))
    chat.page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(chat.page.screenshot()))
    # Few colours are enough, and a third of the bytes.
    picture.convert("RGB").quantize(128).save(FOLDER / f"{name}.png", optimize=True)
    context.close()


def coloured(chat: Chat) -> None:
    """Ask, then begin to start again."""
    chat.open().ask(CRM).button("Start again").click()


def about(chat: Chat) -> None:
    """Show what the bot says of itself."""
    chat.open().button("About this bot").click()
    chat.page.locator("dl").wait_for()


def failing(chat: Chat) -> None:
    """Lose the network in mid-conversation."""
    chat.open().ask(CRM)
    chat.page.context.set_offline(True)
    chat.ask("And which tools does it use?")


def with_stand_in(browser: Browser) -> None:
    """Take the picture of a picture."""
    bot = StandIn()
    bot.server.start()
    bot.answers["chain"] = [
        said(
            "From the drawing to the shop window:",
            "What does an editor do?",
            image={"url": "/pictures/chain.svg", "alt": "Designer, editor, shop manager"},
            source="Source: article on e-commerce jobs; reviewed 2026-11-22",
        )
    ]
    site = HostSite(bot.url)
    site.server.start()
    take(browser, "picture", site.page(), lambda chat: chat.open().ask("chain"))
    site.server.stop()
    bot.server.stop()


if __name__ == "__main__":
    main(sys.argv[1])
