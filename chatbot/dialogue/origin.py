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
    r"|start|begin|apply|interview|placement|post|skills|life|day|future)\s+(?:as|of|for)"
    rf"|(?:to|will|would|could|can|might|should) be)\s+(?:as\s+)?{_ARTICLE}{_WORDS}",
    re.IGNORECASE,
)
# What makes a trade the subject of a question ("how could a nurse become ...").
_SUBJECT = re.compile(
    rf"\b(?:can|could|does|do|did|would|might|may|should|will|for|suits?|fits?|fit|how)\s+{_ARTICLE}"
    rf"(?:[\w'-]+\s+)?$",
    re.IGNORECASE,
)
# What stands before the field of a trade, in the same sentence.
_FIELD = re.compile(
    r"\b(?:worked|working|work|years|months|experience|background|career|degree|diploma|studied"
    r"|study|studying|student of|come|came|comes|trained|training|graduated?|was|were|am|i'?m|been"
    r"|leaving|leave|left|quit|quitting|spent|did|doing|do|from|ran|running|owned|taught|major"
    r"|majored|life|job|jobs|formerly|tired|after|ex)\b[^.?!;]{0,24}$",
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
    for item in named:
        known = base.occupations if item.kind == OCCUPATION else base.roles
        if item.value in known and _is_own(item, parse.text, asks_for_job):
            return item.value
    return _by_phrase(parse.text, base)


def _is_own(item: Found, text: str, asks_for_job: bool) -> bool:
    before = text[: item.start]
    if _WANTED.search(before):
        return False
    if _OWN.search(before):
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
        if not is_field or (_FIELD.search(before) and not _HOPED.search(before)):
            return True
    return False
