"""Which options of an interview question a message chooses: by place, by name or in own words.

A choice is written as a text, so that it can be stored in a slot:

    "people"               an option of the question
    "-people"              that option, not wanted
    "+interest/pictures"   something that is liked or known, "-interest/people" what is not wanted
    "+role/sem-specialist" a job that the person has had
    "skip"                 the question was left out
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chatbot.dialogue import english
from chatbot.dialogue.parse import Parse
from chatbot.dialogue.phrase_search import hits, is_one_of, words
from chatbot.dialogue.subjects import Subjects
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.interview import InterviewQuestion, Script
from chatbot.knowledge.names import OCCUPATION

SKIPPED = "skip"
# What somebody likes or knows, named in passing.
OWN_WORDS = ("interest", "skill", "tool")
_NUMBERS = {
    word: number
    for number, names in enumerate(
        ("1 one first 1st a", "2 two second 2nd b", "3 three third 3rd c", "4 four fourth 4th d")
        + ("5 five fifth 5th e", "6 six sixth 6th f", "7 seven seventh 7th g"),
        1,
    )
    for word in names.split()
}
_AROUND_NUMBERS = frozenset(
    ("the", "one", "ones", "number", "option", "answer", "and", "or", "both", "no", "nr", "please")
    + ("i", "take", "choose", "pick", "go", "for", "with", "say", "my", "is", "nummer", "would")
)
_GLUED = re.compile(r"^[a-g1-7](?:\s*[,;+&/]\s*[a-g1-7])*$")


@dataclass(frozen=True)
class Chosen:
    """What a message says to a question.

    Args:
        choices: see above; empty when it says nothing to it.
        plainly: whether the message is nothing else than that, but for words that say nothing.
        exactly: whether it is a place in the list or a phrase of an option, word for word.
        out_of_range: a number for which there is no option.
        too_many: several options of a question that takes one.
    """

    choices: tuple[str, ...] = ()
    plainly: bool = False
    exactly: bool = False
    out_of_range: bool = False
    too_many: bool = False


def chosen(
    parse: Parse,
    subjects: Subjects,
    question: InterviewQuestion,
    script: Script,
    base: KnowledgeBase,
) -> Chosen:
    """Return what a message says to a question of the interview."""
    said = words(parse.text)
    if is_one_of(said, script.while_asking["every"]) and question.several:
        every = tuple(option.id for option in question.options)
        return Chosen(every, plainly=True, exactly=True)
    by_place = _by_place(parse.text, question)
    if by_place:
        return _limited(by_place, question)
    by_name, covered = _by_name(parse, question)
    free = tuple(_in_own_words(parse, subjects, question, by_name, base))
    left = {word.lower() for n, word in enumerate(said) if n not in covered} - set(script.filler)
    exactly = any(is_one_of(said, (o.label, *o.phrases)) for o in question.options)
    found = Chosen((*by_name, *free), bool(by_name) and not left, exactly)
    return _limited(found, question)


def choice_of(text: str, question: InterviewQuestion) -> tuple[str, ...]:
    """Return the options that a few words choose, by place or name ("calm" in "pace to calm")."""
    by_place = _by_place(text, question)
    found = by_place.choices if by_place else _by_name(Parse(text), question)[0]
    return found if question.several else found[:1]


def _limited(found: Chosen, question: InterviewQuestion) -> Chosen:
    options = tuple(choice for choice in found.choices if not choice.startswith(("+", "-")))
    if question.several or not options:
        return found
    if len(options) == 1:
        return replace(found, choices=options)  # "no, not the boss"
    return Chosen(too_many=True)


def _by_place(text: str, question: InterviewQuestion) -> Chosen | None:
    """Return the options that "2", "a and c" or "the second one" point at."""
    lower = text.strip().strip(".!?()").lower()
    said = re.findall(r"[a-z0-9]", lower) if _GLUED.match(lower) else words(lower)
    if said and all(word in _AROUND_NUMBERS for word in said):
        return None
    last = len(question.options)
    places: list[int] = []
    for number, word in enumerate(said):
        follows_article = word == "one" and number > 0
        if word == "last" or word.isdigit():
            places.append(last if word == "last" else int(word))
        elif word in _NUMBERS and not follows_article and not _is_article(word, said):
            places.append(_NUMBERS[word])
        elif word not in _AROUND_NUMBERS:
            return None
    if not places:
        return None
    if not all(1 <= place <= last for place in places):
        return Chosen(out_of_range=True)
    chosen_ids = dict.fromkeys(question.options[place - 1].id for place in places)
    return Chosen(tuple(chosen_ids), plainly=True, exactly=True)


def _is_article(word: str, said: list[str]) -> bool:
    return word == "a" and len(said) > 1 and not {"and", "or", "b", "c", "d", "e", "f"} & set(said)


def _by_name(parse: Parse, question: InterviewQuestion) -> tuple[tuple[str, ...], set[int]]:
    """Return the options whose phrases stand in a message, and the places of those words."""
    said = words(parse.text)
    phrases = [
        (option.id, phrase)
        for option in question.options
        for phrase in (option.label, *option.phrases)
    ]
    found: dict[str, None] = {}
    covered: set[int] = set()
    for hit in hits(said, phrases):
        covered.update(range(hit.first, hit.behind))
        negated = english.is_unwanted(_clause_before(parse.text, said, hit.first))
        found[f"-{hit.key}" if negated else hit.key] = None
    return tuple(key for key in found if not (key[0] == "-" and key[1:] in found)), covered


def _clause_before(text: str, said: list[str], first: int) -> str:
    """Return the text before the word of this number."""
    place = 0
    lower = text.lower().replace("’", "'")
    for word in said[:first]:
        place = lower.find(word.lower(), place) + len(word)
    return lower[:place] + " "


def _in_own_words(
    parse: Parse,
    subjects: Subjects,
    question: InterviewQuestion,
    options: tuple[str, ...],
    base: KnowledgeBase,
) -> Iterator[str]:
    """Yield what a message names beyond the options: interests, skills, tools, jobs."""
    told = [option for key in options if (option := question.option(key.lstrip("-")))]
    covered = {key for option in told for key in (*option.interests, *option.avoids)}
    for sign, things in (("+", subjects.things), ("-", subjects.avoid)):
        for thing in things:
            if thing.kind in question.takes and thing.id not in covered:
                yield f"{sign}{thing.kind}/{thing.id}"
    if "job" in question.takes:
        yield from (f"+role/{role}" for role in subjects.roles if subjects.named)
        jobs = parse.values(OCCUPATION)
        yield from (f"+occupation/{job}" for job in jobs if job in base.occupations)
