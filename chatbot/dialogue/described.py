"""Which roles and things a message describes without naming them.

The DescriptionFinder of the NLU guesses; what a guess must be worth hangs on what is named beside
it and on what was talked about. The numbers are cosines and TF-IDF put together
(`chatbot/knowledge/describe.py`) and were chosen on the half of tests/understanding/ that is
looked at.
"""

from __future__ import annotations

from chatbot.dialogue import english
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Thing
from chatbot.dialogue.topics import COLLABORATION, COMPARE, DENY, FOLLOW_UP
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.names import HINT

REFERENCE = "reference"
DESCRIBED = "described_"
ROLE, SKILL, MOMENT = f"{DESCRIBED}role", f"{DESCRIBED}skill", f"{DESCRIBED}moment"
# Score and lead over the next best from which on a described role is taken; less where somebody is
# plainly described ("the person who ..."), more where a role is being talked about.
TAKEN, TAKEN_PERSON, TAKEN_OVER_FOCUS = (3.7, 0.0), (3.7, 0.0), (5.4, 0.4)
# The same for somebody plainly described, and for less plain words ("the person for ..."), while
# another role is talked about.
DESCRIBED_OVER_FOCUS, PERSON_OVER_FOCUS = (4.2, 0.0), (4.6, 0.1)
# The same where "it" points at nobody yet.
TAKEN_THOUGH_POINTING = (4.4, 0.05)
# The same where "it" points at the role talked about, and where a partial name is said ("manager").
TAKEN_OVER_POINTING, TAKEN_OVER_HINT = (6.4, 0.8), (5.8, 0.8)
# The same for the two roles of a comparison, and for the second of them by itself.
TAKEN_OF_TWO, SECOND_OF_TWO = (4.4, 0.1), (4.8, 0.2)
# The same for a message of a few words while a role is talked about ("tools of the trade?").
TAKEN_BY_FEW = (6.8, 1.2)
# The same for the second where two work together: most such questions are about one.
SECOND_AT_WORK = (5.4, 0.3)
# The same for one of the roles that a partial name leaves open ("the designer of banners").
SETTLED = (4.5, 0.1)
# The same for a skill, term or process.
TAKEN_THING = (4.5, 0.3)
# A message whose intent is less sure than this is not read as a description.
UNDERSTOOD = 0.3
# A reply to a clarifying question, and a message that only points, has at most this many words.
SHORT = 6


