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

from chatbot import yaml_reader
from chatbot.answers.answer import Answer, SourceRef
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures.names import address
from chatbot.wording import grammar
from chatbot.wording.pictures import ALT, LINE, caption
from chatbot.wording.questions import ask

# Characters of a usual answer, and of one that was asked for in full.
LONGEST, LONGEST_DETAIL = 900, 5000
# Channels that show no buttons, so that next questions are written under the answer.
TEXT_ONLY = frozenset({"cmdline"})
# Channels whose people look at a page of this server, so that an address needs no host.
SAME_HOST = frozenset({"web", "socketio"})
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
        alt: what the picture shows, for people who cannot see it; empty without a picture.
    """

    text: str
    quick_replies: tuple[str, ...] = ()
    image: str | None = None
    alt: str = ""


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
    words = yaml_reader.parse((folder / "words.yml").read_text("utf-8"))
    questions = yaml_reader.parse((folder / "questions.yml").read_text("utf-8"))
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text; each channel escapes what its markup needs
    )
    templates.filters.update(
        a=grammar.with_article,
        the=grammar.with_the,
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
    public_url: str = "",
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
        public_url: address of this server for people, empty if unknown.
    """
    said = wording(language)
    offers = _offers(answer.offers, base, said)
    # The sources stay the last line of an answer, as channels set them apart.
    note = said.words["notes"][answer.note] if answer.note else ""
    below = f"{note}\n{_source_line(answer, base, said)}".strip()
    replies = tuple(_reply(key, base, said) for key in answer.replies)
    if channel in TEXT_ONLY:
        below += _in_text(answer, offers, said)
    room = (LONGEST_DETAIL if detail else longest) - len(below) - 1
    body = _fitted(answer, said, room, detail)
    if channel in TEXT_ONLY:
        line = caption(LINE, answer.image, base, language) if answer.image else ""
        # Said only where it takes no room from the answer itself.
        body += f"\n{line}" if line and len(body) + len(line) < room else ""
        return Reply(f"{body}\n{below}".strip())
    text = f"{body}\n{below}".strip()
    steering = (said.words["steering"][key] for key in answer.steering)
    buttons = tuple(dict.fromkeys((*answer.choices, *replies, *steering, *offers)))
    if not answer.image or not (public_url or channel in SAME_HOST):
        return Reply(text, buttons)
    about = caption(ALT, answer.image, base, language)
    return Reply(text, buttons, address(answer.image, public_url), about)


def _reply(key: str, base: KnowledgeBase, said: Wording) -> str:
    """Return a short reply: the name of a role, or a phrase."""
    role = base.roles.get(key)
    return grammar.capital(role.name) if role else str(said.words["replies"][key])


def _in_text(answer: Answer, offers: Sequence[str], said: Wording) -> str:
    """Return the lines that stand for buttons; roles to choose from stand in the answer itself."""
    phrases = said.words["replies"]
    told = " · ".join(phrases[key] for key in answer.replies if key in phrases)
    lines = [said.words["say"].format(replies=told)] if told else []
    lines += [said.words["next"], *(f"  – {offer}" for offer in offers)] if offers else []
    return "".join(f"\n{line}" for line in lines)


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
    words = {name: said.words[name] for name in ("kinds", "wants", "job_zones")}
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
