"""Questions about getting from one job or trade to another, or from nothing into a job."""

from __future__ import annotations

from dataclasses import replace

from chatbot.dialogue import english, origin, phrases, topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Parse
from chatbot.dialogue.question import Question
from chatbot.dialogue.subjects import Subjects
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.names import HINT, OCCUPATION

# From this probability on a message that tells of somebody's past is off the subject all the same.
_SURE = 0.9
# Below this probability a message that tells of somebody's past asks what that leads to.
_HALF_SURE = 0.55
# A message that only names a trade has at most this many words.
_FEW_WORDS = 8
# Topics under which people ask for jobs in general, so that "for me" makes it advice.
_LISTS = (topics.LIST_GROUPS, topics.ROLES_IN_GROUP, topics.DEMAND, topics.GROUP_OVERVIEW)
# Questions for which a trade that somebody told of is remembered.
_REMEMBERED = 3
# How a message begins that goes on with the question before.
_FURTHER = ("and ", "but ", "ok and ")
_LOOSE = (
    *topics.SMALL_TALK,
    topics.OUT_OF_SCOPE,
    topics.FOLLOW_UP,
    topics.AFFIRM,
    topics.DENY,
)


def move(parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question | None:
    """Return the question of somebody who wants to get from one place to another, or None.

    Args:
        parse: the message.
        subjects: what it is about.
        focus: what was talked about before.
        base: the knowledge base.
    """
    if parse.intent == topics.CAREER_PATH:
        between = _between(parse, subjects)
        if between:
            return between
    further = _further(parse, subjects, focus)
    if further:
        return further
    wants_advice = parse.intent == topics.RECOMMEND
    start = origin.find(parse, base, asks_for_job=wants_advice and not subjects.groups_named)
    if parse.intent == topics.CAREER_PATH:
        return _way_in(start, parse, subjects, focus, base)
    if not start:
        return None
    if parse.intent == topics.SKILLS and phrases.tells_of_learning(parse.text):
        return _into(start, subjects, Focus(), base) if subjects.roles else None
    if wants_advice or _asks_advice(parse, subjects):
        return _advice(start, subjects, base)
    asked = _asks_of_it(parse)
    if start in base.occupations and _is_loose(parse, subjects) and not asked:
        return _loose(start, parse, subjects, focus, base)
    return None


def _way_in(
    start: str | None, parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase
) -> Question | None:
    """Return the question of a way into a role from the trade that a message tells of."""
    if _asks_of_it(parse) and not subjects.roles and not phrases.moves(parse.text):
        return None  # "by which steps does an accountant get promoted"
    if start and _names_own(parse):
        subjects = replace(subjects, candidates=())  # "former shop manager, what now?"
    told = None if subjects.groups_named else _told_before(parse, focus, base)
    return _into(start, subjects, focus, base) or _into(told, subjects, focus, base)


def _between(parse: Parse, subjects: Subjects) -> Question | None:
    """Return the question of one who names the job left and the job wanted."""
    if len(subjects.roles) != 2 or not subjects.named:
        return None
    spans = {i.value: (i.start, i.end) for i in reversed(parse.found) if i.kind == "role"}
    if not spans.keys() >= set(subjects.roles):
        return None  # one of them stands in no name of its own
    roles = tuple(sorted(subjects.roles, key=lambda role: spans[role]))
    way = phrases.moves_between(parse.text, spans[roles[0]], spans[roles[1]])
    if not way:
        return None
    roles = roles if way == "on" else roles[::-1]
    return Question(topics.CAREER_PATH, roles=roles, origin=roles[0])


def _further(parse: Parse, subjects: Subjects, focus: Focus) -> Question | None:
    """Return the question of one who names only another goal ("and to operations manager?")."""
    last = focus.last if focus.topic == topics.CAREER_PATH else None
    if not last or not last.origin or parse.intent != topics.FOLLOW_UP or not subjects.named:
        return None
    goals = tuple(role for role in subjects.roles if role != last.origin)
    if len(goals) != 1:
        return None
    start = (last.origin,) if last.origin == last.roles[0] and len(last.roles) > 1 else ()
    return Question(topics.CAREER_PATH, roles=(*start, *goals), origin=last.origin)


def _told_before(parse: Parse, focus: Focus, base: KnowledgeBase) -> str | None:
    """Return the trade that somebody told of a few questions ago, where they speak on."""
    recent = (question.origin for question in focus.questions[:_REMEMBERED])
    told = next((start for start in recent if start), None)
    goes_on = phrases.about_oneself(parse.text) or parse.text.lower().startswith(_FURTHER)
    return told if told in base.occupations and goes_on else None


def _names_own(parse: Parse) -> bool:
    """Tell whether the partial name of a job is that of one's own job."""
    hints = [item for item in parse.found if item.kind == HINT]
    return bool(hints) and all(origin.is_own(parse.text[: item.start]) for item in hints)


def _into(
    start: str | None, subjects: Subjects, focus: Focus, base: KnowledgeBase
) -> Question | None:
    """Return the question how one gets from somewhere into a role, or what is near."""
    if not start:
        return None
    if start in base.roles:
        told = () if subjects.named and subjects.roles != (start,) else subjects.described_roles
        goals = tuple(role for role in (*subjects.roles, *told) if role != start)
        if not goals:
            return None
        return Question(topics.CAREER_PATH, roles=(start, goals[0]), origin=start)
    goals = subjects.roles or subjects.described_roles[:1]
    pointed = subjects.points_back or subjects.occupation is None
    if not goals and pointed and not subjects.candidates and not subjects.groups:
        goals = focus.roles[:1]
    if goals:
        return Question(topics.CAREER_PATH, roles=goals[:1], origin=start)
    if subjects.candidates or subjects.groups:
        return None
    if subjects.guesses and not phrases.asks_which_job(subjects.text):
        return None
    return Question(topics.RECOMMEND, origin=start)


def _asks_advice(parse: Parse, subjects: Subjects) -> bool:
    return parse.intent in _LISTS and phrases.for_somebody(parse.text) and not subjects.named


def _advice(start: str, subjects: Subjects, base: KnowledgeBase) -> Question | None:
    """Return the question what suits somebody of a trade; a role they were in is no goal."""
    wanted = tuple(role for role in subjects.roles if role != start)
    if start in base.roles:
        if wanted:
            return Question(topics.CAREER_PATH, roles=(start, wanted[0]), origin=start)
        return Question(topics.RECOMMEND, roles=(start,), origin=start)
    if wanted:
        return Question(topics.CAREER_PATH, roles=wanted[:1], origin=start)
    if subjects.candidates:
        return None
    kinds = ("interest", "skill", "tool")
    things = tuple(thing for thing in subjects.things if thing.kind in kinds)
    groups = subjects.groups if subjects.groups_named else ()
    return Question(
        topics.RECOMMEND, groups=groups, things=things, avoid=subjects.avoid, origin=start
    )


def _is_loose(parse: Parse, subjects: Subjects) -> bool:
    """Tell whether a message only tells of somebody's past."""
    loose = parse.intent in _LOOSE or parse.confidence < _HALF_SURE
    talk = parse.intent in topics.SMALL_TALK and parse.intent != topics.GREET
    loose = loose and not (talk and parse.confidence >= _SURE)
    things = any(thing.kind != "interest" for thing in subjects.things)
    return loose and not _is_far(parse) and not (things or subjects.groups_named or subjects.people)


def _asks_of_it(parse: Parse) -> bool:
    """Tell whether the asking sentence itself names a job without an entry, and not one's own.

    "What does an HR manager do in a company" asks about that job, whoever asks it.
    """
    start = english.question_start(parse.text)
    named = any(item.kind == OCCUPATION and item.start >= start for item in parse.found)
    asking = parse.text[start:]
    goes_on = parse.intent == topics.FOLLOW_UP and english.goes_on(asking)
    asks = goes_on or (parse.intent in topics.ROLE_TOPICS and english.asks(asking))
    return named and asks and not phrases.about_oneself(asking)


def _is_far(parse: Parse) -> bool:
    """Tell whether a message is off the subject although it tells of a trade.

    "I was a cashier" looks like that as well, but is short and asks nothing.
    """
    of_oneself = phrases.about_oneself(parse.text)
    most = _FEW_WORDS if of_oneself else _FEW_WORDS // 2  # "cover letter for a warehouse job"
    long = parse.confidence >= _SURE and parse.words() > most
    asks = parse.confidence >= _HALF_SURE and english.asks(parse.text)
    return parse.intent == topics.OUT_OF_SCOPE and (long or asks)


def _loose(
    start: str, parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase
) -> Question | None:
    last = focus.last if focus.topic == topics.CAREER_PATH else None
    if last and len(last.roles) == 1 and not subjects.named:  # "and without experience?"
        return replace(last, origin=start, aspect="")
    if subjects.named:
        return None
    tells = phrases.about_oneself(parse.text) or not english.asks(parse.text)
    if parse.intent == topics.OUT_OF_SCOPE and not tells:
        return None
    return _advice(start, subjects, base)
