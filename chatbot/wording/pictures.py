"""What is said of a picture, and what is written in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import jinja2

from chatbot import yaml_reader
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import facts
from chatbot.pictures.names import Picture
from chatbot.pictures.orders import Order
from chatbot.wording import grammar

# What there is to say of a picture: its headline, what it shows for people who cannot see it, and
# one line for channels without pictures, empty if the answer says as much.
TITLE, ALT, LINE = "title", "alt", "line"


@dataclass(frozen=True)
class _Words:
    captions: Mapping[str, Mapping[str, jinja2.Template]]
    phrases: Mapping[str, str]


def caption(part: str, picture: Picture, base: KnowledgeBase, language: str) -> str:
    """Return what is said of a picture.

    Args:
        part: TITLE, ALT or LINE.
        picture: which one.
        base: the knowledge base it shows.
        language: in which to say it.
    """
    template = _words(language).captions[picture.kind][part]
    return " ".join(template.render(**facts.of(picture, base)).split())


def order(
    picture: Picture, base: KnowledgeBase, knowledge: str, language: str, width: int, form: str
) -> Order:
    """Return what is needed to draw a picture.

    Args:
        picture: what to draw.
        base: the knowledge base it shows.
        knowledge: fingerprint of that.
        language: of what is written in it.
        width: in pixels, one of `style.WIDTHS`.
        form: one of `orders.FORMATS`.
    """
    title, alt = (caption(part, picture, base, language) for part in (TITLE, ALT))
    return Order(picture, width, form, title, alt, _words(language).phrases, knowledge)


@lru_cache(maxsize=4)
def _words(language: str) -> _Words:
    path = Path(__file__).with_name(language) / "pictures.yml"
    content = yaml_reader.parse(path.read_text("utf-8"))
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    environment.filters.update(
        cap=grammar.capital,
        low=grammar.lower_first,
        listed=partial(_listed, patterns=content["list"]),
        count_of=_count_of,
    )
    captions = {
        kind: {part: environment.from_string(text) for part, text in parts.items()}
        for kind, parts in content["kinds"].items()
    }
    return _Words(captions, content["phrases"])


def _listed(names: Sequence[str], most: int, patterns: Mapping[str, str]) -> str:
    """Return names as a list in a sentence; those beyond `most` are only counted."""
    if len(names) == 1:
        return names[0]
    if len(names) > most + 1:
        count = len(names) - most
        return patterns["more"].format(names=", ".join(names[:most]), count=count)
    return patterns["last"].format(names=", ".join(names[:-1]), last="".join(names[-1:]))


def _count_of(things: Sequence[object], one: str, several: str) -> str:
    """Return how many things there are, with the word for one or for several."""
    return f"{len(things)} {one if len(things) == 1 else several}"
