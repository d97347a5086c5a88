"""Every quiz question and every answer to it, in words."""

from __future__ import annotations

import pytest

from chatbot.answers import quiz as answers
from chatbot.answers.registry import answer
from chatbot.dialogue import quizzing, topics
from chatbot.dialogue.question import Question
from chatbot.dialogue.quiz import ROUND, Quiz
from chatbot.knowledge import quiz as questions
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import LONGEST, Reply, render
from tests.support.checks import assert_none
from tests.support.linking import linker
from tests.support.quizzes import every_item, wrong_options


def worded(question: Question, base: KnowledgeBase, channel: str = "cmdline") -> Reply:
    return render(answer(question, base), base, channel=channel)


def open_question(item: questions.Item, **state: object) -> Question:
    quiz = Quiz(**{"seed": "x", "open": item.id, **state})  # type: ignore[arg-type]
    return Question(topics.QUIZ, part=quizzing.ASK, quiz=quiz)


def judged(part: str, item: questions.Item, following: questions.Item, *said: str) -> Question:
    quiz = Quiz(seed="x", open=following.id, asked=1, told=item.id)
    return Question(
        topics.QUIZ, (item.role,), part=part, candidates=said, moment=item.id, quiz=quiz
    )


def situation(item: questions.Item, base: KnowledgeBase) -> str:
    """Return the question without the lines of the options."""
    lines = worded(open_question(item, asked=1), base, "").text.split("\n")
    return "\n".join(line for line in lines if line[1:3] != ") ")


def test_no_situation_names_the_right_role(base: KnowledgeBase) -> None:
    named = [
        f"{item.id}: {mention.text}"
        for item in every_item()
        for mention in linker().link(situation(item, base))
        if (mention.kind, mention.id) == ("role", item.role)
        # "picture post" is also a short form for a job, and no name of one.
        if mention.text.split()[0].lower() not in base.roles[item.role].aliases.before_person
    ]
    assert_none(named, "situations name the right role")


def test_every_question_shows_its_options_and_fits(base: KnowledgeBase) -> None:
    for item in every_item():
        reply = worded(open_question(item), base)
        for letter, role in zip("ABCD", questions.options(item, base), strict=True):
            name = base.roles[role].name
            assert f"\n{letter}) {name[0].upper()}{name[1:]}" in reply.text, item.id
        assert len(reply.text) <= LONGEST
        assert "You can say: Hint · Skip · Stop" in reply.text


def test_options_are_quick_replies(base: KnowledgeBase) -> None:
    item = every_item()[0]
    replies = worded(open_question(item), base, "").quick_replies
    names = [base.roles[role].name.lower() for role in questions.options(item, base)]
    assert [reply.lower() for reply in replies] == [*names, "hint", "skip", "stop"]


@pytest.mark.parametrize("part", [quizzing.RIGHT, quizzing.WRONG, quizzing.SKIPPED])
def test_every_answer_is_explained_and_the_next_question_fits(
    base: KnowledgeBase, part: str
) -> None:
    items = every_item()
    for place, item in enumerate(items):
        following = items[(place * 7 + 1) % len(items)]
        wrong = next(wrong_options(item)) if part == quizzing.WRONG else item.role
        text = worded(judged(part, item, following, wrong), base).text
        verdict = text.split("\nQuestion 2 of", 1)[0]
        assert base.roles[item.role].name.lower() in verdict.lower(), item.id
        assert "\nD) " in text, item.id
        assert "(Source" in text, item.id
        assert len(text) <= LONGEST, item.id
        assert len(verdict) > 60, item.id


def test_a_wrong_answer_says_what_the_other_role_does_where_there_is_room(
    base: KnowledgeBase,
) -> None:
    told = 0
    for item in every_item():
        wrong = next(wrong_options(item))
        text = worded(judged(quizzing.WRONG, item, every_item()[0], wrong), base).text
        told += base.roles[wrong].name.lower() in text.split("\nQuestion 2 of", 1)[0].lower()
    assert told / len(every_item()) > 0.6


def test_a_hint_names_the_group_and_never_the_role(base: KnowledgeBase) -> None:
    for item in every_item():
        quiz = Quiz(seed="x", open=item.id)
        text = worded(Question(topics.QUIZ, part=quizzing.HINTED, quiz=quiz), base, "").text
        hint = text.split("\n", 1)[0]
        group = base.roles[item.role].group
        assert (base.groups[group].name if group else "outside the groups") in hint
        assert base.roles[item.role].name.lower() not in hint.lower()


def test_the_end_gives_the_score_and_what_to_read_up_on(base: KnowledgeBase) -> None:
    missed = ("crm-specialist", "data-analyst")
    quiz = Quiz(seed="x", asked=4, right=2, missed=missed, place=4)
    reply = worded(Question(topics.QUIZ, part=quizzing.STOP, quiz=quiz), base, "")
    assert "2 of 4 right" in reply.text
    assert "Read up on: CRM specialist, data analyst." in reply.text
    assert reply.quick_replies == (
        "What does a CRM specialist do?",
        "What does a data analyst do?",
        "Quiz me",
    )


def test_the_end_without_a_mistake(base: KnowledgeBase) -> None:
    quiz = Quiz(seed="x", asked=ROUND, right=ROUND, place=5)
    assert (
        "Nothing to read up on"
        in worded(Question(topics.QUIZ, part=quizzing.STOP, quiz=quiz), base).text
    )


def test_leaving_at_once_gives_no_score(base: KnowledgeBase) -> None:
    text = worded(Question(topics.QUIZ, part=quizzing.STOP, quiz=Quiz(seed="x")), base).text
    assert "0 of 0" not in text


def test_other_turns_have_words(base: KnowledgeBase) -> None:
    item = every_item()[3]
    quiz = Quiz(seed="x", open=item.id, asked=2, right=1, told=every_item()[4].id)
    wanted = {
        quizzing.WHY: base.roles[every_item()[4].role].summary[-30:],
        quizzing.SCORE: "1 of 2 right",
        quizzing.UNCLEAR: "could not tell",
    }
    for part, phrase in wanted.items():
        question = Question(topics.QUIZ, part=part, moment=quiz.told, quiz=quiz)
        assert phrase in worded(question, base).text
    two = Question(
        topics.QUIZ, part=quizzing.UNCLEAR, candidates=("data-analyst", "ux-designer"), quiz=quiz
    )
    assert "Data analyst or UX designer" in worded(two, base).text.replace("data", "Data")
    empty = Question(topics.QUIZ, part=quizzing.EMPTY, quiz=Quiz(seed="x", scope="group/none"))
    assert "no quiz questions" in worded(empty, base).text


def test_the_module_answers_an_offer_too(base: KnowledgeBase) -> None:
    assert "Question 1 of" in render(answers.answer(Question(topics.QUIZ), base), base).text