def roles(
    parse: Parse, focus: Focus, candidates: tuple[str, ...], base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the roles that the message describes, the surest first.

    Args:
        parse: the message.
        focus: what was talked about before.
        candidates: roles among which a partial name leaves the choice.
        base: the knowledge base.
    """
    found = [guess for guess in parse.found if guess.kind == ROLE and guess.value in base.roles]
    person = parse.has(REFERENCE, "person")
    if _only_points(parse) or (parse.confidence < UNDERSTOOD and not person):
        return ()
    if focus.pending and focus.pending.candidates and parse.words() <= SHORT:
        return _among(found, focus.pending.candidates)
    if candidates:
        plain = english.goes_on_about_hint(parse.text, parse.values(HINT))
        taken = [guess for guess in found if plain and is_worth(guess, TAKEN_OVER_FOCUS)]
        taken = taken or [guess for guess in found if _settles(guess, candidates)]
    elif parse.intent in (COMPARE, COLLABORATION):
        found = [guess for guess in found if is_worth(guess, _least_of_two(parse, focus))]
        taken = _of_two(found, SECOND_OF_TWO if parse.intent == COMPARE else SECOND_AT_WORK)
    else:
        taken = [guess for guess in found if is_worth(guess, _least(parse, focus))]
    taken.sort(key=lambda guess: -guess.score)
    return tuple(dict.fromkeys(guess.value for guess in taken))


def _only_points(parse: Parse) -> bool:
    """Tell whether a message points back instead of describing somebody ("both of them")."""
    return parse.words() <= SHORT and parse.has(REFERENCE, "both", "more", "back")


def is_worth(guess: Found, least: tuple[float, float]) -> bool:
    """Tell whether a guess has this score and this lead."""
    return guess.score >= least[0] and guess.lead >= least[1]


def _least(parse: Parse, focus: Focus) -> tuple[float, float]:
    """Return the score and lead from which on a described role is taken."""
    if english.describes_somebody(parse.text):
        return DESCRIBED_OVER_FOCUS if focus.roles else TAKEN_PERSON
    if parse.has(REFERENCE, "person"):
        return PERSON_OVER_FOCUS if focus.roles else TAKEN_PERSON
    if not focus.roles and parse.has(REFERENCE, "it"):
        return TAKEN_THOUGH_POINTING
    if focus.roles and parse.has(REFERENCE, "it"):
        return TAKEN_OVER_POINTING
    if focus.roles and parse.words() <= SHORT:
        return TAKEN_BY_FEW
    over = focus.roles or parse.intent in (FOLLOW_UP, DENY)
    return TAKEN_OVER_FOCUS if over else TAKEN


def _least_of_two(parse: Parse, focus: Focus) -> tuple[float, float]:
    """Return what each of two described roles must be worth."""
    if not focus.roles or parse.has(REFERENCE, "person"):
        return TAKEN_OF_TWO
    if parse.words() <= SHORT and parse.intent == COLLABORATION:
        return TAKEN_BY_FEW  # "interfaces to other jobs"
    return TAKEN_OVER_POINTING if parse.has(REFERENCE, "it") else TAKEN_OVER_FOCUS


def is_plain(parse: Parse, told: tuple[str, ...]) -> bool:
    """Tell whether somebody is described so plainly that a job named beside does not count."""
    found = [guess for guess in parse.found if guess.kind == ROLE and guess.value in told]
    person = parse.has(REFERENCE, "person") or english.describes_somebody(parse.text)
    person = person or english.tells_doing(parse.text)
    return person and any(is_worth(guess, TAKEN_OVER_FOCUS) for guess in found)


def _of_two(found: list[Found], second: tuple[float, float]) -> list[Found]:
    """Return the best guesses of a message about two jobs; each part of it has one."""
    taken: dict[str, Found] = {}
    for guess in sorted(found, key=lambda guess: -guess.score):
        least = second if taken else TAKEN_OF_TWO
        if is_worth(guess, least) and len(taken) < 2:
            taken.setdefault(guess.value, guess)
    return list(taken.values())


def _among(found: list[Found], offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return the likeliest of the roles that a clarifying question offered, or a sure other one."""
    likely = [role for guess in found for role in guess.candidates if role in offered]
    sure = [guess.value for guess in found if is_worth(guess, TAKEN_OVER_FOCUS)]
    return tuple((likely or sure)[:1])


def guesses(parse: Parse, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the roles that a message may describe, to be asked about."""
    found = [item for item in parse.found if item.kind == ROLE]
    best = max(found, key=lambda item: item.score, default=None)
    return tuple(role for role in best.candidates if role in base.roles)[:3] if best else ()


def skills(parse: Parse, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the skills that a message may describe, however unsure, the likeliest first."""
    found = next((item for item in parse.found if item.kind == SKILL), None)
    return tuple(key for key in found.candidates if key in base.skills) if found else ()


def _settles(guess: Found, candidates: tuple[str, ...]) -> bool:
    """Tell whether a description picks one of the roles that a partial name leaves open."""
    return is_worth(guess, SETTLED if guess.value in candidates else TAKEN_OVER_HINT)


def things(parse: Parse, base: KnowledgeBase) -> tuple[Thing, ...]:
    """Return the likeliest skill, tool, term or process that the message describes, if any."""
    found = [
        item
        for item in parse.found
        if item.kind.startswith(DESCRIBED) and item.kind not in (ROLE, MOMENT)
        if is_worth(item, TAKEN_THING)
    ]
    best = max(found, key=lambda item: item.score, default=None)
    kind = best.kind.removeprefix(DESCRIBED) if best else ""
    return (Thing(kind, best.value),) if best and best.value in base.by_kind[kind] else ()
