"""From a parsed message and what was talked about to a question that can be answered.

The order: what is it about (`subjects`), what is asked (the intent, kept or changed by what was
talked about), and whether the two fit; where something is missing the result is a clarifying
question, never a guess about somebody else.
"""

from __future__ import annotations

from dataclasses import replace

from chatbot.dialogue import aspects, english, lens, moves, phrases, quizzing, topics, walking
from chatbot.dialogue.by_topic import (
    FIXERS,
    fit,
    of_kinds,
    topic_of_thing,
    unknown_role,
    which_role,
)
from chatbot.dialogue.described import REFERENCE, SHORT
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Parse
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.subjects import (
    ORDINAL,
    THING_KINDS,
    UNKNOWN_ROLE,
    UNKNOWN_THING,
    Subjects,
    find,
)
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.names import HINT, OCCUPATION, process_by_words

# Below this probability, and with nothing named, the bot asks instead of answering.
UNSURE = 0.4
# From this probability on a message asks its own question, however it begins.
SURE = 0.8
# From this probability on a message off the subject stays so even if it names a job.
VERY_SURE = 0.9
# Below this probability small talk is not taken for that.
HARDLY = 0.4
# What a topic that goes on with the conversation is likelier than by the message alone.
GOES_ON = 3.0
_NAMED = ("role", "group", HINT, OCCUPATION, *(kind for kind in THING_KINDS if kind != "interest"))
# A message that only names another subject has at most this many words.
FEW_WORDS = 8
# Below this probability a few words that name a subject are taken for no more than that.
HALF_SURE = 0.55
# From this probability on a topic of a role counts that a follow-up asks as well.
ASKED_BESIDE = 0.4
# Readings offered when the bot is unsure.
READINGS = 3

# The entity with the topic of a second question.
ALSO_ASKED = "also_asked"


def resolve_all(parse: Parse, focus: Focus, base: KnowledgeBase) -> tuple[Question, ...]:
    """Return what the message asks: one question, or two that it asks at once.

    Args:
        parse: what NLU found.
        focus: what was talked about before this message.
        base: the knowledge base.
    """
    first = resolve(parse, focus, base)
    parse = in_context(parse, focus.known(base))
    also = next(iter(parse.values(ALSO_ASKED)), None)
    if also not in FIXERS or first.topic != parse.intent or len(first.roles) > 1:
        return (first,)
    subjects = find(parse, focus, base)
    second = fit(also, subjects, focus.after(first, (), ()), base)
    return (first,) if second.topic in (topics.CLARIFY, first.topic) else (first, second)


