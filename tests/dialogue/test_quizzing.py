"""Answers to quiz questions, words such as "hint" and "stop", and questions in between."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from chatbot.dialogue import quizzing, topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.question import Question
from chatbot.dialogue.quiz import ROUND, Quiz
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge import quiz as questions
from chatbot.knowledge.base import KnowledgeBase
from tests.support.checks import assert_none
from tests.support.parses import role, said
from tests.support.quizzes import asking, every_item, heard, wrong_options

SOME = every_item()[::37]
WORDS = ("quiz me", "b", "stop", "hint", "skip", "next", "the buyer", "why", "and then?", "2", "no")
WORDS += ("what does a data analyst do", "quiz me on marketing", "é", "", "yes", "score", "again")


def part(text: str, focus: Focus, base: KnowledgeBase, intent: str = topics.FOLLOW_UP) -> str:
    move = quizzing.move(heard(text, intent), focus, base)
    return move.part if move else ""


def answers(item: questions.Item, base: KnowledgeBase) -> Iterator[str]:
    """Yield right answers: letter, number, name and one of its aliases, in several frames."""
    entry = base.roles[item.role]
    place = questions.options(item, base).index(item.role)
    yield from (
        "abcd"[place],
        f"{'ABCD'[place]})",
        f"option {place + 1}",
        f"I think it's {place + 1}.",
    )
    yield from (entry.name, f"the {entry.name}", f"is it the {entry.name}?")
    yield f"maybe the {entry.aliases.en[len(item.id) % len(entry.aliases.en)]}"


def test_every_question_takes_its_right_answer_by_letter_number_name_and_alias(
    base: KnowledgeBase,
) -> None:
    missed = [
        f"{item.id}: {text!r} -> {part(text, asking(item), base) or 'no answer'}"
        for item in every_item()
        for text in answers(item, base)
        if part(text, asking(item), base) != quizzing.RIGHT
    ]
    assert_none(missed, "right answers are not taken")


def test_every_other_option_is_wrong_and_the_right_one_is_told(base: KnowledgeBase) -> None:
    for item in every_item():
        for option in wrong_options(item):
            move = quizzing.move(heard(base.roles[option].name), asking(item), base)
            assert move, item.id
            assert (move.part, move.roles, move.candidates) == (
                quizzing.WRONG,
                (item.role,),
                (option,),
            )


@pytest.mark.parametrize(
    ("text", "right"),
    [("warehose manager", "warehouse-manager"), ("qualty controler", "quality-controller")]
    + [("CRM specalist", "crm-specialist"), ("logistic manager", "logistics-manager")]
    + [("the warehouse one", "warehouse-manager"), ("the quality guy", "quality-controller")],
)  # fmt: skip
def test_a_misspelt_or_partial_name_is_understood(
    base: KnowledgeBase, text: str, right: str
) -> None:
    items = [item for item in every_item() if item.role == right][:5]
    assert items
    assert [part(text, asking(item), base) for item in items] == [quizzing.RIGHT] * len(items)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("skip", quizzing.SKIPPED),
        ("I don't know", quizzing.SKIPPED),
        ("idk", quizzing.SKIPPED),
        ("no idea", quizzing.SKIPPED),
        ("next question please", quizzing.SKIPPED),
        ("hmm, pass", quizzing.SKIPPED),
        ("hint", quizzing.HINTED),
        ("give me a hint please", quizzing.HINTED),
        ("a tip?", quizzing.HINTED),
        ("please to give hint", quizzing.HINTED),
        ("nope no clue", quizzing.SKIPPED),
        ("idk, next", quizzing.SKIPPED),
        ("stop", quizzing.STOP),
        ("ok stop the quiz", quizzing.STOP),
        ("I'm done", quizzing.STOP),
        ("what's my score?", quizzing.SCORE),
        ("repeat", quizzing.ASK),
        ("quiz me", quizzing.ASK),
        ("why?", quizzing.WHY),
        ("uh", quizzing.UNCLEAR),
    ],
)
def test_words_of_a_quiz(base: KnowledgeBase, text: str, wanted: str) -> None:
    focus = asking(SOME[0], told=SOME[1].id)
    assert part(text, focus, base) == wanted


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what does a data analyst do?", topics.DUTIES),
        ("which skills does the warehouse manager need", topics.SKILLS),
        ("how do I become a buyer?", topics.CAREER_PATH),
        ("tell me about the CRM specialist", topics.DUTIES),
        ("who works with a web developer?", topics.COLLABORATION),
        ("is a buyer the same as a purchasing manager, what is the difference?", topics.COMPARE),
    ],
)
def test_a_question_of_its_own_is_no_answer(base: KnowledgeBase, text: str, intent: str) -> None:
    assert part(text, asking(SOME[0]), base, intent) == ""


def test_after_a_question_in_between_the_quiz_waits_and_goes_on(base: KnowledgeBase) -> None:
    focus = asking(SOME[0])
    asked = resolve(said(topics.DUTIES, *role("data-analyst"), text="what is it"), focus, base)
    waiting = focus.after(asked, (), ())
    assert waiting.quiz
    assert waiting.quiz.waits
    assert waiting.quiz.open == SOME[0].id
    assert part("and the CRM specialist?", waiting, base) == ""
    assert part("idk", waiting, base) == ""
    assert part("back to the quiz", waiting, base) == quizzing.ASK
    assert part("quiz me", waiting, base) == quizzing.ASK
    assert part(base.roles[SOME[0].role].name, waiting, base) == quizzing.RIGHT


def test_small_talk_leaves_the_quiz_as_it_is(base: KnowledgeBase) -> None:
    focus = asking(SOME[0])
    assert focus.after(Question(topics.THANKS), (), ()).quiz == focus.quiz


def test_a_round_counts_and_ends(base: KnowledgeBase) -> None:
    focus = Focus()
    move = resolve(said(topics.QUIZ, text="quiz me"), focus, base)
    missed = []
    for number in range(ROUND):
        assert move.quiz
        assert move.quiz.open
        focus = focus.after(move, (), ())
        item = move.quiz.item(base)
        assert item
        right = number % 2 == 0
        if not right:
            missed.append(item.role)
        name = base.roles[item.role].name if right else "skip"
        move = resolve(heard(name), focus, base)
    assert move.quiz
    assert (move.quiz.open, move.quiz.asked, move.quiz.right) == ("", ROUND, 3)
    assert list(move.quiz.missed) == missed


def test_no_question_comes_again_before_all_were_asked(base: KnowledgeBase) -> None:
    quiz = Quiz(seed="x", scope="process/sale-day").asking(base)
    seen = []
    askable = [key for key in questions.order(base, "x", quiz.scope) if questions.find(base, key)]
    for _ in askable:
        seen.append(quiz.open)
        quiz = quiz.asking(base)
    assert len(set(seen)) == len(seen)
    assert quiz.open in seen


def test_another_round_goes_on_where_the_last_one_ended(base: KnowledgeBase) -> None:
    first = Quiz(seed="x").asking(base)
    later = Quiz(seed="x", place=first.place, told="a").next_round(base)
    assert later.open != first.open
    assert later.asked == 0


def test_two_people_get_other_questions(base: KnowledgeBase) -> None:
    starts = set()
    for sender in ("ann", "ben"):
        heard_from = heard("quiz me", topics.QUIZ)
        parse = type(heard_from)(heard_from.text, heard_from.ranking, heard_from.found, sender)
        move = quizzing.move(parse, Focus(), base)
        assert move
        assert move.quiz
        starts.add(move.quiz.open)
    assert len(starts) == 2


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("quiz me on customer service", "group/customer-service"),
        ("quiz me about a big sale day", "process/sale-day"),
        ("quiz me on returns", "process/return-or-complaint"),
        ("quiz me", ""),
    ],
)
def test_a_quiz_about_one_thing(base: KnowledgeBase, text: str, scope: str) -> None:
    move = quizzing.move(heard(text, topics.QUIZ), Focus(), base)
    assert move
    assert move.quiz
    assert move.quiz.scope == scope


def test_two_names_are_asked_about(base: KnowledgeBase) -> None:
    options = questions.options(SOME[0], base)
    text = f"{base.roles[options[0]].name} or {base.roles[options[1]].name}"
    assert part(text, asking(SOME[0]), base) == quizzing.UNCLEAR


def test_after_an_answer_the_talk_is_about_the_role_that_was_right(base: KnowledgeBase) -> None:
    item = SOME[0]
    move = quizzing.move(heard(base.roles[item.role].name), asking(item), base)
    assert move
    focus = asking(item).after(move, (), ())
    assert focus.roles == (item.role,)
    asked = resolve(said(topics.SKILLS, text="which skills do they need"), focus, base)
    assert (asked.topic, asked.roles) == (topics.SKILLS, (item.role,))


def test_a_question_that_has_left_the_base_is_replaced(base: KnowledgeBase) -> None:
    focus = Focus(quiz=Quiz(seed="x", place=3, open="step/gone/1"))
    move = quizzing.move(heard("hint"), focus, base)
    assert move
    assert move.quiz
    assert move.quiz.item(base)


@pytest.mark.parametrize(
    "raw", [None, "", 7, [], {}, {"open": 5}, {"asked": "x"}, {"missed": "ab"}, {"missed": [1]}]
)
def test_a_stored_quiz_of_any_kind_can_be_read(base: KnowledgeBase, raw: object) -> None:
    quiz = Quiz.from_dict(raw)
    assert quiz is None or quizzing.move(heard("b"), Focus(quiz=quiz), base) is None


def test_any_messages_keep_the_state_sound(base: KnowledgeBase) -> None:
    intents = (topics.QUIZ, topics.FOLLOW_UP, topics.DENY, topics.PROCESS, topics.DUTIES)
    for seed in range(40):
        chance = random.Random(seed)
        focus = Focus()
        for _ in range(25):
            parse = heard(chance.choice(WORDS), chance.choice(intents), chance.random())
            question = resolve(parse, focus, base)
            focus = focus.after(question, (), ())
            focus = Focus.from_dict(json.loads(json.dumps(focus.as_dict())))
            if focus.quiz:
                assert 0 <= focus.quiz.right <= focus.quiz.asked <= ROUND
