"""Questions that look at a topic from another side: what if somebody is late, an example, the other
way round, and what somebody still has to learn.

They are told by their words (`english`) and not by the classifier, since they mean something only
together with what they name or with what was talked about.
"""

from __future__ import annotations

from dataclasses import replace

from chatbot.dialogue import english, topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Parse
from chatbot.dialogue.question import EXAMPLE, GAP, LATE, Question, Thing
from chatbot.dialogue.subjects import Subjects
from chatbot.knowledge.base import KnowledgeBase

# A message that asks for an example, or why, of what was told has at most this many words.
_FEW_WORDS = 9
# Topics on which somebody may already have said what they know.
_KNOWN = (topics.ROLES_BY_SKILL, topics.RECOMMEND)
# What somebody can be said to know.
_KNOWABLE = ("skill", "tool")


def find(parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question | None:
    """Return the question that a message asks in one of these ways, or None.

    Args:
        parse: the message.
        subjects: what it is about.
        focus: what was talked about before.
        base: the knowledge base.
    """
    if not subjects.roles:  # "if the buyer is late" means no customer
        named = tuple(role for role in parse.values("role") if role in base.roles)
        subjects = replace(subjects, roles=named, named=subjects.named or bool(named))
    return (
        _late(parse, subjects, focus)
        or _gap(parse, subjects, focus)
        or _of_what_was_told(parse, subjects, focus)
    )


def _late(parse: Parse, subjects: Subjects, focus: Focus) -> Question | None:
    if not english.asks_late(parse.text) or subjects.occupation:
        return None
    if not subjects.roles:
        return _late_again(subjects, focus)
    late = _who_is_late(parse, subjects.roles)
    others = [role for role in subjects.roles if role != late]
    if not others and late in focus.roles and focus.topic in (topics.COLLABORATION, topics.COMPARE):
        others = [role for role in focus.roles if role != late]
    return Question(topics.COLLABORATION, roles=(late, *others[:1]), aspect=LATE)


def _late_again(subjects: Subjects, focus: Focus) -> Question | None:
    """Return the question about somebody talked about ("what if she is late"), if it is that."""
    told = _told(focus)
    about_work = told and told.roles and told.topic in topics.ROLE_TOPICS
    if (
        focus.topic == topics.PROCESS
        or not about_work
        or not (subjects.points_back or subjects.points_at_both)
    ):
        return None
    return Question(topics.COLLABORATION, roles=focus.roles[:2], aspect=LATE)


def _who_is_late(parse: Parse, roles: tuple[str, ...]) -> str:
    """Return the role that stands nearest before "late", or before "keeps ... waiting"."""
    end = english.place_of_late(parse.text)
    named = [i for i in parse.found if i.value in roles and i.start < end]
    return max(named, key=lambda item: item.start).value if named else roles[0]


def _told(focus: Focus) -> Question | None:
    """Return the last question about jobs or groups; one about something else may lie between."""
    return next((q for q in focus.questions[:2] if q.roles or q.groups), focus.last)


def _gap(parse: Parse, subjects: Subjects, focus: Focus) -> Question | None:
    learns = parse.intent == topics.CAREER_PATH and english.learns(parse.text)
    about_change = parse.intent == topics.SKILLS or learns
    moves = about_change and len(subjects.roles) == 2 and english.moves(parse.text)
    if not (moves or english.asks_gap(parse.text)) or parse.intent == topics.OUT_OF_SCOPE:
        return None
    things = tuple(thing for thing in subjects.things if thing.kind in _KNOWABLE)
    if not things and focus.topic in _KNOWN and focus.last:
        things = tuple(thing for thing in focus.last.things if thing.kind in _KNOWABLE)
    elif things and not english.tells_own(parse.text):
        things = ()
    roles = _start_and_target(parse, subjects, focus)
    if len(roles) > 1 or (roles and things):
        return Question(topics.SKILLS, roles=roles, things=things, aspect=GAP)
    return None


def _start_and_target(parse: Parse, subjects: Subjects, focus: Focus) -> tuple[str, ...]:
    """Return the role that somebody does, if that is told, and the one that is wanted."""
    roles = subjects.roles[:2]
    if len(roles) > 1:
        wanted = [role for role in roles if _is_wanted(role, parse)]
        return roles[::-1] if wanted == [roles[0]] else roles
    told = _told(focus)
    beside = told and told.topic in (topics.COMPARE, topics.SKILLS) and len(focus.roles) > 1
    if beside and not roles:
        return focus.roles[:2]
    if beside and roles[0] in focus.roles:
        return (*(role for role in focus.roles[:2] if role != roles[0]), roles[0])
    return roles or (focus.roles if len(focus.roles) == 1 else ())


def _is_wanted(role: str, parse: Parse) -> bool:
    starts = [item.start for item in parse.found if item.value == role]
    return bool(starts) and english.leads_to(parse.text[: min(starts)])


def _of_what_was_told(parse: Parse, subjects: Subjects, focus: Focus) -> Question | None:
    """Return the last question seen from another side ("and the other way round?")."""
    last = _told(focus)
    if last and _turns_to_group(subjects, last) and parse.words() <= _FEW_WORDS:
        groups = (*(last.groups[:1] if not last.roles else ()), *subjects.groups[:1])
        return Question(topics.COLLABORATION, roles=last.roles, groups=tuple(dict.fromkeys(groups)))
    named = subjects.named or subjects.groups_named or _named_things(subjects.things)
    if last is None or named or parse.words() > _FEW_WORDS:
        return None
    if english.turns_round(parse.text) and max(len(last.roles), len(last.groups)) > 1:
        return replace(last, roles=last.roles[::-1], groups=last.groups[::-1], detail=False)
    about_people = last.topic == topics.COLLABORATION and last.roles
    if about_people and english.asks_example(parse.text):
        return replace(last, groups=(), aspect=EXAMPLE, detail=False)
    if about_people and english.asks_why(parse.text):
        return replace(last, groups=(), aspect=LATE, detail=False)
    return None


def _turns_to_group(subjects: Subjects, last: Question) -> bool:
    """Tell whether a message asks what what was told has to do with a group."""
    about_one = last.topic == topics.COLLABORATION and len(last.roles) < 2
    return about_one and subjects.groups_named and english.begins_with_with(subjects.text)


def _named_things(things: tuple[Thing, ...]) -> bool:
    return any(thing.kind != "interest" for thing in things)
