"""Which roles, groups and things a message is about, by name or by pointing back."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.dialogue import described, english
from chatbot.dialogue.described import REFERENCE, SHORT
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Thing
from chatbot.dialogue.topics import (
    CAREER_PATH,
    COLLABORATION,
    COMPARE,
    DEFINE,
    DENY,
    DUTIES,
    FOLLOW_UP,
    GROUP_OF_ROLE,
    GROUP_OVERVIEW,
    LIST_GROUPS,
    PROCESS,
    RECOMMEND,
    ROLE_TOPICS,
    ROLES_BY_SKILL,
    ROLES_IN_GROUP,
    SKILLS,
    TOOLS,
)
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.graph import between, roles_in_group
from chatbot.knowledge.names import CUSTOMERS, HINT, OCCUPATION, ROLE_WORD, are_dealt_with

THING_KINDS = (
    "skill",
    "tool",
    "term",
    "process",
    "company",
    "business_model",
    "shop_size",
    "interest",
)
# What somebody may not want in a job.
_AVOIDABLE = ("skill", "tool", "interest")
ORDINAL = "ordinal"
# The value of "the middle one"; others are numbers, from the end if negative.
MIDDLE = "middle"
UNKNOWN_ROLE, UNKNOWN_THING = "unknown_role", "unknown_thing"
# Topics that ask for no job, so that one named in a story before is not asked about.
_WITHOUT_ROLE = (
    PROCESS,
    RECOMMEND,
    LIST_GROUPS,
    ROLES_BY_SKILL,
    ROLES_IN_GROUP,
    GROUP_OVERVIEW,
    DEFINE,
)
# Topics about one job: that of the question, if it names one, and not one of the story before.
_OF_ONE = (DUTIES, SKILLS, TOOLS, GROUP_OF_ROLE)


@dataclass(frozen=True)
class Subjects:
    """What a message is about.

    Args:
        roles: role ids that the message names or points at.
        named: whether the roles (or candidates) stand in the message itself.
        candidates: role ids among which a partial name leaves the choice.
        pair: role ids of a question about two jobs, in the order of the message: named, meant by a
            short form, or described.
        groups: group ids that the message names or points at.
        groups_named: whether the groups stand in the message itself.
        things: other entries that it names.
        described_roles: role ids that it describes without naming any.
        guesses: role ids that it may describe, the likeliest first, to be asked about.
        described_things: skills, tools, terms or processes that it describes.
        guessed_skills: skills that it may describe, the likeliest first.
        avoid: things that it says are not wanted.
        occupation: a job or thing it names for which there is no entry.
        nearest: roles to offer for that job.
        people: number of people in the shop.
        text: the message.
        points_back: whether it says "it", "that job" and the like.
        points_at_both: whether it says "both", "these two" and the like.
        person: whether it says "the person who" and the like.
        joined: whether the role it names is put beside another ("with the buyer").
        role_words: roles whose short forms it says ("wechat").
    """

    roles: tuple[str, ...] = ()
    named: bool = False
    candidates: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    groups_named: bool = False
    things: tuple[Thing, ...] = ()
    described_roles: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    described_things: tuple[Thing, ...] = ()
    guessed_skills: tuple[str, ...] = ()
    avoid: tuple[Thing, ...] = ()
    occupation: str | None = None
    nearest: tuple[str, ...] = ()
    people: int | None = None
    text: str = ""
    points_back: bool = False
    points_at_both: bool = False
    person: bool = False
    joined: bool = False
    role_words: tuple[str, ...] = ()


def find(parse: Parse, focus: Focus, base: KnowledgeBase) -> Subjects:
    """Return what a message is about.

    Args:
        parse: the message.
        focus: what was talked about before.
        base: the knowledge base; entity values that are not in it are left out.
    """
    groups = tuple(value for value in parse.values("group") if value in base.groups)
    roles, candidates = _by_name(parse, focus, groups, base)
    if not roles and not candidates and not groups:
        roles, candidates = _by_part(parse, focus, base)
    if not roles and english.leads(parse.text) and not parse.has("role"):
        group = groups or _groups_talked_about(focus, base)
        heads = _heads_of(group[0], base) if len(group) == 1 else ()
        roles, candidates = (heads, candidates) if len(heads) == 1 else ((), candidates or heads)
    if not roles and not candidates:
        roles = _in_charge(parse, base)
    offered = _of_those_offered(parse, focus, roles, base)
    roles, candidates = (offered, ()) if offered else (roles, candidates)
    named = bool(roles or candidates)
    if not named:
        roles = _by_pointing(parse, focus)
    told = described.roles(parse, focus, candidates, base) if len(roles) < 2 else ()
    occupation, nearest = _unknown(parse, base) if not named else (None, ())
    if occupation and _is_beside(parse) and described.is_plain(parse, told):
        occupation, nearest = None, ()
    things, avoid = _things(parse, base)
    known = tuple(role for role in roles if role in base.roles)
    return Subjects(
        roles=known,
        named=named,
        candidates=candidates,
        pair=_pair(parse, known, candidates, () if occupation else told, base),
        groups=groups or _groups_by_pointing(parse, focus, base),
        groups_named=bool(groups),
        things=things,
        described_roles=told if not roles else (),
        guesses=described.guesses(parse, base),
        described_things=described.things(parse, base),
        guessed_skills=described.skills(parse, base),
        avoid=avoid,
        occupation=occupation,
        nearest=nearest,
        people=english.people(parse.text),
        text=parse.text,
        points_back=_points_back(parse),
        points_at_both=parse.has(REFERENCE, "both") or english.he_and_i(parse.text),
        person=parse.has(REFERENCE, "person"),
        joined=_is_joined(parse, told),
        role_words=tuple(dict.fromkeys(_role_words(parse, base))),
    )


def _points_back(parse: Parse) -> bool:
    """Tell whether a message says "it", "that job" and the like."""
    it = parse.has(REFERENCE, "it") or english.this_job(parse.text)
    return it or english.ends_with_that(parse.text)


def _in_charge(parse: Parse, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the role whose short form is what somebody is in charge of ("the warehouse")."""
    found = [
        item.value
        for item in parse.found
        if item.kind == ROLE_WORD and item.value in base.roles
        if english.is_in_charge(parse.text[: item.start])
    ]
    return tuple(found) if len(found) == 1 else ()


