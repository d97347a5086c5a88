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
_ENOUGH = re.compile(
    r"\b(?:enough of|tired of|sick of|fed up with|instead of|rather than|anything but|except)\b"
    r"[^.,;!?]{0,15}$",
    re.IGNORECASE,
)
# What stands before a job that a correction rejects ("pre-sales, not in-sale").
_DENIAL = re.compile(
    r"\b(?:not|instead of|rather than|isn'?t|don'?t mean|didn'?t mean)\b[^.,;!?]{0,25}$",
    re.IGNORECASE,
)
# What stands before or behind a job that somebody had ("he was only a sales guy before").
_ONCE_BEFORE = re.compile(
    r"\b(?:former|ex|retired|used to be)\W+(?:[\w'-]+\s+){0,3}$", re.IGNORECASE
)
_ONCE_BEHIND = re.compile(r"^\W*(?:\w+\W+){0,2}(?:before|once|earlier)\b", re.IGNORECASE)
# "the seo guy", "the warehouse one", "chief of transport": a word of a job's name and a word that
# stands for a person or a job.
_PART = re.compile(
    r"\b(?!(?:the|an?|this|that|some)\b)([\w-]+)\s+(?:guys?|girl|lady|man|woman|person|people|ppl|folks|dude|boss|chief|staff)\b"
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
# What joins a second person to the one talked about ("does he work with the buyer").
_JOINS = re.compile(
    r"\b(?:with|w|and|n|to|from|between)\s+(?:[\w'-]+\s+){0,2}$|w/\s*$", re.IGNORECASE
)
_GOES_BACK = re.compile(
    r"^(?:ok(?:ay)?[,.]? )?back\W*$|\b(?:go(?:ing)?|get(?:ting)?|come) back\b"
    r"|\b(?:back|return) to\b|\bprevious\b|\bbefore that\b|\bthe one before\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"\b(?:i |i'd )?(?:meant|mean|ment)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\?|\b(?:what|wat|which|how|whats|why|where|when)\b|^(?:do|does|is|are|can|who|whos)\b",
    re.IGNORECASE,
)
# "whoever checks", "the person who checks", "who decides the price": somebody is described.
_DESCRIBES = re.compile(
    r"\bwhoever\b|\b(?:persons?|people|ppl|ones?|1|guys?|girl|lady|man|woman|folks|colleague|employee"
    r"|worker|someone|somebody|sb|those) (?:who|that)\b"
    r"|^(?:\w+ ){0,2}who (?!does|was|has|is|else|needs|uses)[a-z]+s\b",
    re.IGNORECASE,
)
_ASKS_ITSELF = re.compile(r"\b(?:what|wat|which|how|why|where|when)\b(?! about)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:and|n|or|what about|how about|same|also|then|ok and|so)\b", re.IGNORECASE
)
_INTRODUCES = re.compile(r"(?:tell me |something |info )?(?:about|on)\b", re.IGNORECASE)
_REQUESTS = re.compile(
    r"(?:(?:please|pls|ok(?:ay)?|can you|could you|wait)[,\s]+)*"
    r"(?:tell|explain|compare|list|show|define|describe|give|sum|walk)\b",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(
    r"\bwhy (?:not|isn'?t|is not|no|didn'?t|did you not|is .{3,40} not)\b|\bhow come\b.*\bnot?\b"
    r"|\bwhy is(?:n'?t)? .* (?:missing|left out|not)\b",
    re.IGNORECASE,
)
_WANTS_MORE = re.compile(r"(?:please |ok )?(?:tell me |show )?more(?: please| details)?\W*$", re.I)
_OF_ONESELF = re.compile(
    r"(?:(?:well|so|hm+|honestly|and|but|oh|yes|no)[,\s]+)*(?:i|i'\w+|im|my|me)\b", re.I
)
# Words that do not tell one role's name from another's.
_COMMON = frozenset(
    ("e", "commerce", "the", "a", "of", "and", "in", "one", "customer", "service")
    + ("manager", "specialist", "engineer", "developer", "back", "end", "front")
)

# Words that may stand beside a name without asking anything.
EMPTY = frozenset(
    ("the", "a", "an", "and", "or", "please", "pls", "plz", "then", "ok", "okay", "so", "well")
    + ("what", "about", "how", "also", "s", "one", "job", "role", "now", "yes", "no", "maybe")
)


def is_negated(before: str) -> bool:
    """Tell whether what follows this text is said not to be wanted."""
    return bool(_NEGATION.search(before))


def is_unwanted(before: str) -> bool:
    """Tell whether what follows this text is not wanted, or no longer ("I've had enough of")."""
    return is_negated(before) or bool(_ENOUGH.search(before))


def is_denied(before: str) -> bool:
    """Tell whether a job that follows this text is said not to be meant."""
    return bool(_DENIAL.search(before))


def was_once(before: str, behind: str) -> bool:
    """Tell whether a job between these two texts is one that somebody had."""
    return bool(_ONCE_BEFORE.search(before) or _ONCE_BEHIND.search(behind))


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
    found = _GOES_ON.match(text)
    return bool(found) and not _ASKS_ITSELF.search(text[found.end() if found else 0 :])


def joins(before: str) -> bool:
    """Tell whether a job that follows this text is named beside the one talked about."""
    return bool(_JOINS.search(before))


def describes_somebody(text: str) -> bool:
    """Tell whether a message describes somebody by what they do."""
    return bool(_DESCRIBES.search(text))


def goes_back(text: str) -> bool:
    """Tell whether a message returns to an earlier question ("back to the first")."""
    return bool(_GOES_BACK.search(text))


def corrects(text: str) -> bool:
    """Tell whether a message says what was meant instead ("soz meant the team lead")."""
    return bool(_CORRECTS.search(text))


def asks_meaning(text: str) -> bool:
    """Tell whether a message asks what a word means."""
    pattern = r"\b(?:what(?:'?s| is| does| are)|wats?|define|definition|mean(?:s|ing|t)?|explain)\b"
    return bool(re.search(pattern, text, re.IGNORECASE))


def is_department(text: str) -> bool:
    """Tell whether a message speaks of a part of a company."""
    return bool(re.search(r"\b(?:departments?|dept|groups?|teams?|people|side|unit)\b", text))


def compares(text: str) -> bool:
    """Tell whether a message sets two things against each other."""
    return bool(re.search(r"\b(?:vs\.?|versus|differ(?:s|ent|ence)?)\b", text, re.IGNORECASE))


def this_job(text: str) -> bool:
    """Tell whether a message points at the job talked about by a noun ("this marketing person")."""
    pattern = r"\b(?:this|that)(?: [\w-]+)? (?:person|job|role|guy|girl|post|position|colleague)\b"
    return bool(re.search(pattern, text, re.IGNORECASE))


def that_one(text: str) -> bool:
    """Tell whether a message points at the thing named last ("what does that one do")."""
    return bool(re.search(r"\b(?:that|this)(?: one| job| role| person)?\b", text, re.IGNORECASE))


def asks(text: str) -> bool:
    """Tell whether a message is a question by its own words and not just a reply."""
    return bool(_ASKS.search(text))


def requests(text: str) -> bool:
    """Tell whether a message begins like one that wants to be told something ("explain ...")."""
    return bool(_REQUESTS.match(text))


def wants_more(text: str) -> bool:
    """Tell whether a message wants the rest of an answer and nothing else."""
    return bool(_WANTS_MORE.match(text.strip()))


def tells_of_oneself(text: str) -> bool:
    """Tell whether a message begins like one in which somebody tells of themselves."""
    return bool(_OF_ONESELF.match(text))


def asks_why_not(text: str) -> bool:
    """Tell whether a message asks why something was left out ("why not the buyer?")."""
    return bool(_WHY_NOT.search(text))


def introduces(text: str) -> bool:
    """Tell whether a message begins like one that turns to a new subject ("tell me about")."""
    return bool(_INTRODUCES.match(text))


def words(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return set(_WORD.findall(text.lower()))


def name_words(name: str) -> set[str]:
    """Return the words of a role's name that tell it from others."""
    return words(name) - _COMMON
