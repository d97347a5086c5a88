"""Small patterns of English that the dialogue reads in a message."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
# What stands before a thing that a person does not want or cannot do, in the same clause.
_NEGATION = re.compile(
    r"\b(?:without|no|not|never|hate|dislike|avoid|bad at|cannot|can'?t|don'?t|doesn'?t|isn'?t)\b"
    r"[^.,;!?]{0,25}$",
    re.IGNORECASE,
)
# "the seo guy", "the warehouse one", "chief of transport": a word of a job's name and a word that
# stands for a person or a job.
_PART = re.compile(
    r"\b([\w-]+)\s+(?:guys?|girl|lady|man|woman|person|people|ppl|folks|dude|boss|chief|staff)\b"
    r"|\b(?:the|that|a|an)\s+([\w-]+)\s+(?:one|1|job|role|post|position)\b"
    r"|\b(?:boss|chief|head|people|ppl|person|guys?) (?:of|from|in) (?:the )?([\w-]+)",
    re.IGNORECASE,
)
# What stands before a job that somebody has or had, and does not ask about.
_BACKGROUND = re.compile(
    r"\b(?:was|were|am|i'?m|been|former|ex|retired|used to be|worked as|working as|trained as|"
    r"years as|come from|came from|background in|as|my|our|his|her|the)\s+(?:an?\s+|the\s+)?"
    r"(?:[\w'-]+\s+){0,2}$",
    re.IGNORECASE,
)
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_MORE = (
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_NUMBERS = {word: number for number, word in enumerate(_SMALL + _MORE, 1)} | {
    "twenty": 20,
    "fifty": 50,
    "dozen": 12,
    "hundred": 100,
    "hundreds": 300,
    "thousand": 1000,
    "thousands": 3000,
}
_PEOPLE = re.compile(
    rf"\b(\d{{1,3}},\d{{3}}|\d{{1,6}}|{'|'.join(_NUMBERS)})\s*(?:of\s+|-\s*)?"
    r"(?:people|ppl|persons?|employees?|staff|workers?|men|heads?|members?|friends|besties|"
    r"colleagues|of us|us)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:and|n|or|what about|how about|same|also|then|ok and|so)\b", re.IGNORECASE
)
_INTRODUCES = re.compile(r"(?:tell me |something |info )?(?:about|on)\b", re.IGNORECASE)
# Words that do not tell one role's name from another's.
_COMMON = frozenset(
    ("e", "commerce", "the", "a", "of", "and", "in", "one", "customer", "service")
    + ("manager", "specialist", "engineer", "developer")
)


def is_negated(before: str) -> bool:
    """Tell whether what follows this text is said not to be wanted."""
    return bool(_NEGATION.search(before))


def is_background(before: str) -> bool:
    """Tell whether a job that follows this text is somebody's own and not asked about."""
    return bool(_BACKGROUND.search(before))


def part_of_name(text: str) -> str:
    """Return the word of a job's name in "the warehouse one", or an empty string."""
    match = _PART.search(text)
    return next((word.lower() for word in match.groups() if word), "") if match else ""


def people(text: str) -> int | None:
    """Return the number of people that a message gives ("a shop of fifteen people")."""
    match = _PEOPLE.search(text)
    if not match:
        return None
    return _NUMBERS.get(match[1].lower()) or int(match[1].replace(",", ""))


def goes_on(text: str) -> bool:
    """Tell whether a message begins like one that only puts another subject into a question."""
    return bool(_GOES_ON.match(text))


def introduces(text: str) -> bool:
    """Tell whether a message begins like one that turns to a new subject ("tell me about")."""
    return bool(_INTRODUCES.match(text))


def words(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return set(_WORD.findall(text.lower()))


def name_words(name: str) -> set[str]:
    """Return the words of a role's name that tell it from others."""
    return words(name) - _COMMON
