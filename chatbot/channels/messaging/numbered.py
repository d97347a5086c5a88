"""Questions as a numbered list in the text, where buttons have no room for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from chatbot.channels.limits import Limit
from chatbot.channels.messaging.said import Offer, Said
from chatbot.settings import load_settings
from chatbot.wording.messaging import Phrases, phrases


def fitted(said: Said, most: Mapping[str, Limit]) -> Said:
    """Return a message whose offers fit on buttons.

    If the words of one are too long, all are listed in the text and the buttons bear numbers.

    Args:
        said: what the bot says.
        most: the limits `title` and `buttons`.
    """
    offers = said.offers[: most["buttons"].most]
    if all(most["title"].fits(offer.title) for offer in offers):
        return replace(said, offers=offers)
    numbers = (Offer(str(n), offer.payload) for n, offer in enumerate(offers, 1))
    text = "\n".join(part for part in (said.text, listed(offers)) if part)
    return replace(said, text=text, offers=tuple(numbers))


def listed(offers: Iterable[Offer]) -> str:
    """Return offers as lines with numbers, under a line that says what they are for."""
    said = _phrases()
    lines = [said.choice.format(number=n, title=offer.title) for n, offer in enumerate(offers, 1)]
    return "\n".join([said.choose, *lines]) if lines else ""


def full(buttons: Iterable[Offer], text: str) -> list[Offer]:
    """Return the buttons of a message with their questions in place of numbers.

    Args:
        buttons: as they were shown.
        text: of the message.
    """
    row = re.escape(_phrases().choice.format(number="NUMBER", title="TITLE"))
    row = row.replace("NUMBER", r"(\d+)").replace("TITLE", "(.+)")
    questions = dict(re.findall(f"^{row}$", text, re.MULTILINE))
    return [Offer(questions.get(offer.title, offer.title), offer.payload) for offer in buttons]


def _phrases() -> Phrases:
    return phrases(load_settings().language)
