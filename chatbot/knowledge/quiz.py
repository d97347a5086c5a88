"""Quiz questions made of the knowledge base: a situation, and roles of which one acts in it.

Kinds, with the ids of their questions:
- `step/<process>/<number>`: who does this step;
- `late/<process>/<number>`: whose step was late, by what went wrong;
- `taker/<role>/<number>`, `giver/<role>/<number>`: who takes, or hands over, what a handover passes
  on (the number of a handover in the file of the role);
- `duty/<role>/<number>`: whose work this is.

Nothing is drawn at random: the order of the questions and of the options follows from a seed and
the ids, by SHA-256, so that a conversation can be replayed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from chatbot.knowledge import model, moments
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.graph import between

STEP, LATE, TAKER, GIVER, DUTY = moments.STEP, "late", "taker", "giver", moments.DUTY
_KINDS = {moments.STEP: (STEP, LATE), moments.PASS: (TAKER, GIVER), moments.DUTY: (DUTY,)}
# Options of a question, and the nearest roles among which the wrong ones are drawn.
OPTIONS, NEAR = 4, 8
# A role is not asked for again within so many questions, where others are left.
APART = 6
# A role whose own texts hold this share of the words of a situation might be right as well.
TOO_ALIKE = 0.5
# Letters by which words are compared, and the shortest word that tells something.
_STEM, _SHORTEST = 5, 4
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Item:
    """A quiz question.

    Args:
        id: its id.
        kind: one of the kinds above.
        role: id of the role that is right.
        asker: id of the role that the situation names, or an empty string.
        texts: what the situation tells, in the words of the knowledge base.
        process: the process of a step, with the number of the step from 1.
        number: see `process`.
        handover: what is passed on.
    """

    id: str
    kind: str
    role: str
    asker: str
    texts: tuple[str, ...]
    process: model.Process | None = None
    number: int = 0
    handover: model.Handover | None = None


def ids(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the id of every question there could be, with the role that is right."""
    for moment in moments.ids(base):
        below, entry, number = moments.split(moment)
        for kind in _KINDS[below]:
            yield f"{kind}/{entry}/{number}", _right(kind, entry, number, base)


@lru_cache(maxsize=1024)
def find(base: KnowledgeBase, key: str) -> Item | None:
    """Return the question with an id; None if there is none that can be asked.

    A question that says the name of the right role is not asked.
    """
    item = _item(base, key)
    return None if item is None or gives_away(item, base) else item


def gives_away(item: Item, base: KnowledgeBase) -> bool:
    """Tell whether the situation says a name of the right role."""
    text = " ".join(item.texts).lower()
    asker = f" {base.roles[item.asker].name.lower()}" if item.asker else ""
    aliases = base.roles[item.role].aliases
    names = (base.roles[item.role].name, *aliases.en, *aliases.short)
    said = any(re.search(rf"\b{re.escape(name.lower())}s?\b", text + asker) for name in names)
    return said or item.role == item.asker


@lru_cache(maxsize=32)
def order(base: KnowledgeBase, seed: str, scope: str = "") -> tuple[str, ...]:
    """Return the ids of the questions in the order in which they are asked.

    The kinds take turns as long as each has questions left, and the same role is not asked for
    again soon.

    Args:
        base: the knowledge base.
        seed: another seed, another order.
        scope: `group/<id>` for roles of a group, `process/<id>` for steps of a process, or empty.
    """
    found = [(key, role) for key, role in ids(base) if _in_scope(key, role, scope, base)]
    found.sort(key=lambda row: _digest(seed, row[0]))
    place: Counter[str] = Counter()
    turns = {}
    for key, _ in found:
        kind = key.split("/")[0]
        turns[key] = place[kind]
        place[kind] += 1
    found.sort(key=lambda row: turns[row[0]])
    return tuple(_apart(found))


