"""How people answer a quiz question in English, and ask for a hint, the next one or the end."""

from __future__ import annotations

import re

_LEAD = (
    r"^(?:(?:ok(?:ay)?|k|and|n|so|yes|yeah|no|nope|please|pls|plz|then|now|hm+|uh+|um+|er+|ah+|oh|"
    r"right|alright|well|sorry|but|lol|haha|nah|wait|hey|i think|let'?s|can (?:i|you|we)|"
    r"could (?:i|you)|i want|i'?d like|give me|just|damn)[\s,.!?…]+)*"
)
_TAIL = (
    r"(?:[\s,]+(?:please|pls|plz|then|now|thanks|thx|you|it|this|that|one|bro|lol|man|sorry|tho|"
    r"though|actually|exactly))*"
    r"[\s.!?…]*$"
)


def _only(*patterns: str) -> re.Pattern[str]:
    """Return a pattern of messages that say one of these things and nothing else."""
    return re.compile(rf"{_LEAD}(?:{'|'.join(patterns)}){_TAIL}", re.IGNORECASE)


def _several(*patterns: str) -> re.Pattern[str]:
    """Return a pattern of messages that say such things one after the other ("idk, next")."""
    one = f"(?:{'|'.join(patterns)})"
    return _only(rf"{one}(?:[\s,.!]+{one})*")


_QUESTION = r"(?: (?:the |this |that )?(?:question|one|it))?"
_THE_QUIZ = r"(?:the |this |my |our |your )?(?:quiz|test|game|questions?)"
_GO_ON = r"(?:go )?back to|return to|continue(?: with)?|go on(?: with)?|resume|on with"

