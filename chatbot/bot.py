"""From Rasa's parse of a message and the slots to a reply: the whole way below Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from chatbot.answers import registry
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import from_rasa
from chatbot.dialogue.question import Question
from chatbot.dialogue.resolve import resolve_all
from chatbot.dialogue.topics import BUSINESS_MODELS, GOODBYE, QUIZ
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import load
from chatbot.settings import load_settings
from chatbot.wording.render import LONGEST, render, wording

# Names of the slots; `answered` is what analytics, channels and evaluations read.
FOCUS, ANSWERED = "focus", "answered"
# What stands between the answers to two questions of one message.
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Reply:
    """What the bot says and the slots after it.

    Args:
        text: what to say.
        quick_replies: next questions for buttons, as the person would type them.
        image: address of a picture, or None.
        alt: what the picture shows, for people who cannot see it; empty without a picture.
        slots: new values of the slots `focus` and `answered`.
    """

    text: str
    quick_replies: tuple[str, ...]
    image: str | None
    slots: dict[str, Any]
    alt: str = ""


def reply(
    parse_data: Mapping[str, Any], slots: Mapping[str, Any], channel: str = "", sender: str = ""
) -> Reply:
    """Return the reply to a message.

    Args:
        parse_data: Rasa's `latest_message` (text, intent, intent_ranking, entities).
        slots: current slot values; only `focus` is read.
        channel: name of the channel, which decides how next questions are shown.
        sender: id of the conversation; two people get other quiz questions.
    """
    settings = load_settings()
    base = knowledge(settings.knowledge)
    focus = Focus.from_dict(slots.get(FOCUS))
    questions = resolve_all(from_rasa(parse_data, sender), focus, base)
    said = []
    for question in questions:
        answer = registry.answer(question, base)
        # What to ask next stands at the end, once, and is not what has just been answered.
        offers = answer.offers if question is questions[-1] else ()
        offers = tuple(one for one in offers if one not in questions)
        answer = replace(answer, offers=offers, note=_note(question, questions, focus))
        said.append(
            render(
                answer,
                base,
                language=settings.language,
                channel=channel,
                detail=question.detail,
                longest=_room(len(questions)),
                public_url=settings.public_url,
            )
        )
        focus = focus.after(question, answer.shown, answer.offers)
    shown = next((one for one in said if one.image), said[0])
    return Reply(
        _BETWEEN.join(one.text for one in said),
        said[-1].quick_replies,
        shown.image,
        {FOCUS: focus.as_dict(), ANSWERED: answered(questions[0])},
        shown.alt,
    )


def _room(answers: int) -> int:
    """Return how many characters each of some answers may have that share one message."""
    return (LONGEST - len(_BETWEEN) * (answers - 1)) // answers


def _note(question: Question, questions: tuple[Question, ...], focus: Focus) -> str:
    """Return the note that stands under the last answer: that the quiz waits, if it does."""
    waits = focus.quiz is not None and bool(focus.quiz.open)
    silent = question.topic in (QUIZ, GOODBYE) or question is not questions[-1]
    return "" if silent or not waits else "quiz_waits"


def answered(question: Question) -> dict[str, Any]:
    """Return the value of the slot `answered`: what the reply was about."""
    skills = question.of_kind("skill")
    things = [thing.id for thing in question.things if thing.kind not in ("interest", "skill")]
    if question.topic == BUSINESS_MODELS and len(things) > 1:
        things = []  # about the choice between them, not about one
    return {
        "topic": question.topic,
        "roles": list(question.roles),
        "group": question.groups[0] if question.groups else None,
        "skill": skills[0] if skills else None,
        "term": things[0] if things else None,
    }


def warm_up() -> None:
    """Read the knowledge base and the templates, so that the first message is as fast as others.

    Raises:
        KnowledgeError: when the knowledge base has mistakes.
    """
    settings = load_settings()
    knowledge(settings.knowledge)
    for name in wording(settings.language).templates.list_templates(["j2"]):
        wording(settings.language).templates.get_template(name)


@lru_cache(maxsize=2)
def knowledge(folder: Path) -> KnowledgeBase:
    """Return the knowledge base, read once per process."""
    return load(folder)
