"""Every next question that the bot offers is understood when somebody sends it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chatbot.answers.answer import Answer
from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import from_rasa
from chatbot.dialogue.question import Question
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.questions import ask
from chatbot.wording.render import wording
from tests.support.checks import assert_none
from tests.support.questions import everything_said, interview_said
from tests.support.understanding import Parser


def offers() -> Iterator[tuple[Question, Question, Answer]]:
    """Yield each offer once, with the first question and answer that make it."""
    seen: set[Question] = set()
    for said in (*everything_said(), *interview_said()):
        for offer in said.answer.offers:
            if offer not in seen:
                seen.add(offer)
                yield offer, said.question, said.answer


def stands_for(found: Question, offer: Question) -> bool:
    """Tell whether a question is the offered one; a name of two things may ask about both."""
    same = (found.topic, found.roles, found.groups) == (offer.topic, offer.roles, offer.groups)
    return same and set(offer.things) <= set(found.things)


def misunderstood(
    base: KnowledgeBase, parser: Parser, topic: str, in_conversation: bool
) -> Iterator[str]:
    for offer, question, answer in offers():
        if offer.topic != topic:
            continue
        focus = Focus().after(question, answer.shown, answer.offers)
        text = ask(offer, base, wording("en").questions)
        parse = from_rasa(parser(text))
        found = resolve(parse, focus if in_conversation else Focus(), base)
        if not stands_for(found, offer):
            about = (*found.roles, *found.groups, *(f"{t.kind}/{t.id}" for t in found.things))
            yield f"{text!r} -> {found.topic} {' '.join(about)} {found.reason}"


OFFERED = sorted({offer.topic for offer, *_ in offers()})


@pytest.mark.parametrize("topic", OFFERED)
def test_an_offer_is_understood_by_itself(base: KnowledgeBase, parser: Parser, topic: str) -> None:
    assert_none(misunderstood(base, parser, topic, False), "offers are misunderstood")


@pytest.mark.parametrize("topic", OFFERED)
def test_an_offer_is_understood_in_the_conversation_that_made_it(
    base: KnowledgeBase, parser: Parser, topic: str
) -> None:
    assert_none(misunderstood(base, parser, topic, True), "offers are misunderstood")


def test_role_topics_are_offered(base: KnowledgeBase) -> None:
    assert set(topics.ROLE_TOPICS) - {topics.GROUP_OF_ROLE} <= set(OFFERED)
