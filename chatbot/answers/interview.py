"""What the interview says: its questions, its result and why another role is not in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chatbot.answers import fit
from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.choices import SKIPPED
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.interview import InterviewQuestion

# Roles that a result names.
SUGGESTED = 3
# What a channel with buttons shows below an open question, besides its options.
STEERING = ("skip", "back", "stop")


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return what to say for a question of the topic `recommend` that has a reason."""
    if question.reason == "result":
        return result(question, base)
    if question.reason == "why_not":
        return _why_not(question, base)
    return _step(question, base)


def result(question: Question, base: KnowledgeBase) -> Answer:
    """Return the three roles that fit best, with reasons; or why nothing can be said."""
    made = fit.profile(question.interview, base)
    fit.add_things(made, question.things, question.avoid)
    anything = made.wants or made.avoids or made.letters or made.skills
    fits = fit.ranked(made, base) if anything else []
    best = [fit.explained(one, made, base) for one in fits[:SUGGESTED]]
    facts = {
        "fits": best,
        "doubt": fit.doubts(fits, made, SUGGESTED, base) if best else "nothing",
        "contradictions": [base.interests[key].name for key in made.contradictions],
        "letters": made.main_letters,
        "answered": made.answered,
        "total": len(base.interview.questions),
        "noted": _shown(question.noted, base),
    }
    shown = tuple(one.role.id for one in best)
    return Answer(
        "recommend_result", facts, _offers(shown), shown, **sourced([one.role for one in best])
    )


def _offers(shown: tuple[str, ...]) -> tuple[Question, ...]:
    if not shown:
        return (Question(topics.LIST_GROUPS), Question(topics.RECOMMEND, reason="start"))
    pair = Question(topics.COMPARE, roles=shown[:2])
    return (*about_role(shown[0], topics.DUTIES), pair, Question(topics.SUMMARY))


def _why_not(question: Question, base: KnowledgeBase) -> Answer:
    """Return the place of a role among all, what speaks for it and what against it."""
    made = fit.profile(question.interview, base)
    fits = fit.ranked(made, base)
    place = next(n for n, one in enumerate(fits) if one.role.id == question.roles[0])
    found = fit.explained(fits[place], made, base)
    liked = [key for key in made.liked if made.wants[key] >= fit.REALLY]
    facts = {
        "fit": found,
        "place": place + 1,
        "count": len(fits),
        "best": [one.role for one in fits[:SUGGESTED]],
        "suits": [base.interests[key].name for key in found.role.suits],
        "lacks": [base.interests[key].name for key in liked if key not in found.role.suits],
        "letters": made.main_letters,
    }
    offers = (
        Question(topics.COMPARE, roles=(found.role.id, fits[0 if place else 1].role.id)),
        *about_role(found.role.id, topics.DUTIES, topics.CAREER_PATH),
    )
    return Answer("recommend_why_not", facts, offers, (found.role.id,), **sourced([found.role]))


def _step(question: Question, base: KnowledgeBase) -> Answer:
    """Return a question of the interview, or what is said when it waits."""
    script = base.interview
    asked = script.question(question.wanted)
    answered = _answered(question.interview)
    facts = {
        "step": question.reason,
        "asked": asked,
        "number": 1 + script.order.index(question.wanted) if asked else 0,
        "total": len(script.questions),
        "begins": not answered and not question.failures and question.reason == "ask",
        "failures": question.failures,
        "noted": _shown(question.noted, base),
        "meant": _meant(question, base),
        "before": _shown(_of(question.interview, question.wanted), base),
        "answered": len(answered),
        "answers": [
            (one.name, _shown(_of(question.interview, one.id), base)) for one in script.questions
        ],
    }
    if question.reason == "choose":
        names = tuple(one.name for one in script.questions)
        return Answer("recommend_waits", facts, choices=names)
    if asked is None:
        return Answer("recommend_waits", facts, (Question(topics.RECOMMEND, reason="resume"),))
    replies = tuple(option.label for option in asked.options)
    return Answer("recommend_question", facts, choices=replies, steering=STEERING)


def _meant(question: Question, base: KnowledgeBase) -> list[tuple[str, list[str]]]:
    """Return the labels that somebody asks the meaning of, and other words for the same."""
    asked = base.interview.question(question.wanted)
    ids = [one.partition("=")[2].lstrip("-") for one in question.noted]
    options = [option for option in asked.options if option.id in ids] if asked else []
    return [(one.label, [p for p in one.phrases if p not in one.label]) for one in options]


def _answered(told: Iterable[str]) -> set[str]:
    return {one.partition("=")[0] for one in told}


def _of(told: Iterable[str], key: str) -> list[str]:
    return [one for one in told if one.startswith(f"{key}=")]


def _shown(told: Iterable[str], base: KnowledgeBase) -> list[dict[str, Any]]:
    """Return answers as the wording shows them: their text and whether they are not wanted."""
    found = []
    for one in told:
        key, _, choice = one.partition("=")
        question = base.interview.question(key)
        if question:
            found.append({"text": _text(choice, question, base), "not": choice.startswith("-")})
    return found


def _text(choice: str, question: InterviewQuestion, base: KnowledgeBase) -> str:
    """Return the label of a choice; empty for a skipped question."""
    if choice == SKIPPED:
        return ""
    kind, _, key = choice.lstrip("+-").partition("/")
    if not key:
        option = question.option(choice.lstrip("-"))
        return option.label if option else ""
    if kind == "occupation":
        return key
    node = base.by_kind.get(kind, {}).get(key)
    return node.name if node else ""