NEXT = _only(r"(?:the |to the )?next(?: question| one)?", r"another(?: question| one)?")
MORE = _only(
    r"(?:the |to the )?next(?: question| one| round)?|(?:play |once )?again|continue|go on",
    r"(?:another|one more|more)(?: (?:question|round|time|one)s?)?",
)
SKIP_IT = _only(
    rf"(?:to )?skip{_QUESTION}",
    rf"(?:i )?pass(?: on)?{_QUESTION}",
    r"(?:i )?(?:have )?no (?:idea|clue)",
)
SKIP = _several(
    r"(?:the |to the )?next(?: question| one)?|another(?: question| one)?",
    r"(?:i )?(?:really )?(?:do ?n[o']?t|dont|do not|can'?t|cannot|didn'?t) ?"
    r"(?:know|say|tell|remember|no)(?: (?:that|it|this|the answer|at all))?",
    r"(?:i )?(?:have )?no (?:idea|clue)|idk|dunno|(?:i'?m |im )?not? sure|no (?:guess|answer)",
    r"i not know|i no know|not know|skip(?: it)?",
    r"(?:i )?give up|(?:just )?tell me(?: the answer)?|(?:what(?:'?s| is) )?the answer",
    r"(?:show|say)(?: me)? (?:the )?(?:answer|solution)|(?:the )?solution|how should i know",
)
HINT = _only(
    r"(?:(?:to |i )*(?:give|show|tell|get|have|need|want|take)(?: me)? )?"
    r"(?:a |the |any |some |one |another |little )*(?:hint|clue|tip)s?",
    r"help(?: me)?(?: out)?|too (?:hard|difficult)",
    r"(?:which|what) (?:group|department|team)(?: is (?:it|that|he|she))?",
)
SCORE = _only(
    r"(?:what(?:'?s| is) )?(?:my |the )?(?:score|points|result)s?(?: so far)?",
    r"how (?:am i doing|many (?:points|right|correct|did i get right)|did i do)"
    r"(?: so far| have i)?",
)
STOP = _only(
    r"stop|quit|exit|enough|end|cancel|abort|finish|finished|leave|(?:i'?m |im )?done|no more",
    r"(?:that'?s |that is )?enough(?: for (?:now|today))?|i (?:want|have) to stop|stop (?:it|here)",
    r"(?:this is )?boring|i'?m (?:bored|tired)",
)
END = _only(
    rf"(?:stop|quit|exit|end|cancel|finish|leave|abort|close|no more) {_THE_QUIZ}",
    r"i (?:do not|don'?t) want (?:to play|a quiz|the quiz|quiz)(?: any ?more)?",
)
AGAIN = _only(
    r"(?:once )?again|repeat(?: (?:it|that|the question))?",
    r"what was (?:the|that) question|(?:the )?question",
    r"(?:ask|say)(?: (?:me|it|that))? again|one more(?: (?:round|time|question))?|another round",
    r"continue|go on|resume|keep going|carry on|play again|yes|sure|ok|yep|yeah",
    r"(?:what|which) (?:are|were) the options|options",
    r"what(?: did you say)?|i (?:do not|don'?t) understand(?: the question)?|\?+",
)
BACK_TO = _only(rf"(?:{_GO_ON}) {_THE_QUIZ}", rf"where were we in {_THE_QUIZ}")
WHY = _only(
    r"why(?: (?:not|is (?:it|that)|that|so|him|her|them|not (?:me|mine|[a-d])))?",
    r"how come|explain",
)
NEW = _only(
    rf"(?:start |begin |restart )?(?:a |the )?new {_THE_QUIZ}|restart {_THE_QUIZ}",
    rf"(?:start|begin) {_THE_QUIZ} (?:over|again|new|from (?:the )?(?:start|beginning))",
)
_QUIZ = re.compile(
    r"\bquiz+(?: (?:me|us|time|mode|game|please|pls|on|about))?\b|\bquizz?es\b"
    r"|\btest my (?:knowledge|brain)\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(r"\b(?:what(?:'?s| is) a|define|why|interview|job|salary)\b", re.IGNORECASE)
_LONGEST_START = 12
# "b", "B)", "option c", "I think it is 2", "number 3": an option by its letter or number.
_GUESS = (
    r"(?:(?:i|it|its|it's|i'd|i'll|that|that's|thats|this|is|be|must|could|would|think|guess|say|go|"
    r"going|for|with|take|choose|pick|maybe|perhaps|probably|definitely|surely|my|answer|the|then|"
    r"option|letter|number|nr|no|hm+|uh|um|er|ok|okay|so|and|please|pls|am|sure|a guess)\b"
    r"[\s,.:'’!?…]*)*"
)
_LETTER = re.compile(
    rf"^[\s\"'(]*{_GUESS}[\"'(]*([a-d]|[1-4]|one|two|three|four)[\s.)\"'!?…]*"
    r"(?:please|pls|i (?:think|guess)|right|maybe|of course|final answer)?[\s.!?…]*$",
    re.IGNORECASE,
)
_VALUES = {"a": 1, "b": 2, "c": 3, "d": 4, "one": 1, "two": 2, "three": 3, "four": 4}
# Frames in which somebody gives an answer as a question ("is it the buyer?").
_AS_QUESTION = re.compile(
    r"\b(?:is|isn'?t|could|can|would|might|may) (?:it|that|this)(?: be)?\b"
    r"|\b(?:what about|how about|maybe|right)\b",
    re.IGNORECASE,
)
_ASKS_ITSELF = re.compile(
    r"\b(?:what|wat|whats|which|how|hows|why|where|when|whose|difference|vs|versus|compare|explain|"
    r"tell me|show me|describe|list|define|walk me|teach)\b"
    r"|(?:^|[.,;!?] *|\b(?:and|but|so|ok|first|wait|sorry) )"
    r"(?:do|does|did|is|are|can|could|should|who|whos|who'?s)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:on|about|over|in|of|with|for)\b(.*)$", re.IGNORECASE)


def asks_for_quiz(text: str) -> bool:
    """Tell whether a message asks for a quiz by name."""
    few = len(text.split()) <= _LONGEST_START
    return few and bool(_QUIZ.search(text)) and not _NOT_ASKED.search(text)


def subject(text: str) -> str:
    """Return what a quiz is to be about ("quiz me on returns"), or an empty string."""
    match = _SUBJECT.search(text)
    return match[1] if match else ""


def letter(text: str) -> int | None:
    """Return the number of the option that a message picks by a letter or number, from 1."""
    match = _LETTER.match(text.strip())
    if not match:
        return None
    said = match[1].lower()
    return _VALUES.get(said) or int(said)


def asks_itself(rest: str) -> bool:
    """Tell whether a message asks a question of its own.

    Args:
        rest: the message with spaces in place of the roles it names.
    """
    return bool(_ASKS_ITSELF.search(_AS_QUESTION.sub(" ", rest)))