def _is_beside(parse: Parse) -> bool:
    """Tell whether a job without an entry is named as one deals with ("books the couriers")."""
    named = [item for item in parse.found if item.kind == OCCUPATION]
    return bool(named) and all(
        parse.text[item.start : item.end].lower().endswith("s")
        or english.describes_somebody(parse.text[: item.start])
        or item.end <= english.place_of_somebody(parse.text)
        for item in named
    )


def _is_joined(parse: Parse, told: tuple[str, ...]) -> bool:
    """Tell whether the first role that a message names or describes stands behind a "with"."""
    kinds = ("role", HINT, ROLE_WORD)
    named = next((item for item in parse.found if item.kind in kinds), None)
    if named:
        before = parse.text[: named.start]
        return english.joins(before) and not english.begins(before)
    return any(not _is_weak(role, parse) for role in told)


def _pair(
    parse: Parse,
    named: tuple[str, ...],
    candidates: tuple[str, ...],
    told: tuple[str, ...],
    base: KnowledgeBase,
) -> tuple[str, ...]:
    """Return the roles of a question about two jobs, as far as the message tells."""
    if parse.intent == COMPARE:
        listed = _listed_words(parse, base)
        if len({*named, *listed}) > 2:  # "compare sem, weibo and wechat people"
            all_named = dict.fromkeys((*named, *listed))
            return tuple(sorted(all_named, key=lambda role: _place(parse, role)))
    if len(named) > 1 or parse.intent not in (COMPARE, COLLABORATION):
        return named
    found = dict.fromkeys(named)
    if len(found) == 1:
        found |= dict.fromkeys(_partner(named[0], candidates or _open_hint(parse), parse, base))
    found |= dict.fromkeys(role for role in _role_words(parse, base) if len(found) < 2)
    most = 1 if _asks_openly(parse) and (found or english.asks_with_whom(parse.text)) else 2
    for role in told:
        if len(found) < most and (len(found) != 1 or not _is_weak(role, parse)):
            found[role] = None
    places = {role: _place(parse, role) for role in found}
    return tuple(sorted(found, key=places.__getitem__)[:2] if len(found) > 1 else found)


