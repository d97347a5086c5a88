"""Make a knowledge base grow: roles of other trades, each from a trade, an object and a job word.

Role number n is always the same, however many there are, so a base can grow step by step. A trade
brings a group of its own; three of four roles belong to it, the others to none. Files are valid
and as long as those that people write, but their sentences repeat the patterns of `grown.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import load

FILE = Path(__file__).with_name("grown.yml")
# Roles of a trade before the next one begins.
ROLES_PER_TRADE = 170
# One role in so many knows a program with a coined name, and has that as its short form too.
COINED_EVERY = 10
REVIEWED = "2026-11-22"
_SYLLABLES = ("va", "lo", "ri", "mek", "tu", "zan", "fi", "dor", "pel", "qui", "nas", "wer")
_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Words(NamedTuple):
    """What fills the patterns for one role, and its number."""

    number: int
    trade: str
    object: str
    job: str
    chinese: str
    fill: Mapping[str, str]

    def __call__(self, pattern: str) -> str:
        """Return a pattern with its slots filled."""
        return pattern.format_map(self.fill)

    @property
    def id(self) -> str:
        """The id of the role."""
        return self.name.replace(" ", "-")

    @property
    def name(self) -> str:
        """The name of the role."""
        return f"{self.trade} {self.object} {self.job}"

    @property
    def group(self) -> str:
        """The id of the group that the trade brings."""
        return f"{self.trade.replace(' ', '-')}-trade"


def grow(folder: Path, size: int) -> None:
    """Add generated roles (and groups) to a knowledge base until it has `size` roles.

    Raises:
        ValueError: the base has more roles already, or there are no words for so many.
    """
    base = load(folder)
    own = [role.id for role in base.roles.values() if "article" in role.sources]
    grown = sum((folder / "roles" / f"{words(n).id}.yml").exists() for n in range(len(base.roles)))
    first, last = grown, size - (len(base.roles) - grown)
    if not first <= last <= most():
        raise ValueError(f"{size} roles: there are {len(base.roles)}, and at most {most()} more")
    trades: dict[str, Words] = {}
    for number in range(first, last):
        one = words(number)
        trades.setdefault(one.group, one)
        _write(folder / "roles" / f"{one.id}.yml", role(one, base, own))
    _add_groups(
        folder / "groups.yml", [one for key, one in trades.items() if key not in base.groups]
    )


def most() -> int:
    """Return how many roles can be generated."""
    return ROLES_PER_TRADE * len(_patterns()["trades"])


def words(number: int) -> Words:
    """Return what role number `number` (from 0) is made of."""
    lists = _patterns()
    trade, zh, goods, more = lists["trades"][number // ROLES_PER_TRADE % len(lists["trades"])]
    # 170 steps of 7 meet no pair of the 60 objects and 20 jobs twice: 7 has no divisor with 1200.
    place = (number % ROLES_PER_TRADE) * 7 + number // ROLES_PER_TRADE * 13
    objects, jobs = lists["objects"], lists["jobs"]
    thing, thing_zh, detail, papers = objects[place // len(jobs) % len(objects)]
    job, job_zh, does, tells, other, third = jobs[place % len(jobs)]
    fill = dict(trade=trade, goods=goods, more=more, object=thing, detail=detail, papers=papers)
    fill |= dict(job=job, does=does, tells=tells, other=other, third=third)
    fill |= dict(Does=does.capitalize(), Tells=tells.capitalize())
    return Words(number, trade, thing, job, zh + thing_zh + job_zh, fill)


def role(one: Words, base: KnowledgeBase, own: Sequence[str]) -> dict[str, Any]:
    """Return the content of a role's file.

    Args:
        one: what it is made of.
        base: for ids of skills, tools, interests and groups.
        own: ids of roles that were not generated, with which every generated one works.
    """
    lists = _patterns()
    in_group = one.number % 4 != 3
    interests = _some(list(base.interests), one.number, 4)
    texts = {key: one(lists[key]) for key in ("summary", "purpose")}
    many = {key: _filled(one, lists[key]) for key in ("described_as", "duties", "day")}
    return {
        "id": one.id,
        "name": one.name,
        "group": one.group if in_group else None,
        "works_most_with": [] if in_group else [one.group],
        "aliases": _aliases(one),
        **texts,
        **many,
        "skills": [
            {"id": key, "depth": ("advanced", "working", "basic")[place % 3], "for": one(use)}
            for place, (key, use) in enumerate(_uses(base.skills, one.number, lists["skill_for"]))
        ],
        "tools": [
            {"id": key, "for": one(use)}
            for key, use in _uses(base.tools, one.number, lists["tool_for"])
        ],
        "suits": interests[:3],
        "not_for": interests[3:],
        "entry": {
            "education": one(lists["education"]),
            "first_job": one(lists["first_job"]),
            "how": _filled(one, lists["how"]),
        },
        "levels": {
            key: [{"title": one(lists[key]), "note": one(lists["note"])}]
            for key in ("previous", "next")
        },
        "shop_size": {key: one(text) for key, text in lists["shop_size"].items()},
        "handovers": list(_handovers(one, own)),
        "codes": {},
        "job_zone": 1 + one.number % 5,
        "sources": ["editorial"],
        "reviewed": REVIEWED,
    }


def _aliases(one: Words) -> dict[str, list[str]]:
    """Return the names; every tenth role has a coined one too, and a short form."""
    english = _filled(one, _patterns()["aliases"])
    found = {"zh": [one.chinese], "hidden": [one.name.replace(one.object, one.object[:-1], 1)]}
    if one.number % COINED_EVERY:
        return {"en": english, **found}
    coined = _coined(one.number // COINED_EVERY)
    return {"en": [*english, f"{coined} {one.job}"], **found, "short": [coined]}


def _coined(number: int) -> str:
    """Return a word that exists in no language, another one for each number."""
    parts, count = [], len(_SYLLABLES)
    for place in range(3):
        parts.append(_SYLLABLES[(number // count**place + place * 5) % count])
    return "".join(parts)


def _handovers(one: Words, own: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield what the role passes on: to three roles of the base, and to two of its trade."""
    others = [own[(one.number * 7 + place * 5) % len(own)] for place in range(5)]
    if one.number > 1:
        others[3:] = [words(one.number - 1).id, words(one.number - 2).id]
    for other, texts in zip(others, _patterns()["handovers"], strict=True):
        what, when, then = _filled(one, texts)
        yield {"to": other, "what": what, "when": when, "then": then}


