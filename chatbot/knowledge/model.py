"""The shape of the knowledge base: what each kind of entry holds and how long it may be.

This is the schema's one home: `load` builds these objects from YAML and `check` reports what does
not fit them. `docs/knowledge-format.md` explains the fields to writers.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConstrainedStr, Field, root_validator, validator
from pydantic.fields import ModelField

# Numbers of people in a shop; the ids of shop_sizes.yml.
SIZES = ("micro", "small", "medium", "large")

SkillKind = Literal["knowledge", "hard", "soft"]
ToolKind = Literal["platform", "software", "service", "equipment"]
Depth = Literal["basic", "working", "advanced"]


class Id(ConstrainedStr):
    """Lower-case words joined by hyphens."""

    regex = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Text(ConstrainedStr):
    """Any text that is not empty; the subclasses set how long it may be."""

    min_length = 1
    strip_whitespace = True


class Text60(Text):
    """At most 60 characters."""

    max_length = 60


class Text80(Text):
    """At most 80 characters."""

    max_length = 80


class Text120(Text):
    """At most 120 characters."""

    max_length = 120


class Text140(Text):
    """At most 140 characters."""

    max_length = 140


class Text160(Text):
    """At most 160 characters."""

    max_length = 160


class Text220(Text):
    """At most 220 characters."""

    max_length = 220


class Part(BaseModel):
    """A part of an entry; no field may be unknown and nothing changes after loading."""

    class Config:
        """Pydantic settings."""

        extra = "forbid"
        frozen = True

    @validator("*")
    def _count(cls, value: Any, field: ModelField) -> Any:  # noqa: N805
        """Enforce `least` and `most` on lists (pydantic 1 does so only for its own list type)."""
        least = field.field_info.extra.get("least", 0)
        most = field.field_info.extra.get("most")
        if isinstance(value, tuple) and len(value) < least:
            raise ValueError(f"has {len(value)}, needs at least {least}")
        if isinstance(value, tuple) and most is not None and len(value) > most:
            raise ValueError(f"has {len(value)}, may have at most {most}")
        return value


class Aliases(Part):
    """Other names: shown ones in English and Chinese, and hidden ones (misspellings, pinyin).

    Short forms of a role ("weibo") name it only together with a word for a person ("the weibo guy")
    or where two jobs are spoken of ("weibo or wechat"); those of `before_person` ("order") only
    together with such a word.
    """

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    before_person: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every alias, whatever its language."""
        return self.en + self.zh + self.hidden


class Node(Part):
    """What every entry has: an id, names, where it comes from and when it was last read over.

    `described_as` are phrases by which people speak of it without naming it; they are never shown.
    """

    id: Id
    name: Text80
    aliases: Aliases = Aliases()
    described_as: tuple[str, ...] = ()
    sources: tuple[Id, ...] = Field(least=1)
    reviewed: datetime.date

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases.all)


class Defined(Node):
    """An entry with a definition of one or two sentences."""

    definition: Text220


class Source(Part):
    """Where facts come from; `title` is what an answer shows."""

    id: Id
    title: Text80
    attribution: Text


class SkillUse(Part):
    """A skill that a role needs, how deep and what for."""

    id: Id
    depth: Depth
    use: Text80 = Field(alias="for")


class ToolUse(Part):
    """A tool that a role works with and what for."""

    id: Id
    use: Text80 = Field(alias="for")


class Entry(Part):
    """How one gets into a role."""

    education: Text160
    first_job: Text120
    how: tuple[Text120, ...] = Field(least=2, most=4)
    beginners: bool = False


class Level(Part):
    """A job before or after a role: one of our roles, or a title we have no entry for."""

    role: Id | None = None
    title: Text80 | None = None
    note: Text120

    @root_validator(skip_on_failure=True)
    def _one_of_both(cls, values: dict[str, object]) -> dict[str, object]:  # noqa: N805
        if bool(values["role"]) == bool(values["title"]):
            raise ValueError("needs either `role` (an id) or `title` (free text)")
        return values


class Levels(Part):
    """Where people come from and where they go next."""

    previous: tuple[Level, ...] = Field(least=1)
    next: tuple[Level, ...] = Field(least=1)


class BySize(Part):
    """What a role looks like in each size of shop."""

    micro: Text160
    small: Text160
    medium: Text160
    large: Text160


class BySelling(Part):
    """How a role differs by way of selling; the keys are ids of business_models.yml."""

    platform: Text140 = Field(alias="third-party-platform")
    mall: Text140 = Field(alias="self-built-mall")

    def by_model(self, key: str) -> str:
        """Return the text for a business model, or nothing for one that is not told."""
        return {"third-party-platform": self.platform, "self-built-mall": self.mall}.get(key, "")


class Pass(Part):
    """A handover as a role file states it: to or from another role."""

    to: Id | None = None
    from_: Id | None = Field(None, alias="from")
    what: Text80
    when: Text60
    then: Text120
    if_late: Text120 | None = None

    @root_validator(skip_on_failure=True)
    def _one_direction(cls, values: dict[str, object]) -> dict[str, object]:  # noqa: N805
        if bool(values["to"]) == bool(values["from_"]):
            raise ValueError("needs either `to` or `from` (a role id)")
        return values


class Code(Part):
    """An occupation of a public standard and how well it fits."""

    code: str
    title: str | None = None
    label: str | None = None
    name: str | None = None
    fit: Literal["exact", "close", "part", "career"] | None = None


