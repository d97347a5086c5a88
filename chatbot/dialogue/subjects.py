"""Which roles, groups and things a message is about, by name or by pointing back."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.dialogue import english
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Thing
from chatbot.dialogue.topics import COLLABORATION, COMPARE, DENY, FOLLOW_UP
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.names import HINT, OCCUPATION

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
REFERENCE, ORDINAL = "reference", "ordinal"
UNKNOWN_ROLE, UNKNOWN_THING = "unknown_role", "unknown_thing"
DESCRIBED = "described_"
# A described role is taken from this score and lead on; with less certainty where somebody is
# plainly described ("the person who ..."), and with more where a role is being talked about.
TAKEN, TAKEN_PERSON, TAKEN_OVER_FOCUS = (0.42, 0.06), (0.35, 0.03), (0.8, 0.3)
TAKEN_OF_TWO = (0.5, 0.1)
# The same for one of the roles that a partial name leaves open ("the designer of banners").
SETTLED = (0.55, 0.1)
# A message whose intent is less sure than this is not read as a description.
UNDERSTOOD = 0.3
# The same for a skill, term or process.
TAKEN_THING = (0.5, 0.15)
# A reply to a clarifying question has at most this many words.
_SHORT = 5


@dataclass(frozen=True)
class Subjects:
    """What a message is about.

    Args:
        roles: role ids that the message names or points at.
        named: whether the roles (or candidates) stand in the message itself.
        candidates: role ids among which a partial name leaves the choice.
        groups: group ids that the message names or points at.
        things: other entries that it names.
        described_roles: role ids that it describes without naming any.
        guesses: role ids that it may describe, the likeliest first, to be asked about.
        described_things: skills, tools, terms or processes that it describes.
        avoid: things that it says are not wanted.
        occupation: a job or thing it names for which there is no entry.
        nearest: roles to offer for that job.
        people: number of people in the shop.
        text: the message.
        points_back: whether it says "it", "that job" and the like.
    """

    roles: tuple[str, ...] = ()
    named: bool = False
    candidates: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()
    described_roles: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    described_things: tuple[Thing, ...] = ()
    avoid: tuple[Thing, ...] = ()
    occupation: str | None = None
    nearest: tuple[str, ...] = ()
    people: int | None = None
    text: str = ""
    points_back: bool = False


def find(parse: Parse, focus: Focus, base: KnowledgeBase) -> Subjects:
    """Return what a message is about.

    Args:
        parse: the message.
        focus: what was talked about before.
        base: the knowledge base; entity values that are not in it are left out.
    """
    groups = tuple(value for value in parse.values("group") if value in base.groups)
    roles, candidates = _by_name(parse, focus, groups, base)
    if not roles and not candidates:
        roles, candidates = _by_part(parse, focus, base)
    named = bool(roles or candidates)
    if not named:
        roles = _by_pointing(parse, focus)
    occupation, nearest = _unknown(parse, base) if not named else (None, ())
    things, avoid = _things(parse, base)
    return Subjects(
        roles=tuple(role for role in roles if role in base.roles),
        named=named,
        candidates=candidates,
        groups=groups or _groups_by_pointing(parse, focus, base),
        things=things,
        described_roles=_described_roles(parse, focus, candidates, base) if not roles else (),
        guesses=_guesses(parse, base),
        described_things=_described_things(parse, base),
        avoid=avoid,
        occupation=occupation,
        nearest=nearest,
        people=english.people(parse.text),
        text=parse.text,
        points_back=parse.has(REFERENCE, "it"),
    )


def _by_name(
    parse: Parse, focus: Focus, groups: tuple[str, ...], base: KnowledgeBase
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the roles that names and partial names stand for, or candidates if all stay open."""
    roles: list[str] = []
    open_candidates: tuple[str, ...] = ()
    for item in parse.found:
        if item.kind == "role" and item.value in base.roles:
            roles.append(item.value)
        elif item.kind == HINT:
            chosen = _narrow(item, parse, focus, groups, base)
            roles += chosen if len(chosen) == 1 else ()
            open_candidates = open_candidates or (chosen if len(chosen) > 1 else ())
    return tuple(dict.fromkeys(roles)), () if roles else open_candidates