def _add_groups(path: Path, trades: Sequence[Words]) -> None:
    """Append the groups of new trades to `groups.yml`."""
    if not trades:
        return
    content = yaml.safe_load(path.read_text("utf-8"))
    first = content["entries"][0]["id"]
    content["entries"] += [_group(one, first) for one in trades]
    _write(path, content)


def _group(one: Words, works_with: str) -> dict[str, Any]:
    texts = _patterns()["group"]
    return {
        "id": one.group,
        "name": f"{one.trade} trade",
        "aliases": {"en": [f"{one.trade} department", f"{one.trade} group"], "zh": []},
        **{key: one(texts[key]) for key in ("summary", "purpose", "why", "suits")},
        "does": _filled(one, texts["does"]),
        "works_with": [{"group": works_with, "for": one(texts["works_with"])}],
        "sources": ["editorial"],
        "reviewed": REVIEWED,
    }


def _uses(nodes: Mapping[str, Any], number: int, uses: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(_some(list(nodes), number, len(uses)), uses, strict=True))


def _some(keys: Sequence[str], number: int, count: int) -> list[str]:
    """Return `count` different keys, others for each number."""
    return [keys[(number * 3 + place * (1 + number % 5)) % len(keys)] for place in range(count)]


def _filled(one: Words, patterns: Sequence[str]) -> list[str]:
    return [one(pattern) for pattern in patterns]


def _write(path: Path, content: Any) -> None:
    text = yaml.dump(content, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, "utf-8")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return content
