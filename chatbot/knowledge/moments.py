"""Moments of the work at which one role acts: steps of processes, handovers and duties.

Each has an id of three parts, so that it can be kept in a slot and looked up without a table:
`step/<process>/<number>`, `pass/<role>/<number>` (the number of a handover in the file of the role)
and `duty/<role>/<number>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase

STEP, PASS, DUTY = "step", "pass", "duty"

_TO_TELL = (
    r"(?:call|ask|phone|ring|tell|contact|inform|alert|reach|warn|notify|message|text|e-?mail"
    r"|bother|ping|bug|consult"
    r"|(?:write|turn|go|talk|speak|run|complain|report|refer)(?: \w+)? (?:to|with))"
)
_I = r"(?:i|we|you|u|ya|one|they|he|she|somebody|someone)"
# "who do I call when the parcel is late", "whom to inform if ...", "the person to ask about ...".
_CALLS = re.compile(
    rf"\b(?:to )?who(?:m|se)? (?:do|does|did|should|shall|must|can|could|would|might|have) {_I} "
    rf"(?:have to |need to |got to |go and |best |better |first )*{_TO_TELL}\b(?: (?:up|in|first))?"
    rf"|\bwho(?:m|se)? (?:to|{_I}(?: should| must| can| could| need to| have to| do)?) {_TO_TELL}\b"
    rf"|\bthe (?:right )?(?:person|one|guy|role|job|post|colleague) (?:i should |we should |to )"
    rf"{_TO_TELL}\b"
    r"|\bwho(?:m|se)? (?:do|should|shall|must|can|would) i (?:turn|go|talk|speak|complain|write)\b",
    re.IGNORECASE,
)
_STEP_WORD = re.compile(r"\b(?:which |what )?(?:step|stage)s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Moment:
    """Something that is done by one role.

    Args:
        id: its id.
        role: id of the role that acts, for a handover the giver.
        texts: what tells it from other moments.
        process: the process of a step.
        number: the number of a step, from 1.
        handover: the handover, if it is one.
        duty: what the role does, if it is a duty.
    """

    id: str
    role: str
    texts: tuple[str, ...]
    process: model.Process | None = None
    number: int = 0
    handover: model.Handover | None = None
    duty: str = ""


def asks_whom_to_call(text: str) -> bool:
    """Tell whether a message asks to whom one turns in a situation."""
    return bool(_CALLS.search(text))


def asks_for_step(text: str) -> bool:
    """Tell whether a message speaks of a step of the work."""
    return bool(_STEP_WORD.search(text))


def situation(text: str) -> str:
    """Return what a message tells of the work, without "who do I call" and "which step"."""
    return _STEP_WORD.sub(" ", _CALLS.sub(" ", text))


def ids(base: KnowledgeBase) -> Iterator[str]:
    """Yield the ids of all moments, steps first."""
    for process in base.processes.values():
        yield from (f"{STEP}/{process.id}/{n}" for n in range(1, len(process.steps) + 1))
    for role in base.roles.values():
        yield from (f"{PASS}/{role.id}/{n}" for n in range(1, len(role.handovers) + 1))
        yield from (f"{DUTY}/{role.id}/{n}" for n in range(1, len(role.duties) + 1))


def find(base: KnowledgeBase, key: str) -> Moment | None:
    """Return the moment with an id, or None where there is no such moment (any more)."""
    kind, entry, number = split(key)
    if kind == STEP and entry in base.processes:
        process = base.processes[entry]
        return _step(key, process, number) if 1 <= number <= len(process.steps) else None
    if kind == PASS and entry in base.roles:
        parts = base.roles[entry].handovers
        return _pass(key, entry, parts[number - 1]) if 1 <= number <= len(parts) else None
    if kind == DUTY and entry in base.roles:
        duties = base.roles[entry].duties
        return _duty(key, entry, duties[number - 1]) if 1 <= number <= len(duties) else None
    return None


def split(key: str) -> tuple[str, str, int]:
    """Return the kind, the entry and the number that an id is made of; empty where it is none."""
    parts = key.split("/")
    if len(parts) != 3 or not (parts[2].isascii() and parts[2].isdigit()):
        return "", "", 0
    return parts[0], parts[1], int(parts[2])


def _step(key: str, process: model.Process, number: int) -> Moment:
    step = process.steps[number - 1]
    texts = (step.does, step.hands_on, step.if_late, f"{step.does} {step.hands_on} {step.if_late}")
    return Moment(key, step.role, texts, process, number)


def _duty(key: str, role: str, text: str) -> Moment:
    return Moment(key, role, (text,), duty=text)


def _pass(key: str, role: str, part: model.Pass) -> Moment:
    handover = model.Handover(
        giver=model.Id(part.from_ or role),
        receiver=model.Id(part.to or role),
        what=part.what,
        when=part.when,
        then=part.then,
    )
    return Moment(key, handover.giver, (f"{part.what} {part.when}",), handover=handover)
