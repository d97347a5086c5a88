"""Small patterns of English about ways between jobs, and about the size of a shop."""

from __future__ import annotations

import re

from chatbot.dialogue.english import NUMBERS, number

# A number of people without a word for them ("a shop of five", "we are four").
_NUMBER = rf"(\d{{1,3}},\d{{3}}|\d{{1,6}}|{'|'.join(NUMBERS)})"
_SHOP = (
    r"(?:shop|store|company|firm|team|business|startup|start-up|outfit|crew|place|office|seller)"
)
_HEADS = (
    re.compile(
        rf"\b{_SHOP}s?\s+(?:of|with|has|have)\s+(?:just |only |about |around |some )?{_NUMBER}"
        r"(?!\s*(?:x|%|years?|months?|days?|hours?|orders?|brands?|platforms?|departments?|items?"
        r"|products?|warehouses?|shops?|stores?|groups?|million|floors?|skus?))\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_NUMBER} of (?:us|them)\b", re.IGNORECASE),
    re.compile(
        rf"\b{_NUMBER}[- ](?:man|woman|person|people|head|strong|employee)s?[- ]+{_SHOP}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:we are|we're|there are|there're|we will be|it is|it's)\s+"
        rf"(?:just |only |about |now |all in all )*{_NUMBER}\s*(?:of us|in all|in total|altogether"
        r"|at the moment|now|so far)?\s*(?:[.,!?;]|$)",
        re.IGNORECASE,
    ),
)
_ALONE = re.compile(
    r"\b(?:just me|only me|by myself|alone|one-man|one-woman|one-person|solo"
    r"|on my own(?!\s+(?!and\b|so\b|but\b|or\b|in\b|at\b|with\b)\w))\b",
    re.IGNORECASE,
)
_WE_TWO = re.compile(
    r"\b(?:me and|just|only) (?:my|me and my) (?:wife|husband|sister|brother|mum|mom|mother|dad"
    r"|father|friend|partner|son|daughter|girlfriend|boyfriend|cousin)(?: and (?:me|i|myself))?\b"
    r"|\bmy (?:wife|husband|sister|brother|mum|mom|mother|dad|father|friend|partner|son|daughter"
    r"|girlfriend|boyfriend|cousin) and (?:i|me|myself)\b",
    re.IGNORECASE,
)
# What asks where a job leads, and not how one gets into it.
_ONWARD = re.compile(
    r"\b(?:next|promot\w*|prospects?|advance\w*|move (?:up|on|sideways)|moving (?:up|on)|upwards?"
    r"|sideways|(?:career )?ladder|rise|climb|grow|progress\w*|leads? to|higher|lateral\w*"
    r"|(?:does|do|will) .{0,40}\blead\b(?! up)"
    r"|go from (?:there|here)|after (?:that|it|being|a few|some|several|working)|comes after"
    r"|where can|where could|what else|get stuck|stay there|step up|rungs?)\b",
    re.IGNORECASE,
)
# What asks how one gets in, even where a ladder is spoken of.
_INWARD = re.compile(
    r"\b(?:become|becoming|get in(?:to)?|enter|start|begin|qualif\w+|degree|diploma|study|studied"
    r"|up to (?:that|this)|lead up|leads up|arrive|break into|to be one|way in)\b",
    re.IGNORECASE,
)
# What asks for the difference that something makes.
_CHANGES = re.compile(
    r"\b(?:chang(?:e|es|ed|ing)|differ(?:s|ent|ently|ence|ences)?|compared|unlike|versus|vs"
    r"|another matter|the same|special about)\b",
    re.IGNORECASE,
)
# What asks for the jobs behind something ("which roles do the work", "who is behind it").
_ASKS_WHO = re.compile(
    r"\bwho (?:does|carr\w+|makes?|runs?|works? on|stands|is behind|plays|keeps|owns|has to)\b"
    r"|\b(?:which|what) (?:\w+ )?(?:jobs?|roles?|posts?|positions?|people|staff|employees?)\b"
    r"|\bby (?:role|job)\b|\b(?:jobs|roles|people|staff) (?:behind|in|involved)\b",
    re.IGNORECASE,
)
_TWO_GOALS = re.compile(r"\b(?:or|and|vs\.?|versus|both)\b|[,/&]", re.IGNORECASE)
_MOVES = re.compile(
    r"\b(?:from|to|into|towards|become|becoming|switch\w*|change|mov\w+|transfer\w*|turn|jump|go"
    r"|promoted|up to|retrain\w*|after)\b|->|=>|→",
    re.IGNORECASE,
)
# What stands before the job one comes from, where two jobs are named.
_LEAVES = re.compile(
    r"\b(?:from|being|am|i'?m|was|as|been|leave|leaving|quit|after|than|currently)\s+"
    r"(?:an?\s+|the\s+|my\s+)?(?:\w+\s+)?(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_FOR_ME = re.compile(
    r"\b(?:for|suits?|fits?) (?:me|him|her|them|someone like me|people like me)\b"
    r"|\b(?:can|could|should|would|might|shall) (?:i|he|she|they|we)\b"
    r"|\b(?:do|would|could) i (?:already )?bring\b",
    re.IGNORECASE,
)
_LEARNS = re.compile(r"\b(?:learn|gain|acquire|miss\w*|lack\w*|still need)\b", re.I)
_WHICH_JOB = re.compile(
    r"\b(?:which|what|any) (?:of the |of these )?(?:[\w-]+ )?"
    r"(?:job|role|work|position|post|profile|profession|occupation|employee)s?\b",
    re.I,
)
_CHANGES_TRADE = re.compile(
    r"\b(?:into|from|becom(?:e|ing)|switch\w*|mov(?:e|es|ing)|chang(?:e|es|ing)|background|retrain\w*|leav(?:e|ing)"
    r"|e-?commerce|online)\b",
    re.I,
)
_EXAMPLE = re.compile(r"\b(?:example|case|behind (?:it|that|this)|there)\b", re.I)
_THERE = re.compile(
    r"\b(?:there|in (?:that|such|this)(?: an?)? (?:shop|company|case|size))\b", re.I
)
_OWN_SHOP = re.compile(
    r"\b(?:i|we|my|our)\b.*\b(?:shop|store|company|business|firm|team|online)\b|\bwe are\b", re.I
)
_I = re.compile(r"\b(?:i|i'm|im|my|me|we|our)\b", re.IGNORECASE)


