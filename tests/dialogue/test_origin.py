"""Whether a message tells where somebody comes from, and what they want."""

from __future__ import annotations

import pytest

from chatbot.dialogue import origin
from chatbot.dialogue.parse import Found, Parse
from chatbot.knowledge.base import KnowledgeBase

ROLE, JOB = "warehouse-manager", "nurse"


def parse(text: str, name: str = "", kind: str = "occupation", value: str = JOB) -> Parse:
    """Return a message in which `name` stands for an entry."""
    start = text.find(name)
    found = (Found(kind, value, start, start + len(name)),) if name else ()
    return Parse(text, (("recommend", 0.9),), found)


@pytest.mark.parametrize(
    "text",
    [
        "I was a nurse",
        "i am a nurse now",
        "I'm a very tired nurse",
        "I've been a nurse for ten years",
        "as a nurse I know people",
        "former nurse",
        "an ex-nurse",
        "I worked as a nurse",
        "my sister is a nurse",
        "from nurse to data analyst",
        "how does a nurse become a data analyst",
        "can a nurse do this",
        "jobs for a nurse",
    ],
)
def test_a_trade_that_somebody_has_or_had_is_found(base: KnowledgeBase, text: str) -> None:
    assert origin.find(parse(text, "nurse"), base) == JOB


@pytest.mark.parametrize(
    "text",
    [
        "how do I become a nurse",
        "I want to work as a nurse",
        "I would like to be a nurse",
        "how to get a job as a nurse",
        "nurse career path",
        "which skills has a nurse",
    ],
)
def test_a_trade_that_is_only_asked_about_is_not(base: KnowledgeBase, text: str) -> None:
    assert origin.find(parse(text, "nurse"), base) is None


def test_any_trade_counts_where_advice_is_asked(base: KnowledgeBase) -> None:
    message = parse("nurse, which job fits", "nurse")
    assert origin.find(message, base) is None
    assert origin.find(message, base, asks_for_job=True) == JOB


@pytest.mark.parametrize("text", ["I am a warehouse manager", "as a warehouse manager now"])
def test_a_role_of_ours_may_be_where_one_comes_from(base: KnowledgeBase, text: str) -> None:
    assert origin.find(parse(text, "warehouse manager", "role", ROLE), base) == ROLE


def test_a_role_that_is_wanted_is_not(base: KnowledgeBase) -> None:
    wanted = parse("I want to become a warehouse manager", "warehouse manager", "role", ROLE)
    assert origin.find(wanted, base, asks_for_job=True) is None


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("my background is teaching", "teacher"),
        ("I worked in a bank for 20 years", "bank teller"),
        ("twelve years in hospitality", "waiter"),
        ("I come from retail", "shop assistant"),
        ("I left the army last year", "soldier"),
        ("I studied marketing", "marketing student"),
        ("mum returning to work after ten years", "parent at home"),
        ("I have no experience", "career starter"),
        ("Straight from school", "career starter"),
    ],
)
def test_a_field_or_a_saying_stands_for_a_trade(base: KnowledgeBase, text: str, trade: str) -> None:
    assert origin.find(parse(text), base) == trade


@pytest.mark.parametrize(
    "text",
    [
        "I want to work in marketing",
        "which jobs are in marketing",
        "how does e-commerce work",
        "I shall leave it at that",
        "what is retail",
        "I'd love to go into teaching",
        "do I need a university for it",
        "the bank pays me",
    ],
)
def test_a_field_that_is_nobodys_past_stands_for_nothing(base: KnowledgeBase, text: str) -> None:
    assert origin.find(parse(text), base) is None


def test_what_is_not_in_the_base_is_nobodys_past(base: KnowledgeBase) -> None:
    assert origin.find(parse("I was a gnome", "gnome", value="gnome"), base) is None


def test_every_phrase_of_a_past_stands_for_one_trade(base: KnowledgeBase) -> None:
    assert {title for title, _ in base.backgrounds.values()} <= base.occupations.keys()
    assert len(base.backgrounds) >= 150
