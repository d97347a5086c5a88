"""Questions about a role seen through the size of a shop, or through its way of selling."""

from __future__ import annotations

from dataclasses import replace

from chatbot.dialogue import english, phrases, topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Parse
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.subjects import Subjects
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.graph import size_for
from chatbot.knowledge.names import HINT

# Topics under which people ask what a job is like somewhere.
_BY_SIZE = (topics.DUTIES, topics.DIVISION_OF_LABOUR, topics.FOLLOW_UP)
_BY_MODEL = (
    topics.BUSINESS_MODELS,
    topics.DUTIES,
    topics.COMPARE,
    topics.TOOLS,
    topics.COMPANY_EXAMPLE,
    topics.DIVISION_OF_LABOUR,
    topics.FOLLOW_UP,
    topics.SKILLS,
)
# Below this probability a message is not looked at through a way of selling.
_UNSURE = 0.4
# Topics whose answer stays with the lens when only the role, or only the size, is named anew.
_LENSES = (topics.DIVISION_OF_LABOUR, topics.BUSINESS_MODELS)


def through(parse: Parse, subjects: Subjects, focus: Focus, base: KnowledgeBase) -> Question | None:
    """Return the question how a role is in a shop of some size or kind, or None.

    Args:
        parse: the message.
        subjects: what it is about.
        focus: what was talked about before.
        base: the knowledge base.
    """
    roles = subjects.roles or (subjects.described_roles[:1] if subjects.described_roles else ())
    behind = _behind_example(parse, subjects, focus)
    if behind:
        return behind
    if not roles and _goes_on(parse, subjects, focus) and focus.last:
        roles = focus.last.roles
    if not parse.values("role", "group") and _tells_size(parse):
        return _shop_of(parse, subjects, base)
    by_size = _by_size(parse, subjects, roles, focus, base)
    return by_size or _by_model(parse, subjects, roles, focus, base)


def size_of(
    parse_text: str, subjects: Subjects, base: KnowledgeBase
) -> tuple[int | None, tuple[Thing, ...]]:
    """Return the number of people in a shop, and the size or sizes of shop that a message names."""
    people = phrases.heads(parse_text) or subjects.people
    named = tuple(thing for thing in subjects.things if thing.kind == "shop_size")
    if people is None or len(named) > 1 or (named and people == 1):
        return None, named  # "at a giant, does one person do everything?"
    return people, (Thing("shop_size", size_for(base, people).id),)


def _goes_on(parse: Parse, subjects: Subjects, focus: Focus) -> bool:
    """Tell whether a message leaves the role to what was talked about."""
    if focus.topic not in _LENSES:
        return subjects.points_back
    follows = parse.intent == topics.FOLLOW_UP or english.goes_on(parse.text)
    return follows or phrases.there(parse.text)


def _behind_example(parse: Parse, subjects: Subjects, focus: Focus) -> Question | None:
    """Return the question who is behind the example that was talked about ("and who does it?")."""
    if focus.topic != topics.COMPANY_EXAMPLE or not focus.last or not focus.last.things:
        return None
    named = subjects.named or subjects.groups_named or subjects.things
    if named or not (phrases.asks_who(parse.text) and phrases.of_example(parse.text)):
        return None
    return replace(focus.last, roles=(), aspect=topics.WHO)


def _tells_size(parse: Parse) -> bool:
    """Tell whether a message only says how large somebody's shop is ("I run a shop alone")."""
    loose = parse.intent in (topics.OUT_OF_SCOPE, *topics.SMALL_TALK, topics.FOLLOW_UP)
    return loose and phrases.own_shop(parse.text) and not english.asks(parse.text)


def _shop_of(parse: Parse, subjects: Subjects, base: KnowledgeBase) -> Question | None:
    people, sizes = size_of(parse.text, subjects, base)
    if people is None:
        return None
    return Question(topics.DIVISION_OF_LABOUR, things=sizes, people=people)


def _by_size(
    parse: Parse,
    subjects: Subjects,
    roles: tuple[str, ...],
    focus: Focus,
    base: KnowledgeBase,
) -> Question | None:
    if parse.intent not in _BY_SIZE or len(roles) != 1:
        return None
    going_on = topics.DIVISION_OF_LABOUR in (parse.intent, focus.topic)
    if not (subjects.named or subjects.points_back or going_on):
        return None
    people, sizes = size_of(parse.text, subjects, base)
    told = people is not None and people == english.people(_story(parse.text))
    if parse.intent == topics.DUTIES and told:
        people, sizes = None, ()  # "ten people start on Monday. What will they do?"
    last = focus.last if focus.topic == topics.DIVISION_OF_LABOUR else None
    if not sizes and last and (parse.intent == topics.FOLLOW_UP or phrases.there(parse.text)):
        people, sizes = last.people, last.things  # "and the buyer?", "what does he do there?"
    if not sizes:
        return None
    return Question(topics.DIVISION_OF_LABOUR, roles=roles, things=sizes, people=people)


def _is_part_of_title(parse: Parse) -> bool:
    """Tell whether a company stands right before the job ("a Taobao shop operator")."""
    jobs = [item.start for item in parse.found if item.kind in ("role", HINT)]
    ends = [item.end for item in parse.found if item.kind == "company"]
    gaps = (parse.text[end:start] for end in ends for start in jobs if end < start)
    return any(gap.strip().lower() in ("", "shop", "store") for gap in gaps)


def _story(text: str) -> str:
    """Return what a message tells before it asks, if it then points at nothing told."""
    start = english.question_start(text)
    return "" if phrases.there(text[start:]) or phrases.own_shop(text[:start]) else text[:start]


def _by_model(
    parse: Parse,
    subjects: Subjects,
    roles: tuple[str, ...],
    focus: Focus,
    base: KnowledgeBase,
) -> Question | None:
    if parse.intent not in _BY_MODEL or len(roles) != 1 or parse.confidence < _UNSURE:
        return None
    models = tuple(thing for thing in subjects.things if thing.kind == "business_model")
    companies = tuple(thing for thing in subjects.things if thing.kind == "company")
    changes = phrases.asks_change(parse.text) or parse.intent == topics.BUSINESS_MODELS
    if models and changes:
        return Question(topics.BUSINESS_MODELS, roles=roles, things=models)
    if models and parse.intent == topics.DUTIES:  # "in an own mall, what does ... do?"
        return Question(topics.DUTIES, roles=roles, things=models[:1])
    if len(companies) == 1 and changes:
        return Question(topics.BUSINESS_MODELS, roles=roles, things=companies)
    asked = parse.intent in (topics.DUTIES, topics.COMPANY_EXAMPLE) and subjects.named
    asked = asked and not (parse.intent == topics.DUTIES and _is_part_of_title(parse))
    if len(companies) == 1 and asked:
        company = base.companies[companies[0].id]
        if any(use.role == roles[0] for use in company.carried_by):
            return Question(topics.COMPANY_EXAMPLE, roles=roles, things=companies)
    if not companies and not models and parse.intent == topics.BUSINESS_MODELS and subjects.named:
        return Question(topics.BUSINESS_MODELS, roles=roles)
    kept = focus.topic == topics.BUSINESS_MODELS and focus.last and focus.last.roles
    if kept and focus.last and (subjects.named or models or companies):
        return Question(
            topics.BUSINESS_MODELS, roles=roles, things=models or companies or focus.last.things
        )
    return None
