"""Rules that hold for every answer to every question about every entry, in every channel."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from chatbot.answers.answer import OFFERS
from chatbot.answers.registry import ANSWERERS
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import LONGEST, LONGEST_DETAIL
from tests.support.checks import assert_none
from tests.support.questions import SOURCELESS, Said, every_question, everything_said, say

SOURCE_LINE = re.compile(r"^\((Source: [^,]+|Sources: .+, .+); reviewed \d{4}-\d\d-\d\d\)$", re.M)
LEFTOVERS = {
    "a tag of a template": re.compile(r"[{}]|%\}|\{%"),
    "a value of Python": re.compile(r"\bNone(?! of )\b|\bTrue\b|\bFalse\b|\bnan\b|\['|\(',|<\w+ "),
    "two spaces": re.compile(r"\S  +\S"),
    "two stops": re.compile(r"\.\.|[,;:]\s*[,;:.]|\.[,;]"),
    "a space before a stop": re.compile(r"\s[,;.!?)]|\( "),
    "an empty bullet": re.compile(r"^[•+–\d.-]+\s*$", re.MULTILINE),
    "an empty line at its end": re.compile(r"\n\Z|\n\n\n"),
    "a small letter after a full stop": re.compile(r"(?<!etc)(?<!e\.g)[.!?] [a-z]"),
    "a line that begins small": re.compile(r"^[a-z]", re.MULTILINE),
    "the wrong article": re.compile(r"(?:\ba|^A|[.?!:] A) [aeioAEIO](?!ne)|\b[Aa]n [bcdfgjkpqtvw]"),
    "a word twice": re.compile(r"\b(\w+) \1\b"),
}


def about_roles(said: Said) -> bool:
    return bool(said.question.roles) and said.question.topic not in SOURCELESS


def test_every_topic_has_an_answer() -> None:
    assert set(ANSWERERS) == set(topics.TOPICS)
    assert {said.question.topic for said in everything_said()} == set(topics.TOPICS)


def test_no_answer_is_empty() -> None:
    assert [said.place for said in everything_said() if len(said.reply.text) < 20] == []


def test_no_answer_is_longer_than_900_characters() -> None:
    long = [
        f"{said.place}: {len(said.reply.text)}"
        for said in everything_said()
        if len(said.reply.text) > LONGEST
    ]
    assert LONGEST == 900
    assert_none(long, "answers are too long")


def test_every_answer_about_roles_uses_their_names(base: KnowledgeBase) -> None:
    nameless = [
        said.place
        for said in everything_said()
        if about_roles(said)
        for role in said.question.roles
        if base.roles[role].name.lower() not in said.reply.text.lower()
    ]
    assert_none(nameless, "answers do not name the role")


def test_every_answer_about_another_entry_uses_its_name(base: KnowledgeBase) -> None:
    # An answer about interests names roles and why they fit; some interests nobody's job suits.
    asked = [said for said in everything_said() if said.question.topic != topics.RECOMMEND]
    nameless = [
        said.place
        for said in asked
        for kind, key in [
            *(("group", group) for group in said.question.groups),
            *((thing.kind, thing.id) for thing in said.question.things),
        ]
        if base.by_kind[kind][key].name.lower() not in said.reply.text.lower()
    ]
    assert_none(nameless, "answers do not name what was asked about")


def test_every_answer_with_facts_names_source_and_date_in_one_line() -> None:
    wrong = [
        said.place
        for said in everything_said()
        if said.question.topic not in SOURCELESS and len(SOURCE_LINE.findall(said.reply.text)) != 1
    ]
    assert_none(wrong, "answers have no source line")


def test_a_source_line_is_short() -> None:
    lines = {m[0] for said in everything_said() for m in SOURCE_LINE.finditer(said.reply.text)}
    assert lines
    assert max(map(len, lines)) <= 110


def test_an_answer_without_facts_names_no_source() -> None:
    wrong = [
        said.place
        for said in everything_said()
        if said.question.topic in SOURCELESS and "(Source" in said.reply.text
    ]
    assert wrong == []


def test_every_answer_offers_at_most_three_questions_and_none_twice() -> None:
    wrong = [
        said.place
        for said in everything_said()
        if len(said.answer.offers) > OFFERS
        or len(set(said.answer.offers)) < len(said.answer.offers)
    ]
    assert OFFERS == 3
    assert_none(wrong, "answers offer too much")


def test_every_answer_but_a_farewell_offers_something() -> None:
    silent = {
        said.question.topic
        for said in everything_said()
        if not said.answer.offers and not (said.answer.replies or said.answer.choices)
    }
    assert silent <= {topics.GOODBYE, topics.FEEDBACK}


def test_no_answer_offers_the_question_it_answers() -> None:
    circles = [said.place for said in everything_said() if said.question in said.answer.offers]
    assert_none(circles, "answers offer their own question")


def test_offers_and_lists_hold_only_ids_of_the_knowledge_base(base: KnowledgeBase) -> None:
    for said in everything_said():
        assert set(said.answer.shown) <= base.roles.keys() | base.groups.keys(), said.place
        assert len(set(said.answer.shown)) == len(said.answer.shown), said.place
        for offer in said.answer.offers:
            assert set(offer.roles) <= base.roles.keys(), said.place
            assert set(offer.groups) <= base.groups.keys(), said.place
            assert all(thing.id in base.by_kind[thing.kind] for thing in offer.things), said.place


@pytest.mark.parametrize("kind", LEFTOVERS)
def test_no_answer_has_in_it(kind: str) -> None:
    found = {
        said.reply.text[max(0, m.start() - 30) : m.end() + 30].replace("\n", "⏎"): said.place
        for said in everything_said()
        for m in LEFTOVERS[kind].finditer(said.reply.text)
    }
    assert_none([f"{place}: {text!r}" for text, place in found.items()], f"answers have {kind}")


def test_no_two_roles_get_the_same_answer() -> None:
    owners: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for said in everything_said():
        if len(said.question.roles) == 1 and about_roles(said):
            owners[said.reply.text].add(said.question.roles)
    assert [sorted(roles) for roles in owners.values() if len(roles) > 1] == []


def test_no_two_questions_about_things_get_the_same_answer() -> None:
    owners: dict[str, set[Question]] = defaultdict(set)
    for said in everything_said():
        if said.question.things and said.question.topic == topics.DEFINE:
            owners[said.reply.text].add(said.question)
    assert [places for places in owners.values() if len(places) > 1] == []


def test_a_channel_with_buttons_gets_the_offers_as_quick_replies_only() -> None:
    for said in everything_said():
        if said.channel == "":
            shown = len(said.answer.replies) + len(said.answer.offers)
            assert len(said.reply.quick_replies) == shown, said.place
            assert "Ask next" not in said.reply.text, said.place


def test_the_shell_gets_the_offers_as_text_only() -> None:
    for said in everything_said():
        if said.channel == "cmdline":
            assert said.reply.quick_replies == (), said.place
            assert said.reply.text.count("\n  – ") == len(said.answer.offers), said.place


def long_form(question: Question) -> Said:
    return say(Question(**{**vars(question), "detail": True}))


@pytest.fixture(scope="module")
def at_length() -> list[tuple[Said, Said]]:
    """Return pairs of a short answer and the same asked for in full."""
    asked = [q for q in every_question() if q.topic not in SOURCELESS]
    return [(say(question), long_form(question)) for question in asked]


def test_a_long_answer_stays_within_its_limit(at_length: list[tuple[Said, Said]]) -> None:
    long = [said.place for _, said in at_length if len(said.reply.text) > LONGEST_DETAIL]
    assert_none(long, "long answers are too long")


def test_who_is_promised_more_gets_more(at_length: list[tuple[Said, Said]]) -> None:
    broken = [
        short.place
        for short, full in at_length
        if "Say “more”" in short.reply.text
        and (len(full.reply.text) <= len(short.reply.text) or "Say “more”" in full.reply.text)
    ]
    assert_none(broken, "answers promise more than there is")


def test_a_long_answer_is_cut_nowhere(at_length: list[tuple[Said, Said]]) -> None:
    cut = [said.place for _, said in at_length if "…" in said.reply.text]
    assert_none(cut, "long answers are cut")