def heads(text: str) -> int | None:
    """Return the number of people in a shop, also where no word for people stands beside it.

    "A shop of five", "we are four", "my wife and I"; such wordings mean people only where the
    message is about who does what in a shop.
    """
    match = next((found for pattern in _HEADS if (found := pattern.search(text))), None)
    if match:
        return number(match[1])
    if _WE_TWO.search(text):
        return 2
    return 1 if _ALONE.search(text) else None


def asks_onward(text: str) -> bool:
    """Tell whether a message asks where a job leads, and not how one gets into it."""
    return bool(_ONWARD.search(text)) and not _INWARD.search(text)


def moves(text: str) -> bool:
    """Tell whether a message speaks of getting from one trade into another."""
    return bool(_CHANGES_TRADE.search(text))


def asks_change(text: str) -> bool:
    """Tell whether a message asks what difference something makes."""
    return bool(_CHANGES.search(text))


def asks_who(text: str) -> bool:
    """Tell whether a message asks for the jobs behind something."""
    return bool(_ASKS_WHO.search(text))


def moves_between(text: str, first: tuple[int, int], second: tuple[int, int]) -> str:
    """Return how a message that names two jobs moves between them.

    Args:
        text: the message.
        first: where the first job stands, start and end.
        second: where the second one stands.

    Returns:
        "on" from the first to the second, "back" from the second to the first, or nothing where
        both are goals.
    """
    before, between = text[: first[0]], text[first[1] : second[0]]
    if _LEAVES.search(before):
        return "on"
    if _LEAVES.search(before + "x" + between):
        return "back"
    if _TWO_GOALS.search(between):
        return ""
    return "on" if _MOVES.search(between) else ""


def for_somebody(text: str) -> bool:
    """Tell whether a message asks for what somebody could do ("what is there for me")."""
    return bool(_FOR_ME.search(text))


def about_oneself(text: str) -> bool:
    """Tell whether somebody speaks of themselves."""
    return bool(_I.search(text))


def there(text: str) -> bool:
    """Tell whether a message points back at a shop that was spoken of."""
    return bool(_THERE.search(text))


def own_shop(text: str) -> bool:
    """Tell whether somebody speaks of a shop of their own."""
    return bool(_OWN_SHOP.search(text))


def tells_of_learning(text: str) -> bool:
    """Tell whether a message speaks of learning or lacking something (wider than `asks_gap`)."""
    return bool(_LEARNS.search(text))


def asks_which_job(text: str) -> bool:
    """Tell whether a message asks for a job."""
    return bool(_WHICH_JOB.search(text))


def of_example(text: str) -> bool:
    """Tell whether a message points back at a company's example."""
    return bool(_EXAMPLE.search(text))