def options(item: Item, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the role that is right among others that are near to it, in a fixed order."""
    return _options(base, item.id)


@lru_cache(maxsize=1024)
def _options(base: KnowledgeBase, key: str) -> tuple[str, ...]:
    item = _item(base, key)
    if item is None:
        return ()
    near = sorted(
        (role for role in base.roles if _may_be_wrong(role, item, base)),
        key=lambda role: (-_nearness(role, item, base), _digest(item.id, role)),
    )[:NEAR]
    near.sort(key=lambda role: _digest(item.id, role))
    chosen = (item.role, *near[: OPTIONS - 1])
    return tuple(sorted(chosen, key=lambda role: _digest(role, item.id)))


def _item(base: KnowledgeBase, key: str) -> Item | None:
    kind, entry, number = moments.split(key)
    below = next((one for one, kinds in _KINDS.items() if kind in kinds), "")
    moment = moments.find(base, f"{below}/{entry}/{number}")
    if moment is None:
        return None
    if moment.duty:
        return Item(key, kind, moment.role, "", (moment.duty,))
    if moment.process:
        told = _told(kind, moment)
        return Item(key, kind, moment.role, "", told, moment.process, moment.number)
    handover = moment.handover
    assert handover is not None  # a moment that is no step and no duty
    ends = (handover.receiver, handover.giver)
    role, asker = ends if kind == TAKER else ends[::-1]
    texts = (handover.what, handover.when, handover.then)
    return Item(key, kind, role, asker, texts, handover=handover)


def _told(kind: str, moment: moments.Moment) -> tuple[str, ...]:
    process, number = moment.process, moment.number
    assert process is not None  # only steps are told
    step = process.steps[number - 1]
    if kind == LATE:
        return (process.name, step.hands_on, step.if_late)
    before = process.steps[number - 2].hands_on if number > 1 else process.trigger
    return (process.name, before, step.does)


def _right(kind: str, entry: str, number: int, base: KnowledgeBase) -> str:
    if kind in (STEP, LATE):
        return base.processes[entry].steps[number - 1].role
    if kind == DUTY:
        return entry
    part = base.roles[entry].handovers[number - 1]
    return (part.to if kind == TAKER else part.from_) or entry


def _in_scope(key: str, role: str, scope: str, base: KnowledgeBase) -> bool:
    kind, _, wanted = scope.partition("/")
    if kind == "group":
        return base.roles[role].group == wanted
    if kind == "process":
        return key.startswith((f"{STEP}/{wanted}/", f"{LATE}/{wanted}/"))
    return True


def _apart(rows: list[tuple[str, str]]) -> list[str]:
    """Return the ids with each role put off that was asked for within the last few questions."""
    told: list[str] = []
    recent: list[str] = []
    waiting: list[tuple[str, str]] = []
    for row in rows:
        waiting.append(row)
        ready = next((one for one in waiting if one[1] not in recent), None)
        if ready:
            waiting.remove(ready)
            told.append(ready[0])
            recent = [*recent, ready[1]][-APART:]
    return told + [key for key, _ in waiting]


def _may_be_wrong(role: str, item: Item, base: KnowledgeBase) -> bool:
    """Tell whether a role may stand beside the right one without being right as well."""
    if role in (item.role, item.asker):
        return False
    asked = stems(" ".join(item.texts[-2:] if item.process else item.texts))
    most = TOO_ALIKE * len(asked)
    return all(len(asked & said) < most for said in _all_stems(base)[role])


@lru_cache(maxsize=2)
def _all_stems(base: KnowledgeBase) -> Mapping[str, tuple[frozenset[str], ...]]:
    """Return the stems of each text about each role."""
    return {role: tuple(stems(text) for text in _texts(role, base)) for role in base.roles}


def _texts(role: str, base: KnowledgeBase) -> Iterator[str]:
    """Yield what a role does, takes and hands on."""
    yield from base.roles[role].duties
    for edge in base.handovers_of.get(role, ()):
        yield f"{edge.what} {edge.then}" if edge.receiver == role else edge.what
    for process in base.processes.values():
        for step in process.steps:
            if step.role == role:
                yield f"{step.does} {step.hands_on}"


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words of a text that tell something."""
    words = _WORD.findall(text.lower())
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST)


def _nearness(role: str, item: Item, base: KnowledgeBase) -> int:
    """Return how near a role is to the right one: group, handovers, processes."""
    one, other = base.roles[role], base.roles[item.role]
    same_group = one.group is not None and one.group == other.group
    taking_part = {step.role for step in item.process.steps} if item.process else set()
    return 2 * same_group + len(between(base, role, item.role)) + 2 * (role in taking_part)


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\n".join(parts).encode("utf-8")).digest()
