"""A described person is never answered for by the role that was talked about before."""

from __future__ import annotations

import pytest

from chatbot.dialogue import english, topics
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on

BUYER, QUALITY, WAREHOUSE = "purchasing-manager", "quality-controller", "warehouse-manager"


def told(text: str, score: float, lead: float) -> Parse:
    """Return a question about tools that describes somebody, with the finder's guess."""
    guess = Found(
        "described_role", QUALITY, 0, len(text), (QUALITY, WAREHOUSE), score=score, lead=lead
    )
    return Parse(text, ((topics.TOOLS, 0.95), (topics.DUTIES, 0.03)), (guess,))


def test_a_likely_guess_is_taken(base: KnowledgeBase) -> None:
    parse = told("whoever checks the parcels, what tools do they have", 5.0, 0.5)
    assert resolve(parse, focus_on(topics.DUTIES, BUYER), base).roles == (QUALITY,)


def test_an_unlikely_guess_is_asked_about(base: KnowledgeBase) -> None:
    parse = told("whoever does the other thing, what tools do they have", 2.0, 0.0)
    question = resolve(parse, focus_on(topics.DUTIES, BUYER), base)
    assert (question.topic, question.wanted) == (topics.CLARIFY, topics.TOOLS)
    assert question.candidates == (QUALITY, WAREHOUSE)


def test_without_a_description_the_talk_goes_on(base: KnowledgeBase) -> None:
    parse = told("what tools do they have", 2.0, 0.0)
    assert resolve(parse, focus_on(topics.DUTIES, BUYER), base).roles == (BUYER,)


@pytest.mark.parametrize(
    "text",
    ["whoever packs", "the one who packs", "ppl that pack", "who decides the price?"]
    + ["ok so who releases paid orders", "somebody who writes"],
)
def test_these_describe_somebody(text: str) -> None:
    assert english.describes_somebody(text)


@pytest.mark.parametrize(
    "text",
    ["who does he work with", "who is it", "who else uses it", "which tools", "who needs excel"],
)
def test_these_describe_nobody(text: str) -> None:
    assert not english.describes_somebody(text)
