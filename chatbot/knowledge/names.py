"""All names by which entries can be found, and the partial names that several roles share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from chatbot.knowledge.base import KnowledgeBase

# The kind of a partial name that several roles share ("the manager").
HINT = "role_hint"
# The kind of a job we know of but have no entry for.
OCCUPATION = "occupation"
# The kind of a short form that means a role only where the talk is about roles ("weibo").
ROLE_WORD = "role_word"
# Names of a job that may also mean those who shop.
CUSTOMERS = frozenset({"buyer", "buyers"})
# Jobs that fit a hint; more would not fit into one clarifying question.
MOST_CANDIDATES = 12
# From this many roles on a word is one that jobs share.
LEAST_SHARING = 2
# Words in front of a job title that do not tell jobs apart in this bot.
_FILLER = re.compile(r"^(?:e[- ]?commerce|online|junior|senior)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
# What somebody does with the people they lead or help ("trains the chat agents").
_DEALS_WITH = re.compile(
    r"\b(?:lead(?:s|er|ers|ing)?|heads?|heading|boss(?:es)?|chief|train(?:s|ing)|coach(?:es|ing)?"
    r"|report(?:s|ing)?|supervis(?:es|ing)|manag(?:es|ing)|checks|help(?:s|er|ing)"
    r"|assist(?:s|ing)|support(?:s|ing)|right hand|runs|directs|schedules?|rota)\b",
    re.IGNORECASE,
)
# Last words of titles that end like a plural ("head of operations").
_NO_PLURALS = frozenset({"operations", "ops", "sales", "logistics", "analytics", "cs"})
# What stands right before somebody who is helped ("supports our shop operator").
_HELPS = re.compile(
    r"\b(?:helps?|helping|supports?|supporting|assists?|assisting|helper (?:of|to)"
    r"|right hand (?:of|to))\s+(?:the |our |a |an |my |their |his |her )?$",
    re.IGNORECASE,
)
# Kinds whose names cannot be parts of other role names.
_TITLED = frozenset({"role", "group"})
# Letters by which words of process names are compared, and words that every process shares.
_STEM = 5
_NO_STEMS = frozenset(
    ("how", "does", "the", "who", "what", "for", "and", "are", "from", "with", "when", "after")
    + ("into", "run", "whole", "proce", "step", "steps", "onlin", "shop", "store", "comme")
    + ("custo", "work", "works", "goes", "happe", "start", "finis", "end", "show", "down")
)
# Last words of names that are everyday words and so no hint to a job.
_NO_HINT = frozenset(
    {"service", "sales", "sale", "control", "processing", "management", "online", "support", "lead"}
)


def are_dealt_with(before: str, name: str) -> bool:
    """Tell whether a job's name stands for people whom somebody leads or helps.

    Args:
        before: what stands before the name in the message.
        name: the name as it is said there ("chat agents").
    """
    last = name.lower().split()[-1:]
    plural = bool(last) and last[0].endswith("s") and last[0] not in _NO_PLURALS
    several = plural and bool(_DEALS_WITH.search(before))
    return several or bool(_HELPS.search(before))


class Name(NamedTuple):
    """One name of one entry; hidden ones are misspellings and pinyin."""

    kind: str
    id: str
    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Hint:
    """A partial name and the roles it may stand for."""

    text: str
    candidates: tuple[str, ...]


def all_names(base: KnowledgeBase) -> list[Name]:
    """Return every name of every entry, with titles also without a leading "e-commerce"."""
    found = [
        Name(kind, node.id, name, name in node.aliases.hidden)
        for kind, node in base.nodes()
        for name in node.names
    ]
    found += [
        Name("role", ids[0], text) for text, ids in _shared_parts(base).items() if len(ids) == 1
    ]
    found += [
        Name(OCCUPATION, title, name)
        for title, job in base.occupations.items()
        for name in job.names
    ]
    taken = {_key(name.text) for name in found if name.kind == "role"}
    shorter = [name for name in _without_filler(found) if _key(name.text) not in taken]
    return list(dict.fromkeys(found + shorter))


def short_names(base: KnowledgeBase, person_words: Iterable[str]) -> list[Name]:
    """Return the short forms of roles, alone and with each word for a person ("weibo guy").

    Args:
        base: the knowledge base.
        person_words: what `load_person_words` returns.
    """
    roles = base.roles.values()
    alone = [(role.id, short) for role in roles for short in role.aliases.short]
    before = [(role.id, short) for role in roles for short in role.aliases.before_person]
    people = list(person_words)
    taken = {_key(name) for job in base.occupations.values() for name in job.names}
    taken |= {_key(name) for group in base.groups.values() for name in group.names}
    return [
        *(
            Name("role", key, f"{short} {word}", True)
            for key, short in alone + before
            for word in people
            if _key(f"{short} {word}") not in taken
        ),
        *(Name(ROLE_WORD, key, short, True) for key, short in alone),
        *(Name(ROLE_WORD, key, word, True) for key, word in _own_head_words(base)),
    ]


def _own_head_words(base: KnowledgeBase) -> list[tuple[str, str]]:
    """Return the last words of usual names that only one role has ("planner")."""
    heads = [(role.id, _key(role.name).split()[-1]) for role in base.roles.values()]
    count = Counter(word for _, word in heads)
    shared = _shared_parts(base)
    return [(key, word) for key, word in heads if count[word] == 1 and word not in shared]


def hints(base: KnowledgeBase) -> list[Hint]:
    """Return the head words and leading parts of role names that several roles share ("manager").

    A part that only one role has ("WeChat marketing") is a name of that role, see `all_names`.
    """
    return [
        Hint(text, tuple(_likeliest(ids, base)))
        for text, ids in _shared_parts(base).items()
        if len(ids) > 1
    ]


def _likeliest(ids: list[str], base: KnowledgeBase) -> list[str]:
    """Return all of the roles if they are few, or else those with the most handovers.

    A job that many others work with is more likely to be meant than one at the edge.
    """
    if len(ids) <= MOST_CANDIDATES:
        return ids
    return sorted(ids, key=base.ties, reverse=True)[:MOST_CANDIDATES]


def _shared_parts(base: KnowledgeBase) -> dict[str, list[str]]:
    """Return the roles by each part of their names that is no name of a role or group itself."""
    taken = {_key(name) for kind, node in base.nodes() for name in node.names if kind in _TITLED}
    found: dict[str, list[str]] = defaultdict(list)
    for role in base.roles.values():
        for part in _parts(role.name, is_main=True):
            if part not in taken:
                found[part].append(role.id)
    heads = dict.fromkeys(_alias_heads(base))
    sharing = Counter(part for part, _ in heads)
    for part, role_id in heads:
        # Other titles count only where the usual names leave a word to one role or none; a word in
        # the titles of very many ("expert") tells no job from another.
        few = len(found[part]) < LEAST_SHARING and sharing[part] <= MOST_CANDIDATES
        if few and part not in taken and role_id not in found[part]:
            found[part].append(role_id)
    return {text: ids for text, ids in found.items() if _useful(text, ids)}


def _alias_heads(base: KnowledgeBase) -> list[tuple[str, str]]:
    return [
        (part, role.id)
        for role in base.roles.values()
        for name in role.aliases.en
        for part in _parts(name, is_main=False)
    ]


def _without_filler(names: Iterable[Name]) -> Iterator[Name]:
    for name in names:
        short = _FILLER.sub("", name.text)
        if name.kind == "role" and short != name.text and len(short.split()) > 1:
            yield name._replace(text=short)


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _parts(name: str, is_main: bool) -> Iterator[str]:
    words = _key(_FILLER.sub("", name)).split()
    if len(words) < 2:
        return
    yield words[-1]
    if is_main:
        for size in range(2, len(words)):
            yield " ".join(words[:size])


def _useful(text: str, ids: list[str]) -> bool:
    if " " in text:
        return True
    return len(ids) > 1 and text not in _NO_HINT


def process_by_words(text: str, base: KnowledgeBase) -> str | None:
    """Return the process whose names share the most words with a message, if one does so alone.

    Words are compared by their first letters, so that "returns" and "returned" count as one.
    """
    wanted = _stems(text)
    scores = {
        process.id: len(wanted & _stems_of_names(tuple(process.names)))
        for process in base.processes.values()
    }
    best = max(scores.values(), default=0)
    found = [key for key, score in scores.items() if score == best]
    return found[0] if best and len(found) == 1 else None


@lru_cache(maxsize=256)
def _stems_of_names(names: tuple[str, ...]) -> frozenset[str]:
    # Asked of every message, for every process.
    return frozenset().union(*(_stems(name) for name in names))


def _stems(text: str) -> set[str]:
    words = (word.rstrip("s") for word in _key(text).split())
    return {word[:_STEM] for word in words if len(word) > 2} - _NO_STEMS
