"""Where somebody comes from: the trade or role that a message names as one's own."""

from __future__ import annotations

import re

from chatbot.dialogue.parse import Found, Parse
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.names import OCCUPATION

# Words that may stand between what tells of a past and the trade itself ("was a busy hotel ...").
_WORDS = r"(?:[\w'-]+\s+){0,2}$"
_ARTICLE = r"(?:(?:an?|the|my|our|his|her|some)\s+)?"
# What stands before a job that somebody has or had.
_OWN = re.compile(
    r"\b(?:am|i'?m|was|were|been|being|former|formerly|ex|retired|currently|until now|used to be"
    r"|(?:worked|working|trained|years|months) as|once|from|as"
    r"|my (?:job|work|trade|profession|background|training) (?:is|was)(?: in)?"
    rf"|(?:sister|brother|mum|mom|mother|dad|father|wife|husband|son|daughter|friend) is)\W+"
    rf"{_ARTICLE}{_WORDS}",
    re.IGNORECASE,
)
# What stands before a job that somebody would like to have.
_WANTED = re.compile(
    r"\b(?:become|becoming|(?:to|i) (?:work|start|begin)|(?:job|jobs|work|career|position|hired"
    r"|start|begin|apply|interview|placement|post|skills|life|day|future)\s+(?:as|of)"
    rf"|(?:to|will|would|could|can|might|should) be)\s+(?:as\s+)?{_ARTICLE}{_WORDS}",
    re.IGNORECASE,
)
# What makes a trade the subject of a question ("how could a nurse become ...").
_SUBJECT = re.compile(
    rf"\b(?:can|could|does|do|did|would|might|may|should|will|for|suits?|fits?|fit|how)\s+{_ARTICLE}"
    rf"(?:[\w'-]+\s+)?$",
    re.IGNORECASE,
)
# What stands behind a trade that one leaves for another ("journalist to marketer").
_GOES_ON = re.compile(r"\s*(?:to|into|->|=>|→|turned|becoming)\s", re.IGNORECASE)
# What stands before a field that somebody leaves, whatever else they want.
_LEFT = re.compile(
    r"\b(?:leave|leaving|left|quit|quitting|out of|away from|tired of|fed up with|done with)\s+"
    r"(?:\w+\s+)?$",
    re.IGNORECASE,
)
# What stands before the field of a trade, in the same sentence.
_FIELD = re.compile(
    r"\b(?:worked|working|work|years|months|experience|background|career|degree|diploma|studied"
    r"|study|studying|student of|come|came|comes|trained|training|graduated?|was|were|am|i'?m|been"
    r"|leaving|leave|left|quit|quitting|spent|i (?:did|do)|from|sold|selling|ran|running|owned"
    r"|taught|major(?:ed)?|my (?:life|job)|formerly|tired|after|ex)\b[^.?!;]{0,24}$",
    re.IGNORECASE,
)
_HOPED = re.compile(
    r"\b(?:become|becoming|want|like|love|into|dream|interested|prefer|going|join|apply|towards)\b"
    r"[^.?!;,]{0,24}$",
    re.IGNORECASE,
)


def find(parse: Parse, base: KnowledgeBase, *, asks_for_job: bool = False) -> str | None:
    """Return the trade (a title of occupations.yml) or role id that somebody comes from, or None.

    Args:
        parse: the message.
        base: the knowledge base.
        asks_for_job: whether the message asks what would suit; then any trade it names is meant.
    """
    named = (item for item in parse.found if item.kind in (OCCUPATION, "role"))
    own = [
        item.value
        for item in named
        if item.value in (base.occupations if item.kind == OCCUPATION else base.roles)
        if _is_own(item, parse.text, asks_for_job)
    ]
    # "As an HR manager: she was a waiter" is about the one named last.
    return own[-1] if own else _by_phrase(parse.text, base)


def is_own(before: str) -> bool:
    """Tell whether a job that follows this text is told as somebody's own."""
    return bool(_OWN.search(before)) and not _WANTED.search(before)


def _is_own(item: Found, text: str, asks_for_job: bool) -> bool:
    before = text[: item.start]
    if _WANTED.search(before):
        return False
    if _OWN.search(before) or _GOES_ON.match(text[item.end :]):
        return True
    return item.kind == OCCUPATION and (asks_for_job or bool(_SUBJECT.search(before)))


def _by_phrase(text: str, base: KnowledgeBase) -> str | None:
    """Return the trade whose field or saying stands in the message, the longest one."""
    low = " ".join(text.lower().replace("’", "'").split())
    best = ""
    title = None
    for phrase, (owner, is_field) in base.backgrounds.items():
        if len(phrase) > len(best) and phrase in low and _stands(phrase, low, is_field):
            best, title = phrase, owner
    return title


def _stands(phrase: str, text: str, is_field: bool) -> bool:
    """Tell whether a phrase stands in a text in whole words, and a field as somebody's past."""
    for match in re.finditer(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text):
        before = text[: match.start()]
        told = _FIELD.search(before) and not _HOPED.search(before)
        if not is_field or told or _LEFT.search(before):
            return True
    return False
