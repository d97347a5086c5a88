"""Which pictures there are and what they are called.

A name is the picture's kind and the ids of what it shows, joined by two hyphens, such as
`collaboration--warehouse-manager`. Ids hold single hyphens only, so a name can be read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from chatbot.errors import PictureError, nearest
from chatbot.knowledge.base import KnowledgeBase

COLLABORATION, PAIR, GROUP, GROUPS = "collaboration", "pair", "group", "groups"
PROCESS, CAREER_PATH, COMPARE = "process", "career-path", "compare"

SEPARATOR = "--"
# Kind -> what its ids name (a key of `KnowledgeBase.by_kind`) and how many there may be.
KINDS: Mapping[str, tuple[str, tuple[int, ...]]] = MappingProxyType(
    {
        COLLABORATION: ("role", (1,)),
        PAIR: ("role", (2,)),
        GROUP: ("group", (1,)),
        GROUPS: ("group", (2,)),
        PROCESS: ("process", (1,)),
        CAREER_PATH: ("role", (1,)),
        COMPARE: ("role", (2, 3)),
    }
)


@dataclass(frozen=True)
class Picture:
    """A picture: its kind, one of `KINDS`, and the ids of what it shows.

    Two orders of the same ids are the same picture, so that it is drawn once.
    """

    kind: str
    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(sorted(self.ids)))

    @property
    def name(self) -> str:
        """The name, fit for an address and for a file."""
        return SEPARATOR.join((self.kind, *self.ids))


def picture(kind: str, ids: Sequence[str]) -> Picture | None:
    """Return the picture of these things, or None where this kind cannot show as many."""
    fits = len(ids) in KINDS[kind][1] and len(set(ids)) == len(ids)
    return Picture(kind, tuple(ids)) if fits else None


def parse(name: str, base: KnowledgeBase) -> Picture:
    """Return the picture of a name.

    Raises:
        PictureError: there is no such kind, or what it shall show is not in the knowledge base.
    """
    kind, *ids = name.split(SEPARATOR)
    if kind not in KINDS:
        raise PictureError(
            f"{name!r}: no kind of picture is called {kind!r}{nearest(kind, list(KINDS))}; "
            f"there are {', '.join(KINDS)}"
        )
    shown, counts = KINDS[kind]
    if len(set(ids)) != len(ids) or len(ids) not in counts:
        wanted = " or ".join(map(str, counts))
        raise PictureError(f"{name!r}: needs {wanted} different {shown} ids after {kind!r}")
    for one in ids:
        if one not in base.by_kind[shown]:
            hint = nearest(one, list(base.by_kind[shown]))
            raise PictureError(f"{name!r}: there is no {shown} {one!r}{hint}")
    return Picture(kind, tuple(ids))


def address(picture: Picture, server: str, form: str = "png", width: int = 360) -> str:
    """Return where a picture is served.

    Args:
        picture: which one.
        server: address of the server without a closing slash; empty for a path alone.
        form: `png` or `svg`.
        width: 360 or 1200, in pixels.
    """
    return f"{server}/pictures/{picture.name}.{form}?width={width}"


def every(base: KnowledgeBase) -> Iterator[Picture]:
    """Yield all pictures, those that show least things first; no comparison of three roles."""
    for count in (1, 2):
        for kind, (shown, counts) in KINDS.items():
            if count in counts:
                for ids in combinations(base.by_kind[shown], count):
                    yield Picture(kind, ids)
