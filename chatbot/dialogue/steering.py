"""What a message does to the interview instead of answering it: skip, back, stop, change ..."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from chatbot.dialogue.choices import choice_of
from chatbot.dialogue.phrase_search import hits, is_nearly_one_of, is_one_of, words
from chatbot.knowledge.interview import InterviewQuestion, Phrases, Script

# A message that steers has at most this many words; one that changes an answer may be longer.
FEW, SOME = 9, 16
CHANGE, EVERY = "change", "every"
_Like = Callable[[Sequence[str], Sequence[str]], bool]
_TO = re.compile(r"\b(?:to|into|with|is now|now)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(\d)\b")


@dataclass(frozen=True)
class Command:
    """What is to be done, and for `change` which answer becomes what, as far as that is said."""

    name: str
    question: str = ""
    choices: tuple[str, ...] = ()


def command(
    text: str, script: Script, *, asking: bool, begun: bool, waiting: bool
) -> Command | None:
    """Return what a message wants of the interview, or None.

    Args:
        text: the message.
        script: the interview.
        asking: whether one of its questions is open.
        begun: whether it was begun at all.
        waiting: whether it was begun and is not at its end.
    """
    said = words(text)
    if not said or len(said) > SOME:
        return None
    lists: list[Mapping[str, Phrases]] = [script.once_begun] if begun else []
    lists += [script.while_asking] if asking else []
    lists += [script.while_waiting] if waiting and not asking else []
    known = [row for part in (*lists, script.always) for row in part.items() if row[0] != EVERY]
    parts = list(_trimmed(said, frozenset(script.filler))) if len(said) <= FEW else []
    change = _change(text, said, script, asking) if begun else None
    return _says(parts, known, is_one_of) or change or _says(parts, known, is_nearly_one_of)


def _says(parts: list[list[str]], known: list[tuple[str, Phrases]], like: _Like) -> Command | None:
    """Return the command whose phrase a message is, with filler around it at most."""
    for part in parts:  # the longest first
        for name, phrases in known:
            if like(part, phrases):
                return Command(name)
    return None


def _trimmed(said: list[str], filler: frozenset[str]) -> Iterator[list[str]]:
    lower = [word.lower() for word in said]
    begin = next((n for n, word in enumerate(lower) if word not in filler), len(lower))
    end = next((n for n in range(len(lower), 0, -1) if lower[n - 1] not in filler), 0)
    pairs = product(range(begin + 1), range(len(lower), end - 1, -1))
    for first, behind in sorted(pairs, key=lambda pair: pair[0] - pair[1]):
        if first < behind:
            yield lower[first:behind]


def _change(text: str, said: list[str], script: Script, asking: bool) -> Command | None:
    """Read "change my answer about pace to calm"; in the interview "change pace" will do."""
    lower = [word.lower() for word in said]
    verbs = script.changing.verbs
    first = next((n for n, word in enumerate(lower) if word in verbs), None)
    if first is None:
        return None
    about_answers = bool(hits(lower, (("", noun) for noun in script.changing.nouns)))
    head, tail = _split(text)
    question = _question(head, script)
    choices = choice_of(tail, question) if question and tail.strip() else ()
    if not about_answers and not (question and (asking or (choices and first < FEW // 2))):
        return None
    return Command(CHANGE, question.id if question else "", choices)


def _split(text: str) -> tuple[str, str]:
    """Return what stands before and behind the last "to" ("my pace | calm")."""
    found = list(_TO.finditer(text))
    return (text[: found[-1].start()], text[found[-1].end() :]) if found else (text, "")


def _question(text: str, script: Script) -> InterviewQuestion | None:
    """Return the question that a few words name, by number or by name."""
    number = _NUMBER.search(text)
    if number and 1 <= int(number[1]) <= len(script.questions):
        return script.questions[int(number[1]) - 1]
    named = [(q.id, phrase) for q in script.questions for phrase in (q.name, *q.names)]
    found = hits([word.lower() for word in words(text)], named)
    longest = max(found, key=lambda hit: hit.behind - hit.first, default=None)
    return script.question(longest.key) if longest else None


def question_named(text: str, script: Script) -> str:
    """Return the id of the question that a short message names ("3", "pace"), or ""."""
    question = _question(text, script) if len(words(text)) <= FEW else None
    return question.id if question else ""