class Codes(Part):
    """Occupational codes: O*NET (USA), ESCO (EU), CSCO (China)."""

    onet: tuple[Code, ...] = ()
    esco: tuple[Code, ...] = ()
    csco: tuple[Code, ...] = ()


class Role(Node):
    """One e-commerce job."""

    group: Id | None
    works_most_with: tuple[Id, ...] = ()
    gist: Text80 | None = None
    summary: Text160
    purpose: Text160
    duties: tuple[Text120, ...] = Field(least=6)
    day: tuple[Text120, ...] = Field(least=3, most=5)
    skills: tuple[SkillUse, ...] = Field(least=7)
    tools: tuple[ToolUse, ...] = Field(least=4)
    suits: tuple[Id, ...] = Field(least=3, most=6)
    not_for: tuple[Id, ...] = Field((), most=3)
    entry: Entry
    levels: Levels
    shop_size: BySize
    selling: BySelling | None = None
    handovers: tuple[Pass, ...] = Field(least=5)
    codes: Codes
    riasec: str | None = Field(None, regex="^[RIASEC]{3}$")
    job_zone: int | None = Field(None, ge=1, le=5)


class WorksWith(Part):
    """Another group and what the two do together."""

    group: Id
    use: Text120 = Field(alias="for")


class Group(Node):
    """A family of roles; those of `order` are told first, in this order."""

    summary: Text160
    purpose: Text220
    does: tuple[Text120, ...] = Field(least=4)
    why: Text220
    suits: Text160
    works_with: tuple[WorksWith, ...] = Field(least=1)
    order: tuple[Id, ...] = ()


class Skill(Defined):
    """Something a person must know or be able to do; `tools` are those it is done with."""

    kind: SkillKind
    tools: tuple[Id, ...] = ()
    learn: Text120


class Tool(Defined):
    """A platform, program, service or piece of equipment."""

    kind: ToolKind


class Term(Defined):
    """A word of the trade."""

    example: Text160
    generic: bool = False
    roles: tuple[Id, ...] = Field(least=1, most=4)
    see: tuple[Id, ...] = ()


class Step(Part):
    """One step of a process and the role that owns it."""

    role: Id
    does: Text120
    hands_on: Text80
    if_late: Text120


class Process(Defined):
    """A piece of the shop's work from start to end."""

    trigger: Text120
    result: Text120
    steps: tuple[Step, ...] = Field(least=6, most=10)


class RoleUse(Part):
    """A role and what it is needed for."""

    role: Id
    use: Text120 = Field(alias="for")


class Company(Defined):
    """A company that serves as an example."""

    model: Id
    story: tuple[Text160, ...] = Field(least=3)
    lesson: Text160
    terms: tuple[Id, ...] = ()
    roles: tuple[Id, ...] = ()
    carried_by: tuple[RoleUse, ...] = ()


class BusinessModel(Defined):
    """A way of selling online."""

    good: tuple[Text120, ...] = Field(least=2)
    hard: tuple[Text120, ...] = Field(least=2)
    companies: tuple[Id, ...] = ()
    roles: tuple[RoleUse, ...] = ()


class Post(Part):
    """One person's job in a shop of a given size and the roles it covers.

    With fewer people than `from_people`, the person of the post `until_then` does it besides; a
    post that is `outside` is bought in and counts as nobody.
    """

    title: Text80
    covers: tuple[Id, ...] = Field(least=1)
    note: Text160 | None = None
    from_people: int | None = Field(None, ge=2)
    until_then: Text80 | None = None
    outside: bool = False


class ShopSize(Defined):
    """A size of shop and how the work is divided in it."""

    people: tuple[int, int | None]
    posts: tuple[Post, ...] = Field(least=1)
    rule: Text160
    others: Text160 | None = None


class Demand(Defined):
    """What is known about demand for people and what employers want."""

    points: tuple[Text120, ...] = Field(least=2, most=5)
    roles: tuple[Id, ...] = ()
    skills: tuple[Id, ...] = ()


class Interest(Defined):
    """Something people like doing, by which roles are recommended; `skills` are part of it."""

    skills: tuple[Id, ...] = ()


class Brought(Part):
    """A skill that people of a trade bring along, and where they have it from."""

    id: Id
    use: Text80 = Field(alias="from")


class Occupation(Part):
    """A job we know of but have no entry for.

    Trades that people come from also have what they bring (`brings`) and what speaks for them
    (`why`). `fields` name a trade only where somebody tells what they did ("years in retail"),
    `said_as` wherever they stand ("mum returning to work").
    """

    title: Text80
    aliases: tuple[str, ...] = ()
    nearest: tuple[Id, ...] = Field(least=1, most=3)
    near: bool
    fields: tuple[str, ...] = ()
    said_as: tuple[str, ...] = ()
    brings: tuple[Brought, ...] = Field((), most=5)
    why: Text160 | None = None
    sources: tuple[Id, ...] = ()
    reviewed: datetime.date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The title and all aliases."""
        return (self.title, *self.aliases)


class Handover(Part):
    """The one kind of edge between roles: what `giver` passes to `receiver`, when, and what for.

    `if_late` is what goes wrong when it comes late, as a whole clause, or empty; `place` is its
    place in the file that states it, where the most important stands first.
    """

    giver: Id
    receiver: Id
    what: str
    when: str
    then: str
    if_late: str = ""
    place: int = 0
