"""How people say in English where to go in a process: next, back, step four, one at a time."""

from __future__ import annotations

import re

# Words that may stand before and behind what is asked.
_LEAD = (
    r"^(?:(?:ok(?:ay)?|k|and|n|so|wait|hold on|hey|uh+|um+|er+|yes|yeah|yep|yup|sure|please|pls"
    r"|plz|then|now|hm+|ah+|right|alright"
    r"|good|great|cool|nice|thanks|thx|got it|but|well|fine|lol)[\s,.!]+)*"
)
_TAIL = (
    r"(?:[\s,]+(?:please|pls|plz|then|now|thanks|thx|of all|again|bro|"
    r"in (?:the|this) (?:process|walk|line|chain)))*[\s.!?…]*$"
)
_THAT = r"(?:that|this|it|him|her|them|he|she|they|the (?:last|previous) (?:one|step))"
_GO_ON = r"go on|continue|keep going|proceed|carry on|resume|onwards?|move on|go ahead"
_WHO, _WHAT = r"(?:who|whos|who'?s)", r"(?:what|wat|whats|what'?s)"
_IS = (
    r"(?: is| was| comes?| came| goes| acts| happens| happened| happen| will happen"
    r"| does it| did it)?"
)
_WALK = r"(?:the |that |this |our |my )?(?:process|walk|steps?|walk-?through|tour)"


def _only(*patterns: str) -> re.Pattern[str]:
    """Return a pattern of messages that say one of these things and nothing else."""
    return re.compile(rf"{_LEAD}(?:{'|'.join(patterns)}){_TAIL}", re.IGNORECASE)


NEXT = _only(
    r"(?:the |to the )?(?:next|nxt)(?: step| stage| station| one| person| role| job)?",
    r"(?:show|give|tell)(?: me)? (?:the )?next(?: step| stage| one)?",
)
GOES_ON = _only(
    rf"(?:{_GO_ON})(?: with (?:it|that))?",
    r"further|forward|and|n|then|and then|how does it go on|who takes over",
    rf"(?:{_WHO}|{_WHAT}){_IS} (?:the )?(?:next(?: step| one)?|then|afterwards?)",
    rf"(?:{_WHO}|{_WHAT}){_IS} after(?: {_THAT})?",
    rf"(?:then|after {_THAT}|afterwards?) (?:what|wat|who)(?: happens)?",
    rf"{_WHO} (?:do|does) (?:they|he|she|that person) (?:hand|pass|give) (?:it|that) (?:on )?to",
)
BACK = _only(
    r"(?:go |step |one )*back(?: (?:one|a)(?: step)?)?(?: one)?",
    r"(?:the )?(?:previous|prior|last one|one before)(?: step| one)?|(?:the )?before step",
    rf"(?:{_WHO}|{_WHAT}){_IS} before(?: {_THAT})?|before {_THAT}",
)
AGAIN = _only(
    r"(?:once )?again|(?:repeat|say)(?: (?:it|that|this))?|one more time|(?:sorry )?what",
    rf"(?:{_WHO}|whose)(?: (?:does|is|did))? (?:that|this|it)(?: step)?",
    r"(?:which|what) (?:role|job)(?: is (?:it|that))?",
    r"whose (?:job|task|step|turn) is (?:it|that|this)",
    r"where (?:were|are) we|who (?:is )?(?:responsible|in charge)",
)
RESUME = _only(rf"(?:{_GO_ON}|back|return)(?: (?:to|with|in))? {_WALK}", r"where (?:were|are) we")
YES = _only(
    r"yes|yeah|yep|yup|ok(?:ay)?|k|sure|good|fine|right|go|understood|got it|i see|aha|m+h+m+"
)
STOP = _only(
    r"(?:stop|quit|exit|cancel|enough|end|abort|leave|finish|finished)"
    rf"(?: (?:it|this|that|here|{_WALK}))?",
    r"(?:that'?s |that is )?enough(?: (?:of that|for now|for today))?|no more(?: steps)?",
    r"i'?m done|leave it",
)
_STEP_BY_STEP = _only(
    r"(?:do it |go |show me |tell me |explain |explain it |i want it |walk me |all )?step by step"
)
_SLOWLY = re.compile(
    r"\b(?:one|1|a|single) (?:single )?(?:step |thing |bit )?"
    r"(?:at a time|by one|after (?:the other|another|one))"
    r"|\bstep for step\b|\bslowly\b|\beach step (?:separately|alone|by itself)\b|\bguide me\b",
    re.IGNORECASE,
)
_WHAT_IF = re.compile(
    r"\b(?:what|wat)(?:'?s)? (?:if|when|happens|happen|goes|can go|could go|would happen)\b"
    r"|\b(?:if|when) (?:it|that|this|he|she|they)\b|\bgoes wrong\b|^(?:and )?(?:if|when) late\b",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"\b(?:late|delay\w*|slow|wrong|fails?|miss(?:es|ed)?|forg[eo]ts?|in time|skip(?:s|ped)?"
    r"|nobody does|does(?:n'?t| not) (?:do|come|work|happen))\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:late|delay\w*|missing|lacking|overdue|waiting for|still no|without|absent)\b"
    r"|\b(?:not|n'?t|never) (?:\w+ )?(?:come|came|arrive\w*|get|got|here|there|ready|sent|given)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\bhow many (?:step|stage|station|part)s?\b|\bnumber of (?:step|stage)s?\b", re.IGNORECASE
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("one first", "two second", "three third", "four fourth", "five fifth", "six sixth")
        + ("seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh"),
        1,
    )
    for word in words.split()
}
_NUMBER = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_STEP = r"(?:step|stage|station)"
_NOT_ALONE = r"(?! (?:by|at a time|after))"  # "one step at a time" names no step
_BY_NUMBER = re.compile(
    rf"\b{_STEP}s?(?: (?:number|no\.?|nr\.?))? ?#?({_NUMBER})\b{_NOT_ALONE}"
    rf"|\b({_NUMBER}|last|final)(?:st|nd|rd|th)? (?:and last )?{_STEP}\b{_NOT_ALONE}",
    re.IGNORECASE,
)
LAST = -1


def asks_delay(text: str) -> bool:
    """Tell whether a message asks what goes wrong when somebody is late."""
    return bool(_WHAT_IF.search(text) and _DELAY.search(text))


def is_missing(text: str) -> bool:
    """Tell whether a message says that something has not come when it should have."""
    return bool(_MISSING.search(text))


def asks_count(text: str) -> bool:
    """Tell whether a message asks how many steps there are."""
    return bool(_COUNT.search(text))


def asks_slowly(text: str) -> bool:
    """Tell whether a message asks for one step at a time."""
    return bool(_SLOWLY.search(text) or _STEP_BY_STEP.search(text))


def number_of_step(text: str) -> int | None:
    """Return the number of the step that a message names ("the 4th step"), `LAST` for the last."""
    match = _BY_NUMBER.search(text)
    if not match:
        return None
    said = next(word for word in match.groups() if word).lower()
    if said in ("last", "final"):
        return LAST
    return _NUMBERS.get(said) or int(said)


def is_own(text: str) -> bool:
    """Tell whether somebody speaks of their own parcel or order, as a customer."""
    things = "parcels?|packages?|orders?|refunds?|deliver(?:y|ies)|money|account"
    pattern = rf"\b(?:my|our) (?:\w+ )?(?:{things})\b"
    return bool(re.search(pattern, text, re.IGNORECASE))
