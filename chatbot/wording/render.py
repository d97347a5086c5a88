"""Word an answer with the templates of a language and fit it to a channel."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2
import yaml

from chatbot.answers.answer import Answer, SourceRef
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording import grammar
from chatbot.wording.questions import ask

# Characters of a usual answer, and of one that was asked for in full.
LONGEST, LONGEST_DETAIL = 900, 5000
# Channels that show no buttons, so that next questions are written under the answer.
TEXT_ONLY = frozenset({"cmdline"})
# How long a list may be, tried from the longest on; templates drop details as it shrinks.
_MOST = (99, 30, 20, 14, 10, 8, 7, 6, 5, 4, 3, 2, 1)
_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True)
class Reply:
    """A worded answer.

    Args:
        text: what to say.
        quick_replies: next questions for a channel with buttons, as the person would type them.
        image: address of a picture, or None.
    """

    text: str
    quick_replies: tuple[str, ...] = ()
    image: str | None = None


@dataclass(frozen=True)
class Wording:
    """Templates, words and question patterns of one language."""

    templates: jinja2.Environment
    words: Mapping[str, Any]
    questions: Mapping[str, str]


@lru_cache(maxsize=4)
def wording(language: str) -> Wording:
    """Return the wording of a language, read once.

    Raises:
        FileNotFoundError: when there is no folder for the language.
    """
    folder = Path(__file__).with_name(language)
    words = yaml.safe_load((folder / "words.yml").read_text("utf-8"))
    questions = yaml.safe_load((folder / "questions.yml").read_text("utf-8"))
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text; each channel escapes what its markup needs
    )
    templates.filters.update(
        a=grammar.with_article,
        cap=grammar.capital,
        low=grammar.lower_first,
        bare=grammar.without_stop,
        clause=grammar.clause,
        people=lambda people: _people(people, words["people"]),
    )
    return Wording(templates, words, questions)


def render(
    answer: Answer,
    base: KnowledgeBase,
    *,
    language: str = "en",
    channel: str = "",
    detail: bool = False,
    longest: int = LONGEST,
) -> Reply:
    """Return the answer in words.

    Lists are shortened until the text fits the limit; a shortened answer says how to get the rest.

    Args:
        answer: what to say.
        base: for the names in the next questions.
        language: folder of the templates.
        channel: name of the Rasa channel it goes to.
        detail: whether the person asked for more than the short answer.
        longest: characters of the short answer.
    """
    said = wording(language)
    offers = _offers(answer.offers, base, said)
    below = _source_line(answer, base, said)
    if channel in TEXT_ONLY and offers:
        below += "\n" + "\n".join([said.words["next"], *(f"  – {offer}" for offer in offers)])
    room = (LONGEST_DETAIL if detail else longest) - len(below) - 1
    body = _fitted(answer, said, room, detail)
    text = f"{body}\n{below}".strip()
    steering = (said.words["steering"][key] for key in answer.steering)
    buttons = () if channel in TEXT_ONLY else (*answer.replies, *steering, *offers)
    return Reply(text, buttons, answer.image and answer.image[0])


def _fitted(answer: Answer, said: Wording, room: int, detail: bool) -> str:
    """Return the body with as long lists as there is room for.

    Shorter lists give shorter text, so the longest that fits is found by bisection.
    """
    template = said.templates.get_template(f"{answer.template}.j2")
    render_at = partial(_render_at, template, answer, said, detail)
    full = render_at(_MOST[0])
    if len(full) <= room:
        return full
    hint = "" if detail else "\n" + said.words["more"]
    place = bisect_left(
        range(len(_MOST)), -(room - len(hint)), key=lambda n: -len(render_at(_MOST[n]))
    )
    return _cut(render_at(_MOST[min(place, len(_MOST) - 1)]), room - len(hint)) + hint


def _render_at(
    template: jinja2.Template, answer: Answer, said: Wording, detail: bool, most: int
) -> str:
    values = {"detail": detail, "most": most, "half": (most + 1) // 2}
    words = {"kinds": said.words["kinds"], "wants": said.words["wants"]}
    return _BLANK_LINES.sub("\n", template.render(**answer.facts, **values, **words)).strip()


def _cut(text: str, room: int) -> str:
    """Return whole lines of a text that cannot be shortened otherwise."""
    if len(text) <= room:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if sum(len(one) + 1 for one in lines) + len(line) > room - 2:
            break
        lines.append(line)
    return "\n".join([*lines, "…"]) if lines else text[: room - 1] + "…"


def _offers(offers: Sequence[Question], base: KnowledgeBase, said: Wording) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ask(question, base, said.questions) for question in offers))


def _source_line(answer: Answer, base: KnowledgeBase, said: Wording) -> str:
    if not answer.sources:
        return ""
    minor = said.words["minor_sources"]
    refs = [ref for ref in answer.sources if ref.id not in minor] or answer.sources
    names = ", ".join(_source(ref, base, said.words["source_names"]) for ref in refs)
    head = said.words["source" if len(refs) == 1 else "sources"]
    date = said.words["reviewed"].format(date=answer.reviewed)
    return f"({head}: {names}; {date})"


def _source(ref: SourceRef, base: KnowledgeBase, names: Mapping[str, str]) -> str:
    name = names.get(ref.id) or base.sources[ref.id].title
    return f"{name} {ref.code}".strip()


def _people(people: tuple[int, int | None], words: Mapping[str, str]) -> str:
    least, most = people
    if most is None:
        return words["open"].format(least=least - 1)
    return words["range"].format(least=least, most=most)