def _asks_openly(parse: Parse) -> bool:
    """Tell whether a message asks with whom somebody works, and describes no second one."""
    if parse.intent != COLLABORATION:
        return False
    somebody = parse.has(REFERENCE, "person") or english.describes_somebody(parse.text)
    return english.asks_with_whom(parse.text) or not somebody


def _is_weak(role: str, parse: Parse) -> bool:
    """Tell whether a description is too unsure to put a second role beside a named one."""
    least = described.SECOND_OF_TWO if parse.intent == COMPARE else described.SECOND_AT_WORK
    return not any(described.is_worth(guess, least) for guess in parse.found if guess.value == role)


def _place(parse: Parse, role: str) -> int:
    """Return where a message speaks of a role, for their order."""
    starts = [
        item.start
        for item in parse.found
        if item.value == role or (item.kind == HINT and role in item.candidates)
    ]
    return min(starts, default=len(parse.text))


def _open_hint(parse: Parse) -> tuple[str, ...]:
    """Return the candidates of a partial name that stands beside a full one."""
    return next((item.candidates for item in parse.found if item.kind == HINT), ())


def _partner(
    role: str, candidates: tuple[str, ...], parse: Parse, base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the candidate that goes with a named role: who works with it, or of its group."""
    others = [key for key in candidates if key != role and key in base.roles]
    if role in candidates or not others:
        return ()
    ties = {key: len(between(base, role, key)) for key in others}
    most = max(ties.values())
    if parse.intent == COLLABORATION and most:
        others = [key for key in others if ties[key] == most]
    else:
        group = base.roles[role].group
        others = [key for key in others if base.roles[key].group == group] or others
    return tuple(others) if len(others) == 1 else ()


def _role_words(parse: Parse, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the roles whose short forms a message says outside of full names ("sem vs weibo")."""
    full = [(item.start, item.end) for item in parse.found if item.kind == "role"]
    return tuple(
        item.value
        for item in parse.found
        if item.kind == ROLE_WORD and item.value in base.roles
        if not any(start < item.end and item.start < end for start, end in full)
    )


def _listed_words(parse: Parse, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the roles whose short forms stand in a list of several ("sem, weibo and wechat")."""
    listed = {
        item.value
        for item in parse.found
        if item.kind == ROLE_WORD and english.is_listed(parse.text, item.start, item.end)
    }
    return tuple(role for role in _role_words(parse, base) if role in listed)


def _by_name(
    parse: Parse, focus: Focus, groups: tuple[str, ...], base: KnowledgeBase
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the roles that names and partial names stand for, or candidates if all stay open."""
    roles: list[str] = []
    open_candidates: tuple[str, ...] = ()
    for item in parse.found:
        if _is_not_meant(item, parse, focus) or _is_aside(item, parse, base):
            continue
        if item.kind in ("role", HINT) and (_is_of_story(item, parse) or _is_team(item, parse)):
            continue
        if item.kind == "role" and item.value in base.roles:
            if not _is_dealt_with(item, parse):
                roles.append(item.value)
        elif item.kind == HINT:
            chosen = _narrow(item, parse, focus, groups, base)
            roles += chosen if len(chosen) == 1 else ()
            open_candidates = open_candidates or (chosen if len(chosen) > 1 else ())
    if not roles:
        roles += _by_short_form(parse, focus, base)
    return tuple(dict.fromkeys(roles)), () if roles else open_candidates


def _by_short_form(parse: Parse, focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the role whose short form a message says where it means the role ("and wechat?")."""
    said = tuple(role for role in _role_words(parse, base) if not _is_rejected(role, parse))
    offered = focus.pending.candidates if focus.pending else ()
    among = tuple(role for role in said if role in offered)
    if among and parse.words() <= 2 * SHORT:
        return among[:1]
    return said[:1] if _about_roles(parse, focus) else ()


def _is_rejected(role: str, parse: Parse) -> bool:
    """Tell whether a short form stands for what is not meant ("not warehouse, logistics!")."""
    starts = [item.start for item in parse.found if item.value == role and item.kind == ROLE_WORD]
    denied = (english.is_denied(parse.text[:start]) for start in starts)
    return parse.intent == DENY and bool(starts) and all(denied)


def _is_not_meant(item: Found, parse: Parse, focus: Focus) -> bool:
    """Tell whether a named job is rejected ("not in-sale") or was had before by somebody."""
    before = parse.text[: item.start]
    if parse.intent == DENY and english.is_denied(before):
        return True
    once = english.was_once(before, parse.text[item.end :])
    return once and bool(focus.roles) and parse.has(REFERENCE, "it")


def _is_aside(item: Found, parse: Parse, base: KnowledgeBase) -> bool:
    """Tell whether a part of a name is said in passing where another job is named in full."""
    of_two = parse.intent in (COMPARE, COLLABORATION)
    if item.kind == HINT and parse.intent in _WITHOUT_ROLE:
        own = english.is_background(parse.text[: item.start])
        if own and item.start < english.question_start(parse.text) + len(parse.text) // 2:
            return True  # "having served as a supply officer, I wonder what ... is for"
    if item.kind != HINT or of_two:
        return False
    otherwise = english.is_said_otherwise(parse.text, item.start)
    if english.is_joined(parse.text, item.start, item.end) and not otherwise:
        return False
    return any(one.kind == "role" and one.value in base.roles for one in parse.found)


def _is_of_story(item: Found, parse: Parse) -> bool:
    """Tell whether a job is named in what a story tells before it asks about something else.

    "I went out with a planner. How does a sale run, from the first idea to the last parcel?"
    """
    start = english.question_start(parse.text)
    if item.start >= start or parse.intent not in _WITHOUT_ROLE + _OF_ONE:
        return False
    asked = [one for one in parse.found if one.start >= start]
    if any(one.kind == REFERENCE and one.value == "it" for one in asked):
        return False
    return parse.intent in _WITHOUT_ROLE or any(one.kind == "role" for one in asked)


def _is_team(item: Found, parse: Parse) -> bool:
    """Tell whether a name stands for the people of a group, to which another may belong.

    "Is a webmaster one of the technicians or of the operations people?"
    """
    name = parse.text[item.start : item.end].lower()
    if parse.intent != GROUP_OF_ROLE or not name.endswith(("s", "people", "ppl", "staff", "folk")):
        return False
    others = (ROLE_WORD,) if item.kind == "role" else ("role", ROLE_WORD)
    before = (one for one in parse.found if one.end <= item.start and one.kind in (*others, "role"))
    return any(one.value != item.value for one in before)


def _is_dealt_with(item: Found, parse: Parse) -> bool:
    """Tell whether a named job is only what a described one deals with ("trains the agents").

    "Buyers" may also be those who shop, as in a process.
    """
    name = parse.text[item.start : item.end].lower()
    customers = name in CUSTOMERS
    beside = any(one.kind == "role" and one.value != item.value for one in parse.found)
    if name == "buyers" and english.says_who(parse.text[: item.start]):
        return True  # "the girl who looks after buyers while they pay"
    if customers and (parse.intent == PROCESS or (beside and parse.intent in _OF_ONE)):
        return True  # "which programs does an agent use to talk with a buyer"
    person = any(
        one.kind == REFERENCE and one.value == "person" and one.end <= item.start
        for one in parse.found
    )
    dealt = (person and name.endswith("s")) or are_dealt_with(parse.text[: item.start], name)
    if not customers and not dealt:
        return False
    if parse.has(REFERENCE, "both"):
        return False  # "the CRM specialist and the reps: what do those two ..."
    if customers and not person and parse.intent == COLLABORATION:
        return False  # "what do the buyer and the marketing people give each other"
    if dealt and beside and parse.intent in (*_OF_ONE, CAREER_PATH):
        return True  # "the team leader of our chat agents"
    dealt = dealt or (customers and english.says_who(parse.text[: item.start]))
    others = [g for g in parse.found if g.kind == described.ROLE and g.value != item.value]
    least = described.TAKEN_PERSON if dealt else described.TAKEN_OVER_FOCUS
    return any(described.is_worth(guess, least) for guess in others)


def _about_roles(parse: Parse, focus: Focus) -> bool:
    """Tell whether a short form ("and wechat?") can only mean a role here."""
    if focus.pending and focus.pending.candidates:
        return parse.words() <= SHORT
    return parse.intent in (FOLLOW_UP, DENY) and focus.topic in ROLE_TOPICS


def _narrow(
    hint: Found, parse: Parse, focus: Focus, groups: tuple[str, ...], base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the candidates that fit what was offered, said and talked about, in this order."""
    # "Such a rep", after the sales representative, who is not among the likeliest.
    called_so = (r for r in focus.roles if english.words(hint.value) <= _name_words(r, base))
    known = (role for role in (*hint.candidates, *called_so) if role in base.roles)
    candidates = tuple(dict.fromkeys(known))
    pending = focus.pending.candidates if focus.pending else ()
    talked_about = set(_groups_of(focus, base) or focus.groups)
    groups_of = {role: base.roles[role].group for role in candidates}
    words = english.words(parse.text) - english.words(hint.value)
    words |= {word[:-1] for word in words if word.endswith("s")}  # "the manager of the orders"
    for fitting_roles in (
        _dealing_with(focus, candidates, base),
        {role for role in candidates if words & english.name_words(base.roles[role].name)},
        {role for role in candidates if groups_of[role] in groups},
        set(pending),
        set(focus.roles),
        {role for question in focus.questions for role in question.roles},
        set(focus.shown),
        {role for role in candidates if groups_of[role] in talked_about},
        {role for role in candidates if english.words(hint.value) <= _own_words(role, base)},
    ):
        fitting = tuple(role for role in candidates if role in fitting_roles)
        if len(fitting) == 1:
            return fitting
        if len(fitting) > 1:
            candidates = fitting
    return candidates


def _dealing_with(focus: Focus, candidates: tuple[str, ...], base: KnowledgeBase) -> set[str]:
    """Return the candidates whose names hold the term just explained ("the specialist for it")."""
    things = focus.last.things if focus.topic == DEFINE and focus.last else ()
    terms = [base.terms[one.id] for one in things if one.kind == "term" and one.id in base.terms]
    said = {word for term in terms for word in english.words(f"{term.id} {term.name}")}
    return {role for role in candidates if said & english.words(base.roles[role].name + " " + role)}


def _name_words(role: str, base: KnowledgeBase) -> set[str]:
    """Return the words of all names of a role; none of a role that is gone."""
    known = base.roles.get(role)
    return {word for name in known.names for word in english.words(name)} if known else set()


def _own_words(role: str, base: KnowledgeBase) -> set[str]:
    """Return the words of a role's usual name ("assistant" is in one, "manager" in many)."""
    return english.words(base.roles[role].name)


def _by_pointing(parse: Parse, focus: Focus) -> tuple[str, ...]:
    if english.is_first_of_talk(parse.text):
        return focus.seen[:1]
    if english.is_named_last(parse.text) and focus.roles:
        return focus.roles[-1:]
    pointed = _by_ordinals(parse, focus) or _beside_in_list(parse, focus)
    if pointed:
        return pointed
    if parse.has(REFERENCE, "both"):
        return focus.last_two
    if parse.has(REFERENCE, "other") and len(focus.shown) == 2 and len(focus.roles) == 1:
        return tuple(role for role in focus.shown if role not in focus.roles)
    return ()


def _by_ordinals(parse: Parse, focus: Focus) -> tuple[str, ...]:
    """Return what stands at the places of the last list that a message names ("the second")."""
    found: list[str] = []
    listed = _listed(parse, focus)
    for item in sorted(parse.found, key=lambda one: one.start):
        if item.kind == ORDINAL and _is_clear(item, parse):
            place = _place_in_list(item.value, len(listed))
            found += [] if place is None else [listed[place]]
    counted = english.places(parse.text)
    if counted and (not parse.has(ORDINAL) or len(counted) > 1):  # "2 and 5, what do they do"
        found = [listed[n - 1] for n in counted if 0 < n <= len(listed)]
    return tuple(dict.fromkeys(found))


def _beside_in_list(parse: Parse, focus: Focus) -> tuple[str, ...]:
    """Return what stands beside the role talked about in the last list ("the one after it")."""
    step = english.step_in_list(parse.text)
    about = focus.roles[0] if len(focus.roles) == 1 else ""
    if not step or about not in focus.shown:
        return ()
    place = focus.shown.index(about) + step
    return (focus.shown[place],) if 0 <= place < len(focus.shown) else ()


def _place_in_list(value: str, size: int) -> int | None:
    """Return the index that an ordinal's value stands for in a list, if it has one there."""
    if value == MIDDLE:
        return size // 2 if size % 2 else None
    number = int(value) if value.lstrip("-").isdigit() else 0
    place = number - 1 if number > 0 else size + number
    return place if number and 0 <= place < size else None


def _listed(parse: Parse, focus: Focus) -> tuple[str, ...]:
    """Return what an ordinal counts: the last list, or the roles of the talk ("back to the first").

    Lists that were shown since are what somebody means who goes back to them.
    """
    said = " ".join(parse.text[i.start : i.end] for i in parse.found if i.kind == ORDINAL)
    if english.words(said) & {"former", "latter"} and len(focus.shown) != 2:
        return focus.roles if len(focus.roles) == 2 else focus.last_two
    goes_back = english.goes_back(parse.text) and len(focus.seen) > 1
    visited = not focus.shown or not set(focus.shown[:1]) & set(focus.seen)
    return focus.seen if goes_back and visited else focus.shown


def _is_clear(item: Found, parse: Parse) -> bool:
    """Tell "the second one" from a "first" that only happens to stand in a sentence."""
    said = parse.text[item.start : item.end].strip().lower()
    few = parse.words() <= 4 or parse.intent == FOLLOW_UP
    return few or item.start == 0 or " " in said or said in ("former", "latter")


def _of_those_offered(
    parse: Parse, focus: Focus, roles: tuple[str, ...], base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the offered role that a reply names by a part ("the operations one" of managers)."""
    offered = focus.pending.candidates if focus.pending else ()
    if not english.part_of_name(parse.text) or set(roles) & set(offered):
        return ()
    found, _ = _by_part(parse, focus, base)
    return found if set(found) <= set(offered) else ()


def _groups_talked_about(focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    return focus.groups or _groups_of(focus, base)


def _heads_of(group: str, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the roles that lead a group: its managers."""
    return tuple(r.id for r in roles_in_group(base, group) if r.name.endswith("manager"))


def _groups_by_pointing(parse: Parse, focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    pointed = tuple(key for key in _by_ordinals(parse, focus) if key in base.groups)
    pointed = pointed or _shown_groups(parse, focus, base)
    if pointed:
        return pointed
    if not parse.has(REFERENCE, "group"):
        return ()
    return _groups_talked_about(focus, base)


def _shown_groups(parse: Parse, focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the group of the last list that a message names by a word ("the visual one")."""
    part = english.words(english.part_of_name(parse.text))
    shown = [base.groups[key] for key in focus.shown if key in base.groups]
    found = tuple(group.id for group in shown if part & english.words(group.name))
    return found if len(found) == 1 else ()


def _groups_of(focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the groups of the roles talked about."""
    own = [base.roles[role].group for role in focus.roles if role in base.roles]
    return tuple(dict.fromkeys(group for group in own if group))


def _things(parse: Parse, base: KnowledgeBase) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """Return the things named, and those of them that are not wanted ("without coding")."""
    wanted: list[Thing] = []
    unwanted: list[Thing] = []
    for item in parse.found:
        if item.kind in THING_KINDS and item.value in base.by_kind[item.kind]:
            if item.kind == "interest" and english.is_somebody(parse.text, item.start, item.end):
                continue  # "jobs for people who ..."
            negated = english.is_negated(parse.text[: item.start])
            if negated and item.kind not in _AVOIDABLE:
                continue  # "no, a joke about e-commerce"
            (unwanted if negated else wanted).append(Thing(item.kind, item.value))
    return tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted))


def _unknown(parse: Parse, base: KnowledgeBase) -> tuple[str | None, tuple[str, ...]]:
    for item in parse.found:
        known = base.occupations.get(item.value) if item.kind == OCCUPATION else None
        if known and not _is_told_of(item, parse):
            return known.title, known.nearest
    sent = [value for value in parse.values("role") if value not in base.roles]
    if sent:  # an id in a payload that is none of ours
        return sent[0], ()
    called = {item.value for item in parse.found if _is_first_name(item, parse)}
    unknown = [
        value
        for value in parse.values(UNKNOWN_ROLE, UNKNOWN_THING)
        if value not in called
        # "What is the way to become one" names nothing.
        if value != "the" and (parse.intent == DEFINE or not value.startswith("the "))
    ]
    things_named = any(item.kind in (*THING_KINDS, "group") for item in parse.found)
    return (unknown[0], ()) if unknown and not things_named else (None, ())


def _is_first_name(item: Found, parse: Parse) -> bool:
    """Tell whether an unknown word is what somebody is called ("what does Gerd have to know")."""
    name = parse.text[item.start : item.end]
    written = len(name) > 1 and name[0].isupper() and name[1:].islower()
    return item.kind in (UNKNOWN_ROLE, UNKNOWN_THING) and written and parse.intent != DEFINE


def _is_told_of(item: Found, parse: Parse) -> bool:
    """Tell whether a job is somebody's own or dealt with ("what does he tell the lawyer")."""
    before, name = parse.text[: item.start], parse.text[item.start : item.end]
    if english.is_background(before):
        return True
    somebody = parse.has(REFERENCE, "person") or english.says_he_or_she(parse.text)
    in_passing = somebody or name.lower().endswith("s")
    return english.is_known(before) and (in_passing or parse.intent not in ROLE_TOPICS)


def _by_part(
    parse: Parse, focus: Focus, base: KnowledgeBase
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the roles whose names hold a word of the message, where such a choice is open.

    That is so for "the warehouse one", for a reply to a clarifying question ("warehouse") and for
    "back to warehouse".
    """
    part = english.part_of_name(parse.text[english.question_start(parse.text) :])
    open_choice = _open_choice(parse, focus)
    words = english.name_words(part) | (english.words(parse.text) if open_choice else set())
    if not words:
        return (), ()
    roles = base.roles.values()
    fitting = [role.id for role in roles if words & english.name_words(role.name)]
    fitting = fitting or [
        role.id for role in roles if any(words & english.name_words(n) for n in role.aliases.en)
    ]
    near = [role for role in fitting if role in open_choice or (part and role in focus.shown)]
    chosen = tuple(near or (fitting if part else ()))
    return (chosen, ()) if len(chosen) == 1 else ((), chosen)


def _open_choice(parse: Parse, focus: Focus) -> tuple[str, ...]:
    """Return the roles among which a single word may choose: those offered or gone back to."""
    if focus.pending and parse.words() <= SHORT:
        return focus.pending.candidates
    if english.goes_back(parse.text):
        return tuple(role for question in focus.past for role in question.roles)
    return ()
