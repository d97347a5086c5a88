"""From Rasa's parse of a message and the slots to a reply: the whole way below Rasa."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from chatbot.answers import registry
from chatbot.answers.answer import Answer
from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.interview import FORM, Interview, take
from chatbot.dialogue.parse import from_rasa
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import load
from chatbot.settings import load_settings
from chatbot.wording.render import LONGEST, render, wording
from chatbot.wording.render import Reply as Worded

# Names of the slots; `answered` is what analytics, channels and evaluations read.
FOCUS, ANSWERED = "focus", "answered"
# What stands between the answers to two questions of one message.
_BETWEEN = "\n\n"
# Next questions of another answer that stand above the offer to go on with the interview.
MOST_BESIDE = 2


@dataclass(frozen=True)
class Reply:
    """What the bot says and the slots after it.

    Args:
        text: what to say.
        quick_replies: next questions for buttons, as the person would type them.
        image: address of a picture, or None.
        alt: what the picture shows, for people who cannot see it; empty without a picture.
        slots: new values of the slots `focus` and `answered`, and of those of the interview that
            change.
        form: the form that is to be active after this reply, or None.
    """

    text: str
    quick_replies: tuple[str, ...]
    image: str | None
    slots: dict[str, Any]
    alt: str = ""
    form: str | None = None

    @property
    def message(self) -> dict[str, Any]:
        """What the action utters; a button sends the text that it shows."""
        buttons = [{"title": text, "payload": text} for text in self.quick_replies]
        # Channels find what the picture shows under `alt`.
        about = {"alt": self.alt} if self.image else {}
        return {"text": self.text, "buttons": buttons, "image": self.image, **about}


def reply(
    parse_data: Mapping[str, Any], slots: Mapping[str, Any], channel: str = "", sender: str = ""
) -> Reply:
    """Return the reply to a message.

    Args:
        parse_data: Rasa's `latest_message` (text, intent, intent_ranking, entities).
        slots: current slot values; `focus` and those of the interview are read.
        channel: name of the channel, which decides how next questions are shown.
        sender: id of the conversation; two people get other quiz questions.
    """
    settings = load_settings()
    base = knowledge(settings.knowledge)
    focus = Focus.from_dict(slots.get(FOCUS))
    state = Interview.from_slots(slots, base.interview)
    turn = take(from_rasa(parse_data, sender), focus, state, base)
    note = _note(turn.questions[-1], focus)
    answers = [
        _without(registry.answer(question, base), turn.questions) for question in turn.questions
    ]
    for question, answer in zip(turn.questions, answers, strict=True):
        focus = focus.after(question, answer.shown, answer.offers)
    answers[-1] = replace(answers[-1], note=note)
    word = partial(
        render,
        base=base,
        language=settings.language,
        channel=channel,
        public_url=settings.public_url,
    )
    said = _worded(turn.questions, answers, word)
    shown = next((one for one in said if one.image), said[0])
    return Reply(
        _BETWEEN.join(one.text for one in said),
        said[-1].quick_replies,
        shown.image,
        {
            FOCUS: focus.as_dict(),
            ANSWERED: answered(turn.questions[0]),
            **turn.interview.changes(slots, base.interview),
        },
        shown.alt,
        FORM if turn.interview.asked else None,
    )


def _note(last: Question, focus: Focus) -> str:
    """Return the note that stands under the last answer: that the quiz waits, if it does."""
    waits = focus.quiz is not None and bool(focus.quiz.open)
    silent = last.topic in (topics.QUIZ, topics.GOODBYE)
    return "" if silent or not waits else "quiz_waits"


def _without(answer: Answer, questions: Sequence[Question]) -> Answer:
    """Return an answer that does not offer what the same reply answers."""
    return replace(answer, offers=tuple(one for one in answer.offers if one not in questions))


def _worded(
    questions: Sequence[Question], answers: Sequence[Answer], word: Callable[..., Worded]
) -> list[Worded]:
    """Return the answers in words that together are no longer than one may be.

    What to ask next stands at the end, once. A step of the interview below another answer takes the
    room that it needs.

    Args:
        questions: what was asked.
        answers: one for each question.
        word: words an answer (`render`, all else given).
    """
    *others, last = answers
    step = bool(others) and questions[-1].reason in topics.INTERVIEW_STEPS
    offers = (*others[-1].offers[:MOST_BESIDE], *last.offers) if step else last.offers
    last = replace(last, offers=() if last.choices else offers)
    below = word(last) if step else None
    room = _room(len(others) if step else len(answers), below)
    said = [
        word(replace(answer, offers=()), detail=question.detail, longest=room)
        for question, answer in zip(questions, others, strict=False)
    ]
    return [*said, below or word(last, detail=questions[-1].detail, longest=room)]


def _room(answers: int, below: Worded | None) -> int:
    """Return how many characters each of some answers may have that share one message.

    Args:
        answers: how many share it.
        below: what stands below them.
    """
    taken = len(below.text) + len(_BETWEEN) if below else 0
    return (LONGEST - taken - len(_BETWEEN) * (answers - 1)) // answers


def answered(question: Question) -> dict[str, Any]:
    """Return the value of the slot `answered`: what the reply was about."""
    skills = question.of_kind("skill")
    things = [thing.id for thing in question.things if thing.kind not in ("interest", "skill")]
    if question.topic == topics.BUSINESS_MODELS and len(things) > 1:
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
