"""Read the cases of an evaluation: what people say and what the bot must take it for.

Below the data folder, `singles/*.yml` holds messages that stand alone and `dialogues/*.yml` whole
conversations; `docs/evaluation.md` describes both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from chatbot.dialogue.topics import TOPICS
from chatbot.errors import SettingsError, nearest
from chatbot.knowledge.base import KnowledgeBase

SINGLES, DIALOGUES = "singles", "dialogues"
# Kinds of entries that may stand in the slot `answered` as the term, besides the skills.
THINGS = ("term", "tool", "process", "company", "business_model", "shop_size")
_OPTIONAL = ("roles", "group", "skill", "term")
# Voices with this word were looked at while the bot was mended, so no case of theirs is held out.
PRACTICE = "practice"
_SHOWN = 50


class Part(str, Enum):
    """A half of the cases: that which developers look at, that which they do not, or both."""

    DEV = "dev"
    HELD_OUT = "held-out"
    ALL = "all"


@dataclass(frozen=True)
class Case:
    """One message and what it asks.

    Attributes:
        text: what the person says.
        topic: the right topic.
        roles: ids of the roles it is about.
        group: id of the group it is about, or None if that does not matter; so the other two.
        skill: id of a skill.
        term: id of an entry of one of the kinds THINGS.
    """

    text: str
    topic: str
    roles: tuple[str, ...] = ()
    group: str | None = None
    skill: str | None = None
    term: str | None = None


@dataclass(frozen=True)
class Talk:
    """Messages that one person says in turn; a message that stands alone is a talk of one turn.

    Attributes:
        voice: the way of speaking, such as `texting-student`.
        name: of the conversation; empty for a message that stands alone.
        turns: the messages.
    """

    voice: str
    name: str
    turns: tuple[Case, ...]

    @property
    def is_single(self) -> bool:
        """Whether it is a message that stands alone."""
        return not self.name

    @property
    def part(self) -> Part:
        """The half it belongs to, by a hash of its text (of name and voice, if it has turns).

        Voices of practice belong to the half that is looked at.
        """
        if self.voice.startswith(PRACTICE):
            return Part.DEV
        named = self.turns[0].text if self.is_single else self.name + self.voice
        digest = hashlib.md5(named.encode(), usedforsecurity=False).hexdigest()
        return Part.HELD_OUT if int(digest, 16) % 2 else Part.DEV


def read(folder: Path, base: KnowledgeBase, kinds: Collection[str]) -> list[Talk]:
    """Return the cases below a folder.

    Args:
        folder: with the folders `singles` and `dialogues`, or one of them.
        base: whose ids the cases name.
        kinds: which of the two to read.

    Raises:
        SettingsError: there are none, or some are wrong; the message has a line for every mistake.
    """
    paths = [path for kind in kinds for path in sorted((folder / kind).glob("*.yml"))]
    if not paths:
        wanted = " or ".join(f"{folder / kind}/*.yml" for kind in kinds)
        raise SettingsError(f"{folder}: no evaluation data; there must be {wanted}")
    reader = _Reader(base)
    talks = [talk for path in paths for talk in reader.file(path)]
    if reader.problems:
        head = f"{len(reader.problems)} mistake(s) in the evaluation data:"
        raise SettingsError("\n  ".join([head, *reader.problems]))
    return talks


def of_part(talks: Sequence[Talk], part: Part) -> list[Talk]:
    """Return the talks of one half, or all."""
    return [talk for talk in talks if part in (Part.ALL, talk.part)]


class _Reader:
    """Turns files into talks and gathers what is wrong with them."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.problems: list[str] = []
        self._seen: set[tuple[str, str, str]] = set()
        things = [key for kind in ("skill", *THINGS) for key in base.by_kind[kind]]
        self._allowed: Mapping[str, Sequence[str]] = {
            "topic": TOPICS,
            "roles": list(base.roles),
            "group": list(base.groups),
            "skill": things,
            "term": things,
        }

    def file(self, path: Path) -> Iterator[Talk]:
        """Yield the talks of a file; one that is wrong is left out and told."""
        content = self._content(path)
        if content is None:
            return
        voice = content.get("voice")
        if not isinstance(voice, str):
            self._tell(path, f"voice {voice!r} must be a word such as 'texting-student'")
            return
        if path.parent.name == SINGLES:
            for row in self._rows(path, content, "messages"):
                case = self._case(path, row, "text")
                if case and self._is_new(path, voice, "message", case.text):
                    yield Talk(voice, "", (case,))
            return
        for dialogue in self._rows(path, content, "dialogues"):
            yield from self._dialogue(path, voice, dialogue)

    def _content(self, path: Path) -> Mapping[str, Any] | None:
        try:
            content = yaml.safe_load(path.read_text("utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self._tell(path, f"not YAML: {' '.join(str(error).split())}")
            return None
        return content if isinstance(content, dict) else {}

    def _rows(self, place: Path | str, content: Mapping[str, Any], key: str) -> list[Any]:
        rows = content.get(key)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._tell(
                place, f"{key!r} must be a list of entries such as {{text: ..., topic: ...}}"
            )
            return []
        return rows

    def _dialogue(self, path: Path, voice: str, row: Mapping[str, Any]) -> Iterator[Talk]:
        name = row.get("name")
        if not isinstance(name, str) or not name:
            self._tell(path, f"a dialogue has the name {name!r}; it must be a word")
            return
        rows = self._rows(f"{path}: {name}", row, "turns")
        cases = [self._case(path, turn, "user") for turn in rows]
        if not rows:
            self._tell(path, f"the dialogue {name!r} has no turns")
        elif all(cases) and self._is_new(path, voice, "dialogue", name):
            yield Talk(voice, name, tuple(case for case in cases if case))

    def _case(self, path: Path, row: Mapping[str, Any], text_key: str) -> Case | None:
        text = row.get(text_key)
        if not isinstance(text, str) or not text.strip():
            self._tell(path, f"{dict(row)}: {text_key!r} must be what the person says")
            return None
        place = f"{path}: {text[:_SHOWN]!r}"
        before = len(self.problems)
        for key in row:
            self._known(place, "key", str(key), (text_key, "topic", *_OPTIONAL))
        roles = row.get("roles") or []
        if not isinstance(roles, list):
            self._tell(place, f"roles {roles!r} must be a list of ids; [] for none")
            roles = []
        self._known(place, "topic", row.get("topic"), self._allowed["topic"])
        for role in roles:
            self._known(place, "roles", role, self._allowed["roles"])
        optional = {key: row.get(key) for key in ("group", "skill", "term")}
        for key, value in optional.items():
            if value is not None:
                self._known(place, key, value, self._allowed[key])
        if len(self.problems) > before:
            return None
        return Case(text, row["topic"], tuple(roles), **optional)

    def _is_new(self, path: Path, voice: str, kind: str, text: str) -> bool:
        """Tell whether the voice does not have this message or dialogue yet."""
        key = (voice, kind, text)
        if key in self._seen:
            self._tell(
                path, f"{text[:_SHOWN]!r} stands twice in the voice {voice!r}; leave one out"
            )
            return False
        self._seen.add(key)
        return True

    def _known(self, place: str, what: str, value: Any, allowed: Sequence[str]) -> None:
        if value not in allowed:
            few = f"; allowed: {', '.join(allowed)}" if len(allowed) <= len(TOPICS) else ""
            self._tell(place, f"{what} {value!r} is unknown{nearest(str(value), allowed)}{few}")

    def _tell(self, place: Path | str, problem: str) -> None:
        self.problems.append(f"{place}: {problem}")
