"""Chromium, and the widget in one of its pages as a person meets it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.support.paths import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = "apt-get install chromium"
AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"
# Nothing is fetched from anywhere but the servers of the tests.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 780}
DESKTOP = {"width": 1000, "height": 800}
PATIENCE_MS = 10_000


def executable() -> str | None:
    """Return the path of Chromium, None if there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Chat:
    """The widget in a page.

    Attributes:
        page: the browser's.
        complaints: errors and warnings of the console, and exceptions.
        expected: parts of complaints that a test brings about on purpose.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def unexpected(self) -> list[str]:
        """Return the complaints that no test has brought about."""
        return [text for text in self.complaints if not any(part in text for part in self.expected)]

    @property
    def launcher(self) -> Locator:
        """The round button."""
        return self.page.locator(".launcher")

    @property
    def panel(self) -> Locator:
        """The panel."""
        return self.page.locator(".panel")

    @property
    def field(self) -> Locator:
        """Where the person writes."""
        return self.page.locator("careers-chat").get_by_role("textbox")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def replies(self) -> Locator:
        """The quick replies."""
        return self.page.locator(".suggestions button")

    @property
    def failure(self) -> Locator:
        """What says that a message was not delivered."""
        return self.page.locator(".failure")

    def button(self, name: str) -> Locator:
        """Return the button of a name, in the widget."""
        return self.page.locator("careers-chat").get_by_role("button", name=name, exact=True)

    def go(self, address: str) -> Chat:
        """Go to a page and wait for the widget."""
        self.page.goto(address)
        self.page.locator("careers-chat").wait_for(state="attached")
        return self

    def open(self) -> Chat:
        """Open the panel and wait for the greeting."""
        self.launcher.click()
        self.page.locator(".answer").first.wait_for()
        return self

    def ask(self, text: str) -> Chat:
        """Write and send a message and wait until the exchange is over."""
        self.field.fill(text)
        self.field.press("Enter")
        return self.settle()

    def settle(self) -> Chat:
        """Wait until no answer is under way."""
        self.page.locator(".said.sending").wait_for(state="detached")
        return self

    def said(self) -> list[str]:
        """Return what the person has said."""
        return self.page.locator(".said .words").all_inner_texts()

    def answers(self) -> list[str]:
        """Return what the bot has said, without what only screen readers say."""
        return [
            text.removeprefix("Answer:").removeprefix("回答：").strip()
            for text in self.page.locator(".answer .bubble").all_inner_texts()
        ]

    def style(self, selector: str, name: str) -> str:
        """Return a computed style of the first element that a selector finds in the widget."""
        element = self.page.locator(selector).first
        return str(element.evaluate("(element, name) => getComputedStyle(element)[name]", name))

    def wait_focused(self, name: str) -> None:
        """Wait until what has the keyboard is called so."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while self.focused() != name:
            assert time.monotonic() < deadline, f"{self.focused()!r} has it, not {name!r}"
            self.page.wait_for_timeout(20)

    def focused(self) -> str:
        """Return the name that a screen reader gives what has the keyboard; "" is the page."""
        return str(
            self.page.evaluate(
                """() => {
                  let element = document.activeElement;
                  while (element?.shadowRoot?.activeElement) {
                    element = element.shadowRoot.activeElement;
                  }
                  if (element === document.body) return "";
                  const label = element.labels?.[0]?.textContent;
                  return element.getAttribute("aria-label") ?? label ?? element.textContent.trim();
                }"""
            )
        )

    def findings(self) -> list[str]:
        """Return what axe-core finds serious or critical in the page, the widget included."""
        self.page.evaluate(AXE.read_text("utf-8"))
        result = self.page.evaluate("axe.run(document)")
        return [
            f"{one['impact']} {one['id']}: {[node['target'] for node in one['nodes']]}"
            for one in result["violations"]
            if one["impact"] in ("serious", "critical")
        ]
