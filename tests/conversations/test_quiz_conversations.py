"""Whole quizzes with the trained bot: right and wrong answers, as people type them."""

from __future__ import annotations

import random

import pytest

from chatbot import bot
from chatbot.dialogue import topics
from chatbot.dialogue.quiz import ROUND
from chatbot.knowledge import quiz as questions
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import LONGEST, LONGEST_DETAIL
from tests.support.conversation import Conversation, Turn

FRAMES = ("{}", "the {}", "I think it is the {}", "is it the {}?", "{}!", "hmm, {} maybe")


def open_item(turn: Turn, base: KnowledgeBase) -> questions.Item:
    assert turn.focus.quiz
    item = turn.focus.quiz.item(base)
    assert item
    return item


def test_a_round_answered_by_names_is_all_right(talk: Conversation, base: KnowledgeBase) -> None:
    turn = talk("quiz me")
    for number in range(1, ROUND + 1):
        item = open_item(turn, base)
        frame = FRAMES[number % len(FRAMES)]
        turn = talk(frame.format(base.roles[item.role].name))
        assert (turn.topic, turn.roles) == (topics.QUIZ, [item.role])
        assert turn.text.startswith("Right"), turn.text
        wanted = f"{number} of {number} right"
        assert wanted in turn.text
    assert "Nothing to read up on" in turn.text
    again = talk("another round")
    assert "Question 1 of" in again.text
    assert open_item(again, base).id != item.id


@pytest.mark.parametrize(
    "scope", ["", " on customer service", " about marketing", " about returns"]
)
def test_forty_questions_in_a_row_are_all_understood(
    talk: Conversation, base: KnowledgeBase, scope: str
) -> None:
    turn = talk(f"quiz me{scope}")
    seen = []
    for number in range(20 if scope else 40):
        item = open_item(turn, base)
        seen.append(item.id)
        aliases = base.roles[item.role].aliases.en
        options = questions.options(item, base)
        letter = "abcd"[options.index(item.role)]
        said = (letter, aliases[number % len(aliases)], base.roles[item.role].name)[number % 3]
        turn = talk(said)
        assert turn.text.startswith("Right"), (said, turn.text)
        if turn.focus.quiz and not turn.focus.quiz.open:
            turn = talk("again")
    assert len(set(seen)) == len(seen)


def test_a_wrong_name_is_a_wrong_answer_and_no_question(
    talk: Conversation, base: KnowledgeBase
) -> None:
    item = open_item(talk("quiz me"), base)
    wrong = next(role for role in base.roles if role != item.role)
    turn = talk(base.roles[wrong].name)
    assert (turn.topic, turn.roles) == (topics.QUIZ, [item.role])
    assert turn.text.startswith("Not quite")
    assert base.roles[item.role].name in turn.text
    skills = talk("what skills do they need?")
    assert (skills.topic, skills.roles) == (topics.SKILLS, [item.role])


def test_an_answer_counts_after_a_question_in_between(
    talk: Conversation, base: KnowledgeBase
) -> None:
    item = open_item(talk("quiz me"), base)
    assert talk("which group does a buyer belong to?").topic == topics.GROUP_OF_ROLE
    place = questions.options(item, base).index(item.role)
    turn = talk("ABCD"[place])
    assert turn.text.startswith("Right")


def test_two_people_are_asked_other_questions(talk: Conversation) -> None:
    parse = {"text": "quiz me", "intent": {"name": "quiz", "confidence": 1.0}, "entities": []}
    talk("hello")
    first, second, again = (bot.reply(parse, {}, "", name).text for name in ("ann", "ben", "ann"))
    assert first != second
    assert first == again


WORDS = ("quiz me", "next", "b", "stop", "hint", "skip", "back", "again", "what if it is late?")
WORDS += ("walk me through a return one step at a time", "who does step 4", "step 99", "and then?")
WORDS += ("what does a buyer do?", "the warehouse manager", "thanks", "who do I call when it burns")
WORDS += ("quiz me on restocking", "how many steps", "yes", "no", "more", "?", "back to the quiz")
WORDS += ("the second one", "what skills do they need", "restocking", "why", "42", "🙂", "")


@pytest.mark.parametrize("seed", range(12))
def test_any_messages_get_an_answer_within_the_limits(talk: Conversation, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        turn = talk(chance.choice(WORDS))
        assert turn.topic in topics.TOPICS
        assert 0 < len(turn.text) <= LONGEST_DETAIL
        if turn.focus.last is None or not turn.focus.last.detail:
            assert len(turn.text) <= LONGEST, turn.text
