"""What is said of pictures, and which channels show them."""

from __future__ import annotations

import re

import jinja2
import pytest
import yaml

from chatbot.answers import registry
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names
from chatbot.pictures.names import Picture, parse
from chatbot.wording.pictures import ALT, LINE, TITLE, caption
from chatbot.wording.render import LONGEST, render
from tests.support.checks import assert_none
from tests.support.paths import ROOT
from tests.support.questions import every_pair, every_question

PATTERNS = ROOT / "chatbot" / "wording" / "en" / "pictures.yml"
ROLE, OTHER = "crm-specialist", "data-analyst"
# Questions and the kinds of the pictures that go with their answers.
SHOWN = {
    names.COLLABORATION: Question(topics.COLLABORATION, roles=(ROLE,)),
    names.PAIR: Question(topics.COLLABORATION, roles=(ROLE, OTHER)),
    names.GROUPS: Question(topics.COLLABORATION, groups=("marketing", "operations")),
    names.GROUP: Question(topics.GROUP_OVERVIEW, groups=("marketing",)),
    names.PROCESS: Question(topics.PROCESS, things=(Thing("process", "sale-day"),)),
    names.CAREER_PATH: Question(topics.CAREER_PATH, roles=(ROLE,)),
    names.COMPARE: Question(topics.COMPARE, roles=(ROLE, OTHER)),
}
SITE = "https://bot.example"


def shown_names(picture: Picture, base: KnowledgeBase) -> list[str]:
    kind, _ = names.KINDS[picture.kind]
    return [base.by_kind[kind][one].name for one in picture.ids]


def test_every_picture_is_described_and_named(base: KnowledgeBase) -> None:
    problems = []
    for picture in names.every(base):
        alt = caption(ALT, picture, base, "en")
        missing = [name for name in shown_names(picture, base) if name not in alt]
        if missing or not alt.endswith(".") or len(alt) < 40:
            problems.append(f"{picture.name}: {alt!r} {missing}")
    assert_none(problems, "pictures with a poor description")


@pytest.mark.parametrize("part", [TITLE, ALT, LINE])
def test_captions_are_tidy(part: str, base: KnowledgeBase) -> None:
    said = {p.name: caption(part, p, base, "en") for p in names.every(base)}
    odd = re.compile(r"\{|\}|  |None|\[|\]| [.,;:]|[.,;:]{2}|(?<!\()\b1 \w+s\b")
    assert_none((f"{name}: {text}" for name, text in said.items() if odd.search(text)), "untidy")


def test_a_line_stays_a_line(base: KnowledgeBase) -> None:
    long = [p.name for p in names.every(base) if len(caption(LINE, p, base, "en")) > 160]
    assert long == []


def test_every_kind_of_picture_has_its_captions() -> None:
    kinds = yaml.safe_load(PATTERNS.read_text("utf-8"))["kinds"]
    assert set(kinds) == set(names.KINDS)
    assert {frozenset(parts) for parts in kinds.values()} == {frozenset((TITLE, ALT, LINE))}


def test_no_caption_uses_what_is_not_there() -> None:
    kinds = yaml.safe_load(PATTERNS.read_text("utf-8"))["kinds"]
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    environment.filters.update(dict.fromkeys(("cap", "low", "listed", "count_of"), str))
    for parts in kinds.values():
        for pattern in parts.values():
            assert environment.parse(pattern)


def test_every_phrase_is_used() -> None:
    phrases = yaml.safe_load(PATTERNS.read_text("utf-8"))["phrases"]
    code = "".join(path.read_text("utf-8") for path in (ROOT / "chatbot" / "pictures").glob("*.py"))
    starts = ("kind_", "interest_", "place_")
    unused = [p for p in phrases if f'"{p}"' not in code and not p.startswith(starts)]
    assert unused == []


@pytest.mark.parametrize("kind", names.KINDS)
def test_an_answer_shows_its_picture(kind: str, base: KnowledgeBase) -> None:
    answer = registry.answer(SHOWN[kind], base)
    assert answer.image is not None
    assert answer.image.kind == kind
    reply = render(answer, base, channel="telegram", public_url=SITE)
    assert reply.image == f"{SITE}/pictures/{answer.image.name}.png?width=360"
    assert reply.alt == caption(ALT, answer.image, base, "en")


def test_every_picture_of_an_answer_can_be_served(base: KnowledgeBase) -> None:
    shown = {registry.answer(q, base).image for q in (*every_question(), *every_pair())} - {None}
    assert len(shown) > 1000
    assert [picture for picture in shown if parse(picture.name, base) != picture] == []


@pytest.mark.parametrize("channel", ["web", "socketio"])
def test_a_page_of_this_server_needs_no_host(channel: str, base: KnowledgeBase) -> None:
    reply = render(registry.answer(SHOWN[names.PAIR], base), base, channel=channel)
    assert reply.image == f"/pictures/pair--{ROLE}--{OTHER}.png?width=360"


@pytest.mark.parametrize("channel", ["", "rest", "telegram", "cmdline"])
def test_there_is_never_a_link_that_leads_nowhere(channel: str, base: KnowledgeBase) -> None:
    reply = render(registry.answer(SHOWN[names.PAIR], base), base, channel=channel)
    assert (reply.image, reply.alt) == (None, "")
    assert "/pictures/" not in reply.text


def test_the_shell_gets_a_line_where_there_is_room(base: KnowledgeBase) -> None:
    answer = registry.answer(SHOWN[names.COMPARE], base)
    line = caption(LINE, Picture(names.COMPARE, (ROLE, OTHER)), base, "en")
    assert f"\n{line}\n" in render(answer, base, channel="cmdline", longest=2 * LONGEST).text
    without = render(answer, base, channel="", longest=2 * LONGEST).text
    assert line not in without


def test_a_line_takes_no_room_from_the_answer(base: KnowledgeBase) -> None:
    for role in base.roles:
        answer = registry.answer(Question(topics.COLLABORATION, roles=(role,)), base)
        with_line = render(answer, base, channel="cmdline").text
        bare = render(
            registry.Answer(**{**vars(answer), "image": None}), base, channel="cmdline"
        ).text
        line = caption(LINE, Picture(names.COLLABORATION, (role,)), base, "en")
        assert with_line.replace(f"{line}\n", "") == bare
        assert len(with_line) <= LONGEST