def resolve(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question:
    """Return what the message asks.

    Args:
        parse: what NLU found.
        focus: what was talked about before this message.
        base: the knowledge base.
    """
    focus = focus.known(base)
    question = (
        quizzing.move(parse, focus, base)
        or walking.move(parse, focus, base)
        or _resolve(in_context(parse, focus), focus, base)
    )
    if question.topic == topics.QUIZ and question.quiz is None:  # an offer that was accepted
        return quizzing.start(parse, focus, base)
    if question.topic == topics.CLARIFY:
        question = quizzing.unclear(parse, focus, base) or question
    if question.topic == topics.CLARIFY:
        failed = focus.pending and focus.pending.topic == topics.CLARIFY
        failures = focus.pending.failures + 1 if focus.pending and failed else 1
        question = replace(question, failures=failures)
    return question


def in_context(parse: Parse, focus: Focus) -> Parse:
    """Return a message that names nothing with its topics ranked as the conversation suggests.

    Who has been talking about a job and says "and how does one start" asks about that job; the
    probabilities of the topics that go on with it are multiplied (a prior, as Bayes has it).
    """
    likely = _going_on(focus)
    off = parse.intent == topics.OUT_OF_SCOPE and parse.confidence >= HALF_SURE
    named = any(item.kind in (*_NAMED, ORDINAL) for item in parse.found)
    off = off or parse.confidence < _least(parse)  # too little to go on with
    off = off or (parse.has(REFERENCE, "group") and parse.intent in topics.GROUP_TOPICS)
    if not likely or named or off or parse.intent in topics.SMALL_TALK[:3]:
        return parse
    ranking = [(name, p * (GOES_ON if name in likely else 1.0)) for name, p in parse.ranking]
    return replace(
        parse, ranking=tuple(sorted(((n, min(p, 1.0)) for n, p in ranking), key=_chance))
    )


def _least(parse: Parse) -> float:
    """Return the probability below which a message is not understood; a lone word says little."""
    return HALF_SURE if parse.words() == 1 else UNSURE


def _chance(row: tuple[str, float]) -> float:
    return -row[1]


def _going_on(focus: Focus) -> tuple[str, ...]:
    """Return the topics that go on with what was talked about."""
    if focus.topic == topics.PROCESS and focus.last and focus.last.roles:
        return (focus.topic, *topics.ROLE_TOPICS)
    if focus.topic in (topics.PROCESS, topics.RECOMMEND):
        return (focus.topic,)
    if focus.topic in topics.GROUP_TOPICS:
        return topics.GROUP_TOPICS
    return topics.ROLE_TOPICS if focus.roles else ()


def _resolve(parse: Parse, focus: Focus, base: KnowledgeBase) -> Question:
    nothing = not any(letter.isalnum() for letter in parse.text)
    unknown = english.is_command(parse.text) and parse.confidence < VERY_SURE  # no button of ours
    if nothing or unknown:
        return Question(topics.CLARIFY, reason="empty")
    subjects = find(parse, focus, base)
    other = (
        aspects.find(parse, subjects, focus, base)
        or moves.move(parse, subjects, focus, base)
        or lens.through(parse, subjects, focus, base)
    )
    return other or _by_intent(parse, subjects, focus, base)


def _by_intent(parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    intent = parse.intent
    only_avoids = subjects.avoid and not (subjects.named or subjects.things)
    about_likes = focus.topic == topics.RECOMMEND or intent == topics.DENY
    if only_avoids and about_likes and not english.searches(parse.text):
        return fit(topics.RECOMMEND, subjects, focus, base)  # "but without coding"
    if intent in topics.SMALL_TALK and _is_small_talk(parse, subjects):
        return Question(intent)
    if intent in topics.SMALL_TALK and not subjects.named:
        intent = _likelier(parse)
    if intent == topics.AFFIRM and parse.confidence >= HALF_SURE:
        return _affirm(focus)
    vague = parse.confidence < UNSURE and not parse.found  # a follow-up of nothing
    follows = (topics.DENY, *topics.SMALL_TALK, *(() if vague else (topics.FOLLOW_UP,)))
    if intent in follows or _goes_on(parse, subjects, focus) or _only_names(parse):
        return _follow_up(parse, subjects, focus, base)
    if only_avoids and subjects.groups_named and intent in topics.GROUP_TOPICS:
        return fit(topics.ROLES_BY_SKILL, subjects, focus, base)  # "marketing jobs without numbers"
    puts_in = english.corrects(parse.text) and parse.words() <= SHORT
    again = english.same_again(parse.text) and intent != topics.COMPARE
    if (puts_in or again) and subjects.named and focus.last:
        return _follow_up(parse, subjects, focus, base)
    if intent == topics.OUT_OF_SCOPE:
        place = _place_in_list(parse, subjects, focus, base)
        return place or _out_of_scope(parse, subjects, base)
    if intent not in FIXERS or _is_unsure(parse, subjects):
        return _unsure(parse, subjects, focus, base)
    wants_more = parse.has(REFERENCE, "more") and not english.weighs(parse.text)
    detail = wants_more and bool(subjects.roles or focus.roles)
    question = replace(
        fit(_of_place(parse, subjects) or intent, subjects, focus, base), detail=detail
    )
    return _side(question, parse, focus)


def _of_place(parse: Parse, subjects: Subjects) -> str | None:
    if parse.intent == topics.COMPARE and english.is_together(parse.text):
        # "Tell me from both how they help each other."
        return topics.COLLABORATION if parse.confidence < HALF_SURE else None
    return _of_role(parse, subjects) or _of_group(parse, subjects)


def _place_in_list(
    parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase
) -> Question | None:
    """Return the question of a few words that point at a role of a list ("tell me abt nr 5")."""
    if not (parse.has(ORDINAL) and subjects.roles) or parse.words() > SHORT:
        return None
    two = topics.COMPARE if len(subjects.roles) > 1 else None
    return fit(two or _role_topic(parse) or topics.DUTIES, subjects, focus, base)


def _of_role(parse: Parse, subjects: Subjects) -> str | None:
    """Return what is asked of a role, named or pointed at, where that is all that is clear."""
    of_one = parse.intent == topics.COMPARE and len(subjects.roles) == 1
    others = of_one or parse.intent not in topics.ROLE_TOPICS
    pointed = parse.has(ORDINAL) and subjects.roles and others
    if not pointed and not (parse.intent in topics.GROUP_TOPICS and parse.has("role")):
        return None
    return _role_topic(parse) if parse.confidence <= HALF_SURE else None


def _of_group(parse: Parse, subjects: Subjects) -> str | None:
    """Return what is asked of a group of the last list, where only its place is clear."""
    pointed = parse.has(ORDINAL) and subjects.groups and not subjects.groups_named
    if not pointed or parse.intent in topics.GROUP_TOPICS or parse.confidence > HALF_SURE:
        return None
    return next((name for name, _ in parse.ranking if name in topics.GROUP_TOPICS), None)


def _role_topic(parse: Parse) -> str | None:
    """Return the likeliest topic of a single role."""
    single = (topic for topic in topics.ROLE_TOPICS if topic != topics.COMPARE)
    wanted = frozenset(single)
    return next((name for name, _ in parse.ranking if name in wanted), None)


def _is_small_talk(parse: Parse, subjects: Subjects) -> bool:
    """Tell whether what looks like small talk is that and no question about a job.

    "Have I reached the careers assistant?" holds a part of a job's name, and names none.
    """
    points = subjects.points_back or english.that_one(parse.text)
    if parse.intent == topics.HELP and points and parse.confidence < VERY_SURE:
        return False  # "which functions does it interface with"
    if parse.confidence >= VERY_SURE:
        return not (parse.has("role") or (parse.has(ORDINAL) and subjects.roles))
    return parse.confidence >= HARDLY and not subjects.named and not subjects.roles


def _side(question: Question, parse: Parse, focus: Focus) -> Question:
    """Return the question with the side of its topic that is asked about."""
    last = focus.last if focus.topic == question.topic and parse.words() <= SHORT else None
    goes_on = english.goes_on(parse.text) or not english.asks(parse.text)
    kept = last.aspect if last and goes_on else ""
    if question.topic == topics.CAREER_PATH and len(question.roles) == 1:
        onward = phrases.asks_onward(parse.text)
        return replace(question, aspect=topics.ONWARD if onward else kept)
    if question.topic == topics.COMPANY_EXAMPLE:
        return replace(question, aspect=topics.WHO if phrases.asks_who(parse.text) else kept)
    return question


def _likelier(parse: Parse) -> str:
    """Return what a message asks that only looks a little like small talk."""
    names = [name for name, _ in parse.ranking[:3] if name not in topics.SMALL_TALK]
    return next((name for name in names if name in (*FIXERS, topics.OUT_OF_SCOPE)), parse.intent)


def _goes_on(parse: Parse, subjects: Subjects, focus: Focus) -> bool:
    """Tell whether a message only puts another subject into the last question ("and Gree?")."""
    if not focus.last and not focus.pending:
        return False
    role = bool(subjects.named or subjects.described_roles)
    asked_back = focus.pending and focus.pending.topic == topics.CLARIFY and focus.pending.wanted
    if asked_back and role and parse.words() <= 2 * SHORT:
        return parse.confidence < SURE or not english.asks(parse.text)
    if parse.words() > FEW_WORDS or parse.confidence >= SURE:
        return False
    named = role or subjects.groups_named or subjects.things or subjects.people
    unsure = parse.confidence < HALF_SURE and parse.words() <= SHORT
    begins = english.goes_on(parse.text) or (unsure and not english.asks(parse.text))
    return bool(named) and begins


def _only_names(parse: Parse) -> bool:
    """Tell whether a message is nothing but a name ("ROI?", "the warehouse manager")."""
    kinds = ("role", "group", *THING_KINDS)
    names = [item for item in parse.found if item.kind in kinds and item.kind != "interest"]
    if parse.intent in topics.SMALL_TALK or len({item.start for item in names}) != 1:
        return False
    letters = list(parse.text)
    for item in names:
        letters[item.start : item.end] = " " * (item.end - item.start)
    return english.words("".join(letters)) <= english.EMPTY


def _is_unsure(parse: Parse, subjects: Subjects) -> bool:
    named = subjects.named or subjects.groups or subjects.things or subjects.occupation
    pointed = parse.has(ORDINAL) and subjects.roles
    return parse.confidence < _least(parse) and not (named or pointed)


def _unsure(parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    """Ask what is meant, unless somebody is described: then it is about that job."""
    if subjects.described_roles and not subjects.things:
        return _follow_up(parse, subjects, focus, base)
    readings = tuple(name for name, _ in parse.ranking if name in FIXERS)[:READINGS]
    return Question(topics.CLARIFY, reason="unsure", candidates=readings, roles=subjects.roles[:1])


def _affirm(focus: Focus) -> Question:
    return focus.offers[0] if focus.offers else Question(topics.HELP)


def _out_of_scope(parse: Parse, subjects: Subjects, base: KnowledgeBase) -> Question:
    """Decline, and say so where it is a job without an entry rather than another subject."""
    process = process_by_words(parse.text, base) if parse.words() == 1 else None
    if process:
        return Question(topics.PROCESS, things=(Thing("process", process),))
    second = parse.ranking[1][0] if len(parse.ranking) > 1 else ""
    asks_for_role = second in topics.ROLE_TOPICS or parse.has(UNKNOWN_ROLE)
    sure = parse.confidence >= VERY_SURE  # "what do pickers get paid"
    if subjects.occupation and asks_for_role and not sure and not parse.has(UNKNOWN_THING):
        return unknown_role(subjects)
    return Question(topics.OUT_OF_SCOPE)


def _follow_up(parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question:
    """Resolve a message that names a subject, a place in a list or "more", but no topic."""
    if focus.topic == topics.PROCESS and not subjects.named:
        other = process_by_words(parse.text, base)
        if other:
            return Question(topics.PROCESS, things=(Thing("process", other),))
    if _goes_back(parse) and not subjects.named and not subjects.described_roles:
        return focus.past[0] if focus.past else Question(topics.HELP)
    if subjects.occupation:
        return unknown_role(subjects)
    named = subjects.named or subjects.roles or subjects.groups or subjects.things
    if not (named or subjects.described_roles or subjects.people):
        return _nothing_named(parse, focus)
    if _corrects_pair(parse, subjects, focus):
        return Question(topics.COMPARE, roles=(_kept_of_pair(parse, focus), *subjects.roles))
    topic = _asked_beside(parse, subjects, focus) or _kept_topic(parse, subjects, focus)
    question = fit(topic, subjects, Focus() if subjects.named else focus, base)
    return _side(replace(question, detail=parse.has(REFERENCE, "more")), parse, focus)


def _asked_beside(parse: Parse, subjects: Subjects, focus: Focus) -> str | None:
    """Return the topic that a message which points at a role also asks ("n her career")."""
    asks_on = parse.intent == topics.FOLLOW_UP or english.corrects(parse.text)
    searched = focus.topic == topics.ROLES_BY_SKILL and subjects.things  # "and SQL?"
    if subjects.named or searched or not asks_on or len(parse.ranking) < 2:
        return None
    name, chance = parse.ranking[1]
    return name if name in topics.ROLE_TOPICS and chance >= ASKED_BESIDE else None


def _goes_back(parse: Parse) -> bool:
    """Tell whether a message returns to the question before ("back", "the previous one please")."""
    few = parse.words() < SHORT // 2 and parse.has(REFERENCE, "back")
    return few or english.goes_back(parse.text)


def _corrects_pair(parse: Parse, subjects: Subjects, focus: Focus) -> bool:
    """Tell whether one of two compared roles is replaced ("no, pre-sales, not in-sale")."""
    asked = parse.intent == topics.DENY and focus.topic == topics.COMPARE
    new = len(subjects.roles) == 1 and subjects.roles[0] not in focus.roles
    return asked and new and len(focus.roles) == 2


def _kept_of_pair(parse: Parse, focus: Focus) -> str:
    """Return the compared role that stays: not the one denied, or else the first."""
    denied = parse.values("role")
    return next((role for role in focus.roles if role not in denied), focus.roles[0])


def _nothing_named(parse: Parse, focus: Focus) -> Question:
    if parse.intent == topics.DENY:
        return Question(topics.CLARIFY, reason="denied")
    if focus.pending and focus.pending.wanted and focus.pending.topic == topics.CLARIFY:
        return focus.pending  # not answered yet: ask once more
    if parse.has(ORDINAL):  # a place in a list that has no such place
        return which_role(focus.topic or topics.DUTIES, focus.shown)
    if parse.has(REFERENCE, "more") and focus.last:
        return replace(focus.last, detail=True)
    return focus.last or Question(topics.CLARIFY, reason="unsure")


def _kept_topic(parse: Parse, subjects: Subjects, focus: Focus) -> str:
    """Return the topic of a message that names only its subject."""
    if focus.pending and focus.pending.wanted:
        return focus.pending.wanted
    named = bool(subjects.roles or subjects.candidates)
    person = parse.has(REFERENCE, "person") or focus.topic in topics.ROLE_TOPICS
    is_role = named or bool(subjects.described_roles and (person or not subjects.things))
    if subjects.people is not None and not named:
        return topics.DIVISION_OF_LABOUR
    introduces = english.introduces(parse.text)
    if subjects.groups_named and focus.topic in topics.GROUP_TOPICS and not named:
        return focus.topic
    if is_role and focus.topic in topics.ROLE_TOPICS and not introduces:
        one_to_two = focus.topic == topics.COMPARE and len(subjects.roles) == 1
        return topics.DUTIES if one_to_two else focus.topic
    if is_role:
        return topics.DUTIES
    if subjects.groups:
        at_work = focus.topic == topics.COLLABORATION and focus.groups
        same = focus.topic in topics.GROUP_TOPICS or at_work
        return focus.topic if same else topics.GROUP_OVERVIEW
    if focus.topic == topics.COMPANY_EXAMPLE and of_kinds(subjects, "company"):
        return focus.topic
    kind = subjects.things[0].kind
    if kind in ("skill", "tool") and english.tells_own(parse.text):
        return topics.ROLES_BY_SKILL  # "I know Photoshop and Excel"
    return topic_of_thing(kind, focus)
