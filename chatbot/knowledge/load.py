"""Read the knowledge base from YAML; every mistake of every file is reported at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from chatbot import yaml_reader
from chatbot.errors import KnowledgeError, nearest
from chatbot.knowledge import interview, model
from chatbot.knowledge.base import KINDS, KnowledgeBase

# Keys that make Rasa take any YAML file below data/ for training data.
_RASA_KEYS = re.compile(r"^\s*-?\s*(rules|stories|nlu|responses)\s*:", re.MULTILINE)

Entry = TypeVar("Entry", bound=BaseModel)


def load(folder: Path) -> KnowledgeBase:
    """Read and check the knowledge base.

    Training asks for it once per component; unless a file has changed, the answer is the same
    object, since reading ten thousand roles takes half a minute.

    Args:
        folder: the folder `data/knowledge`.

    Raises:
        KnowledgeError: with one line per mistake, each naming its file.
    """
    if not folder.is_dir():
        raise KnowledgeError([f"{folder}: no such folder; it must hold groups.yml, roles/ ..."])
    return _load(folder, fingerprint(folder))


@lru_cache(maxsize=1)
def _load(folder: Path, _fingerprint: str) -> KnowledgeBase:
    from chatbot.knowledge.check import references  # the checker needs the classes of this module

    problems: list[str] = []
    kinds: dict[str, Any] = {
        kind: _read_kind(folder / place, cls, problems) for kind, (cls, place) in KINDS.items()
    }
    base = KnowledgeBase(
        kinds,
        occupations=_read_kind(folder / "occupations.yml", model.Occupation, problems, "title"),
        sources=_read_kind(folder / "sources.yml", model.Source, problems),
        interview=_read_one(folder / interview.FILE, interview.Script, problems),
    )
    if not problems:  # what refers to an entry that could not be read is no mistake of its own
        problems.extend(references(base))
    if problems:
        raise KnowledgeError(problems)
    return base


def fingerprint(folder: Path) -> str:
    """Return a digest that changes when any file of the knowledge base does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read_kind(
    place: Path, cls: type[Entry], problems: list[str], key: str = "id"
) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for where, raw in _raw_entries(place, problems):
        entry = _build(cls, raw, where, problems)
        if entry is None:
            continue
        name = getattr(entry, key)
        if name in found:
            problems.append(f"{where}: {name!r} stands there twice")
        if place.suffix == "" and name != where.stem:
            problems.append(f"{where}: id is {name!r}, but must be the file's name {where.stem!r}")
        found[name] = entry
    return found


def _read_one(path: Path, cls: type[Entry], problems: list[str]) -> Any:
    """Return a file that is one entry; with a mistake in it, None, and nobody gets to see that."""
    return _build(cls, _parse(path, problems), path, problems)


def _raw_entries(place: Path, problems: list[str]) -> Iterator[tuple[Path, Any]]:
    if place.suffix == "":
        paths = sorted(place.glob("*.yml"))
        if not paths:
            problems.append(f"{place}: no such folder, or no file in it; one .yml file per entry")
        for path in paths:
            yield path, _parse(path, problems)
        return
    content = _parse(place, problems)
    if isinstance(content, list):
        content = {"entries": content}
    if not isinstance(content, dict) or not isinstance(content.get("entries"), list):
        if content is not None:
            problems.append(f"{place}: must hold `defaults` and a list `entries`")
        return
    defaults = content.get("defaults") or {}
    for raw in content["entries"]:
        yield place, {**defaults, **raw} if isinstance(raw, dict) else raw


def _parse(path: Path, problems: list[str]) -> Any:
    try:
        text = path.read_text("utf-8")
        for match in _RASA_KEYS.finditer(text):
            problems.append(f"{path}: the key {match[1]!r} makes Rasa take this for training data")
        content = yaml_reader.parse(text)
        if content is None:
            problems.append(f"{path}: empty; see docs/knowledge-format.md for what it must hold")
        return content
    except FileNotFoundError:
        problems.append(f"{path}: missing; restore it from version control")
    except UnicodeDecodeError as error:
        problems.append(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})")
    except yaml.YAMLError as error:
        problems.append(f"{path}: not YAML: {' '.join(str(error).split())}")
    return None


def _build(cls: type[Entry], raw: Any, where: Path, problems: list[str]) -> Entry | None:
    if raw is None:
        return None
    if not isinstance(raw, dict):
        problems.append(f"{where}: {raw!r} must be a mapping with the keys {_keys(cls)}")
        return None
    try:
        return cls(**raw)
    except ValidationError as error:
        label = raw.get("id") or raw.get("title")
        head = f"{where}: {label}" if label else f"{where}"
        problems.extend(f"{head}: {_explain(cls, part)}" for part in error.errors())
        return None


def _explain(cls: type[BaseModel], part: Any) -> str:
    place = ".".join(str(step) for step in part["loc"])
    if part["type"] == "value_error.extra":
        return f"unknown key {place!r}{nearest(place.split('.')[-1], _keys(cls))}"
    return f"{place}: {part['msg']}"


def _keys(cls: type[BaseModel]) -> list[str]:
    return [field.alias for field in cls.__fields__.values()]