def _narrow(
    hint: Found, parse: Parse, focus: Focus, groups: tuple[str, ...], base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the candidates that fit what was offered, said and talked about, in this order."""
    candidates = tuple(role for role in hint.candidates if role in base.roles)
    pending = focus.pending.candidates if focus.pending else ()
    talked_about = set(_groups_of(focus, base) or focus.groups)
    groups_of = {role: base.roles[role].group for role in candidates}
    words = english.words(parse.text) - english.words(hint.value)
    for fitting_roles in (
        {role for role in candidates if words & english.name_words(base.roles[role].name)},
        {role for role in candidates if groups_of[role] in groups},
        set(pending),
        set(focus.roles),
        set(focus.shown),
        {role for role in candidates if groups_of[role] in talked_about},
    ):
        fitting = tuple(role for role in candidates if role in fitting_roles)
        if len(fitting) == 1:
            return fitting
        if len(fitting) > 1:
            candidates = fitting
    return candidates


def _by_pointing(parse: Parse, focus: Focus) -> tuple[str, ...]:
    for item in parse.found:
        if item.kind == ORDINAL and _is_clear(item, parse):
            number = int(item.value) if item.value.lstrip("-").isdigit() else 0
            place = number - 1 if number > 0 else len(focus.shown) + number
            if number and 0 <= place < len(focus.shown):
                return (focus.shown[place],)
    if parse.has(REFERENCE, "both"):
        return focus.last_two
    if parse.has(REFERENCE, "other") and len(focus.shown) == 2 and len(focus.roles) == 1:
        return tuple(role for role in focus.shown if role not in focus.roles)
    return ()


def _is_clear(item: Found, parse: Parse) -> bool:
    """Tell "the second one" from a "first" that only happens to stand in a sentence."""
    return parse.words() <= 4 or " " in parse.text[item.start : item.end].strip()


def _groups_by_pointing(parse: Parse, focus: Focus, base: KnowledgeBase) -> tuple[str, ...]:
    if not parse.has(REFERENCE, "group"):
        return ()
    return focus.groups or _groups_of(focus, base)


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
            negated = english.is_negated(parse.text[: item.start])
            (unwanted if negated else wanted).append(Thing(item.kind, item.value))
    return tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted))


def _unknown(parse: Parse, base: KnowledgeBase) -> tuple[str | None, tuple[str, ...]]:
    for item in parse.found:
        known = base.occupations.get(item.value) if item.kind == OCCUPATION else None
        if known and not english.is_background(parse.text[: item.start]):
            return known.title, known.nearest
    sent = [value for value in parse.values("role") if value not in base.roles]
    if sent:  # an id in a payload that is none of ours
        return sent[0], ()
    unknown = parse.values(UNKNOWN_ROLE, UNKNOWN_THING)
    things_named = any(item.kind in (*THING_KINDS, "group") for item in parse.found)
    return (unknown[0], ()) if unknown and not things_named else (None, ())


def _by_part(
    parse: Parse, focus: Focus, base: KnowledgeBase
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the roles whose names hold a word of the message, where such a choice is open.

    That is so for "the warehouse one", for a reply to a clarifying question ("warehouse") and for
    "back to warehouse".
    """
    part = english.part_of_name(parse.text)
    open_choice = _open_choice(parse, focus)
    words = english.name_words(part) | (english.words(parse.text) if open_choice else set())
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
    if focus.pending and parse.words() <= _SHORT:
        return focus.pending.candidates
    if parse.has(REFERENCE, "back"):
        return tuple(role for question in focus.past for role in question.roles)
    return ()


def _described_roles(
    parse: Parse, focus: Focus, candidates: tuple[str, ...], base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the roles that the message describes, in the order in which it does."""
    score, lead = _least(parse, focus)
    person = parse.has(REFERENCE, "person")
    if parse.has(REFERENCE, "both", "more", "back") or (
        parse.confidence < UNDERSTOOD and not person
    ):
        return ()
    guesses = [g for g in parse.found if g.kind == f"{DESCRIBED}role" and g.value in base.roles]
    if focus.pending and parse.words() <= _SHORT:
        return _among(guesses, focus.pending.candidates)
    if candidates and not person:
        taken = [guess for guess in guesses if _settles(guess, candidates)]
    else:
        taken = [guess for guess in guesses if guess.score >= score and guess.lead >= lead]
    return tuple(dict.fromkeys(guess.value for guess in taken))


def _among(guesses: list[Found], offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return the likeliest of the roles that a clarifying question offered."""
    likely = [role for guess in guesses for role in guess.candidates if role in offered]
    return tuple(likely[:1])


def _guesses(parse: Parse, base: KnowledgeBase) -> tuple[str, ...]:
    found = [item for item in parse.found if item.kind == f"{DESCRIBED}role"]
    best = max(found, key=lambda item: item.score, default=None)
    return tuple(role for role in best.candidates if role in base.roles)[:3] if best else ()


def _settles(guess: Found, candidates: tuple[str, ...]) -> bool:
    """Tell whether a description picks one of the roles that a partial name leaves open."""
    score, lead = SETTLED
    return guess.value in candidates and guess.score >= score and guess.lead >= lead


def _least(parse: Parse, focus: Focus) -> tuple[float, float]:
    """Return the score and lead from which on a described role is taken."""
    if parse.has(REFERENCE, "person"):
        return TAKEN_PERSON
    if focus.roles and parse.has(REFERENCE, "it"):
        return (float("inf"), 1.0)
    if focus.roles or parse.intent in (FOLLOW_UP, DENY):
        return TAKEN_OVER_FOCUS
    return TAKEN_OF_TWO if parse.intent in (COMPARE, COLLABORATION) else TAKEN


def _described_things(parse: Parse, base: KnowledgeBase) -> tuple[Thing, ...]:
    """Return the likeliest skill, tool, term or process that the message describes, if any."""
    guesses = [
        item
        for item in parse.found
        if item.kind.startswith(DESCRIBED) and item.kind != f"{DESCRIBED}role"
        if (item.score, item.lead) >= TAKEN_THING and item.lead >= TAKEN_THING[1]
    ]
    best = max(guesses, key=lambda item: item.score, default=None)
    kind = best.kind.removeprefix(DESCRIBED) if best else ""
    return (Thing(kind, best.value),) if best and best.value in base.by_kind[kind] else ()
