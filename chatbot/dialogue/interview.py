"""The interview behind "which job suits me?": one pure step from a message to what is said next.

    (message, what was talked about, state) -> (questions to answer, state after)

The state lives in the slots of a Rasa form: one slot for each question, `requested_slot` for the
open one, and `interview` for the rest. Whatever else is asked in between is answered as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chatbot.dialogue import english, topics
from chatbot.dialogue.choices import OWN_WORDS, SKIPPED, Chosen, chosen
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Parse
from chatbot.dialogue.question import Question
from chatbot.dialogue.resolve import HARDLY, SURE, resolve_all
from chatbot.dialogue.steering import Command, command, question_named
from chatbot.dialogue.subjects import Subjects, find
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.interview import InterviewQuestion, Script

# The form of domain.yml, and its slots.
FORM, SLOT, REQUESTED = "interview_form", "interview", "requested_slot"
# Other questions in a row after which the interview stops asking, and replies not understood.
ASIDES, MISSES = 2, 3
# Clarifying questions that only say that nothing was understood.
_LOST = ("unsure", "denied", "empty", "which_skill", "which_term", "which_group")
# Topics by which a message goes on with the talk; they say nothing about what is asked.
_OF_JOBS = (*topics.ROLE_TOPICS, *topics.GROUP_TOPICS)
# Topics that need no subject.
_OF_NOTHING = (topics.QUIZ, topics.SUMMARY, topics.LIST_GROUPS)
_NO_TOPIC = (topics.RECOMMEND, topics.AFFIRM, topics.DENY, topics.FOLLOW_UP, topics.OUT_OF_SCOPE)


@dataclass(frozen=True)
class Interview:
    """How far the interview is.

    Args:
        answers: choices by the id of their question; a skipped question has the choice "skip".
        asked: id of the open question, or "".
        choosing: whether the bot asked which answer is to be changed.
        misses: messages in a row that were no answer.
        asides: messages in a row that asked something else.
    """

    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: str = ""
    choosing: bool = False
    misses: int = 0
    asides: int = 0

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any], script: Script) -> Interview:
        """Return what the slots hold; whatever cannot be read counts as not there."""
        answers = {q.id: _choices(slots.get(slot_of(q.id))) for q in script.questions}
        rest = slots.get(SLOT)
        rest = rest if isinstance(rest, dict) else {}
        asked = next((q.id for q in script.questions if slots.get(REQUESTED) == slot_of(q.id)), "")
        return cls(
            answers={key: choices for key, choices in answers.items() if choices},
            asked=asked,
            choosing=bool(rest.get("choosing")),
            misses=_number(rest.get("misses")),
            asides=_number(rest.get("asides")),
        )

    def changes(self, slots: Mapping[str, Any], script: Script) -> dict[str, Any]:
        """Return the slots whose values are to change, with their new values."""
        rest = {"choosing": self.choosing, "misses": self.misses, "asides": self.asides}
        values: dict[str, Any] = {
            slot_of(q.id): list(self.answers[q.id]) if q.id in self.answers else None
            for q in script.questions
        }
        values[SLOT] = {key: value for key, value in rest.items() if value} or None
        ours = [slot_of(q.id) for q in script.questions]
        if self.asked or slots.get(REQUESTED) in ours:
            values[REQUESTED] = slot_of(self.asked) if self.asked else None
        return {name: value for name, value in values.items() if slots.get(name) != value}

    @property
    def told(self) -> tuple[str, ...]:
        """All answers as "question=choice"."""
        return tuple(f"{key}={choice}" for key, all_ in self.answers.items() for choice in all_)

    def done(self, script: Script) -> bool:
        """Tell whether every question was answered or skipped."""
        return all(question.id in self.answers for question in script.questions)


@dataclass(frozen=True)
class Turn:
    """What to say to a message, and the interview after it."""

    questions: tuple[Question, ...]
    interview: Interview


def slot_of(question: str) -> str:
    """Return the name of the slot that holds the answer to a question."""
    return f"{SLOT}_{question}"


def take(parse: Parse, focus: Focus, state: Interview, base: KnowledgeBase) -> Turn:
    """Return what a message asks, as part of the interview or beside it.

    Args:
        parse: what NLU found.
        focus: what was talked about before this message.
        state: how far the interview is.
        base: the knowledge base, with the interview's questions.
    """
    step = _Step(parse, focus, state, base)
    return step.while_asking() if state.asked else step.outside()


class _Step:
    """One message and all that it may be compared with."""

    def __init__(self, parse: Parse, focus: Focus, state: Interview, base: KnowledgeBase) -> None:
        self.parse, self.focus, self.state, self.base = parse, focus, state, base
        self.script = base.interview
        begun = bool(state.answers or state.asked)
        self.command = command(
            parse.text,
            self.script,
            asking=bool(state.asked),
            begun=begun,
            waiting=begun and not state.asked and not state.done(self.script),
        )

    # While a question is open.

    def while_asking(self) -> Turn:
        """Take an answer, a word that steers, or another question."""
        question = self.script.question(self.state.asked)
        assert question is not None  # `from_slots` keeps only questions of the script
        subjects = find(self.parse, self.focus, self.base)
        if self._plainly_asks(subjects):
            return self._aside()
        found = chosen(self.parse, subjects, question, self.script, self.base)
        if self.command and not (found.exactly and found.choices):
            return self._do(self.command)
        if found.plainly and found.choices:
            return self._answered(question, found)
        if found.out_of_range or found.too_many:
            return self._missed()
        if found.choices and english.asks_meaning(self.parse.text):
            meant = tuple(f"{question.id}={choice}" for choice in found.choices)
            asked = replace(self._say("meaning", self.state), noted=meant)
            return Turn((asked,), self.state)
        if self._asks_something(subjects, found):
            return self._aside()
        return self._answered(question, found) if found.choices else self._missed()

    def _plainly_asks(self, subjects: Subjects) -> bool:
        """Tell whether a message surely asks about a job or group, whatever its words also mean."""
        parse = self.parse
        asking = parse.text[english.question_start(parse.text) :]
        if parse.confidence < SURE or english.tells_of_oneself(asking):
            return False
        about = subjects.named or subjects.groups_named or subjects.points_back
        return parse.intent in _OF_NOTHING or bool(about and parse.intent in _OF_JOBS)

    def _asks_something(self, subjects: Subjects, found: Chosen) -> bool:
        """Tell whether a message asks something of its own."""
        parse, text = self.parse, self.parse.text
        chooses = bool(self.focus.pending and self.focus.pending.wanted)
        if chooses and (subjects.named or subjects.groups_named):
            return True  # the reply to a clarifying question
        if parse.intent in topics.SMALL_TALK:
            return parse.confidence >= HARDLY and not found.choices
        if english.requests(text) and (subjects.named or subjects.groups_named):
            return True  # "tell me about the warehouse manager"
        of_oneself = english.tells_of_oneself(text[english.question_start(text) :])
        asks = "?" in text or (english.asks(text) and not of_oneself)
        if parse.intent in _NO_TOPIC:
            fits = parse.intent == topics.RECOMMEND and not subjects.named
            return (asks and not fits and not found.choices) or english.wants_more(text)
        names = subjects.named or subjects.groups_named or subjects.things
        sure = parse.confidence >= SURE and not of_oneself
        return asks or english.requests(text) or bool(sure and names and not found.choices)

    def _answered(self, question: InterviewQuestion, found: Chosen) -> Turn:
        return self._go_on({**self.state.answers, question.id: found.choices}, question.id)

    def _go_on(self, answers: Mapping[str, tuple[str, ...]], after: str) -> Turn:
        """Ask the next question that has no answer yet, or tell the result."""
        state = Interview(answers)
        order = self.script.order
        place = order.index(after) + 1
        left = [key for key in (*order[place:], *order[:place]) if key not in answers]
        noted = tuple(f"{after}={choice}" for choice in answers.get(after, ()))
        return self._ask(state, left[0], noted) if left else self._result(answers, noted)

    def _missed(self) -> Turn:
        """Help with the options; then offer to skip; then wait."""
        state = replace(self.state, misses=self.state.misses + 1)
        if state.misses >= MISSES:
            return self._wait(state, "stopped")
        return Turn((self._say("ask", state),), state)

    def _aside(self) -> Turn:
        """Answer another question, then come back to the interview or let it wait."""
        questions = resolve_all(self.parse, self.focus, self.base)
        first = questions[0]
        if first.topic == topics.CLARIFY and first.reason in _LOST:
            return self._missed()
        if is_about_the_interview(first):
            return self._ask(self.state, self.state.asked)
        questions = tuple(self._with_result(question) for question in questions)
        state = replace(self.state, asides=self.state.asides + 1, misses=0)
        if state.asides >= ASIDES or first.topic in (topics.GOODBYE, topics.QUIZ):
            return self._wait(state, "waits", questions)
        return Turn((*questions, self._say("repeat", state)), state)

    def _wait(self, state: Interview, reason: str, before: tuple[Question, ...] = ()) -> Turn:
        waiting = Interview(state.answers)
        return Turn((*before, self._say(reason, waiting)), waiting)

    # While none is.

    def outside(self) -> Turn:
        """Begin or go on with the interview where a message wants that; else answer it."""
        if self.state.choosing:
            key = question_named(self.parse.text, self.script)
            if key and not english.asks(self.parse.text):
                return self._ask(replace(self.state, choosing=False), key)
            self.state = replace(self.state, choosing=False)
        if self.command:
            return self._do(self.command)
        questions = resolve_all(self.parse, self.focus, self.base)
        if is_about_the_interview(questions[0]):
            return self._do(Command(questions[0].reason or "wanted"))
        return Turn(tuple(self._with_result(question) for question in questions), self.state)

    def _with_result(self, question: Question) -> Question:
        """Return a question with what the interview was told, where its answer draws on that."""
        if question.topic == topics.SUMMARY:
            return replace(question, roles=self.focus.seen, interview=self.state.told)
        if english.asks_why_not(self.parse.text) and self._has_result():
            question = self._why_not() or question
        if question.topic != topics.RECOMMEND:
            return question
        if question.roles and self._has_result():
            asked = question.roles[:1]
            return Question(
                topics.RECOMMEND, roles=asked, interview=self.state.told, reason="why_not"
            )
        last = self.focus.last
        if last and last.topic == topics.RECOMMEND and last.interview and not question.roles:
            return replace(question, interview=last.interview, reason="result")
        return question

    def _why_not(self) -> Question | None:
        """Return the question why a role is not in the result; which one, if that stays open."""
        asked = replace(self.parse, ranking=((topics.RECOMMEND, 1.0),))
        subjects = find(asked, self.focus.known(self.base), self.base)
        if subjects.roles:
            return Question(topics.RECOMMEND, roles=subjects.roles[:1])
        if not subjects.candidates and not subjects.things and not subjects.avoid:
            return None
        return Question(
            topics.CLARIFY,
            reason="which_role",
            wanted=topics.RECOMMEND,
            candidates=subjects.candidates,
        )

    def _has_result(self) -> bool:
        told = any(question.interview for question in self.focus.questions)
        return bool(self.state.answers) and (told or self.state.done(self.script))

    # What words that steer do.

    def _do(self, told: Command) -> Turn:
        doers: dict[str, Callable[[Command], Turn]] = {
            "skip": self._skip,
            "next": self._next,
            "keep": self._keep,
            "back": self._back,
            "stop": self._stop,
            "repeat": self._repeat,
            "why": self._why,
            "left": self._left,
            "result": self._show,
            "change": self._change,
            "again": self._again,
            "start": self._start,
            "resume": self._resume,
            "wanted": self._wanted,
        }
        return doers[told.name](told)

    def _skip(self, _: Command) -> Turn:
        return self._go_on({**self.state.answers, self.state.asked: (SKIPPED,)}, self.state.asked)

    def _next(self, told: Command) -> Turn:
        has_answer = self.state.asked in self.state.answers
        return self._keep(told) if has_answer else self._skip(told)

    def _keep(self, told: Command) -> Turn:
        if self.state.asked in self.state.answers:
            return self._go_on(self.state.answers, self.state.asked)
        return self._repeat(told)

    def _back(self, _: Command) -> Turn:
        place = self.script.order.index(self.state.asked)
        state = Interview(self.state.answers, self.script.order[max(place - 1, 0)])
        return Turn((self._say("ask" if place else "first", state),), state)

    def _stop(self, _: Command) -> Turn:
        return self._wait(self.state, "stopped")

    def _repeat(self, _: Command) -> Turn:
        return self._ask(self.state, self.state.asked)

    def _why(self, _: Command) -> Turn:
        return Turn((self._say("why", self.state),), self.state)

    def _left(self, _: Command) -> Turn:
        return Turn((self._say("left", self.state),), self.state)

    def _show(self, _: Command) -> Turn:
        return self._result(self.state.answers)

    def _change(self, told: Command) -> Turn:
        if told.question and told.choices:
            answers = {**self.state.answers, told.question: told.choices}
            return self._changed(answers, told.question)
        if told.question:
            return self._ask(self.state, told.question)
        state = Interview(self.state.answers, choosing=True)
        return Turn((self._say("choose", state),), state)

    def _changed(self, answers: Mapping[str, tuple[str, ...]], changed: str) -> Turn:
        """Go on where the interview was, once an answer has been changed in passing."""
        still_open = self.state.asked and self.state.asked != changed
        if still_open and self.state.asked not in answers:
            noted = tuple(f"{changed}={choice}" for choice in answers[changed])
            return self._ask(Interview(answers), self.state.asked, noted)
        return self._go_on(answers, changed)

    def _again(self, _: Command) -> Turn:
        return self._ask(Interview(), self.script.questions[0].id)

    def _start(self, told: Command) -> Turn:
        """Begin; what was said before about likes needs no asking."""
        if self.state.asked or (self.state.answers and not self.state.done(self.script)):
            return self._resume(told)
        liked = tuple(_liked(self.focus))
        if liked and not self.state.answers:
            first = self.script.questions[0].id
            return self._go_on({first: liked}, first)
        return self._again(told)

    def _resume(self, told: Command) -> Turn:
        if self.state.asked:
            return self._repeat(told)
        left = [key for key in self.script.order if key not in self.state.answers]
        return self._ask(self.state, left[0]) if left else self._result(self.state.answers)

    def _wanted(self, told: Command) -> Turn:
        """Somebody asks which job suits, and has told nothing."""
        return self._resume(told) if self.state.answers else self._again(told)

    # What is said.

    def _result(self, answers: Mapping[str, tuple[str, ...]], noted: tuple[str, ...] = ()) -> Turn:
        state = Interview(answers)
        question = Question(topics.RECOMMEND, interview=state.told, reason="result", noted=noted)
        return Turn((question,), state)

    def _ask(self, state: Interview, key: str, noted: tuple[str, ...] = ()) -> Turn:
        state = Interview(state.answers, key)
        return Turn((replace(self._say("ask", state), noted=noted),), state)

    def _say(self, reason: str, state: Interview) -> Question:
        return Question(
            topics.RECOMMEND,
            reason=reason,
            wanted=state.asked,
            interview=state.told,
            failures=state.misses,
        )


def is_about_the_interview(question: Question) -> bool:
    """Tell whether a question is the wish for advice without anything to go by, or an offer of it.

    The offers are "start", "resume" and "result".
    """
    if question.topic != topics.RECOMMEND or question.roles:
        return False
    told = question.things or question.avoid or question.interview or question.origin
    return not told or question.reason in topics.INTERVIEW_OFFERS


def _liked(focus: Focus) -> Iterator[str]:
    last = focus.last
    if not last or last.topic != topics.RECOMMEND:
        return
    for sign, things in (("+", last.things), ("-", last.avoid)):
        yield from (f"{sign}{thing.kind}/{thing.id}" for thing in things if thing.kind in OWN_WORDS)


def _choices(value: Any) -> tuple[str, ...]:
    known = isinstance(value, (list, tuple))
    return tuple(one for one in value if isinstance(one, str)) if known else ()


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
