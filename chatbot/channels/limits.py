"""What a messaging platform takes (limits.yml), and texts made to fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chatbot import yaml_reader
from chatbot.errors import SettingsError, nearest

FILE = Path(__file__).with_name("limits.yml")
UNITS: Mapping[str, Callable[[str], int]] = {
    "chars": len,
    "utf16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "bytes": lambda text: len(text.encode("utf-8", "surrogatepass")),
}
_CUT = "…"


@dataclass(frozen=True)
class Limit:
    """How much of something a platform takes.

    Args:
        most: the largest number.
        unit: what is counted: a key of UNITS, or `items`.
        what: of what it is the limit.
        source: address of the page that says so.
        ours: whether the number is our choice.
    """

    most: int
    unit: str
    what: str
    source: str
    ours: bool = False

    def size(self, text: str) -> int:
        """Return the size of a text in the limit's unit."""
        return UNITS[self.unit](text)

    def fits(self, text: str) -> bool:
        """Tell whether a text is within the limit."""
        return self.size(text) <= self.most


@lru_cache(maxsize=1)
def all_limits() -> Mapping[str, Mapping[str, Limit]]:
    """Return the limits of every channel, read once."""
    rows = yaml_reader.parse(FILE.read_text("utf-8"))
    return {
        channel: {name: Limit(**values) for name, values in limits.items()}
        for channel, limits in rows.items()
    }


def limits(channel: str) -> Mapping[str, Limit]:
    """Return the limits of a channel by name.

    Raises:
        SettingsError: limits.yml does not know the channel.
    """
    known = all_limits()
    if channel not in known:
        raise SettingsError(
            f"{FILE.name}: no limits for the channel {channel!r}{nearest(channel, list(known))}; "
            f"it has {', '.join(known)}"
        )
    return known[channel]


def split(text: str, limit: Limit) -> list[str]:
    """Return a text in parts that fit, in order; an empty text has no parts.

    It is broken at the ends of lines; within a line that is too long by itself, between words;
    within a word only if that is too long by itself.
    """
    parts: list[str] = []
    for piece, joint in _pieces(text.strip(), limit):
        longer = f"{parts[-1]}{joint}{piece}" if parts else piece
        if limit.fits(longer):
            parts[-1:] = [longer]
        else:
            parts.append(piece)
    # Blank lines at a break belong to neither part.
    return [part.strip("\n") for part in parts if part.strip()]


def shorten(text: str, limit: Limit) -> str:
    """Return a text that fits, cut with … between words if it did not."""
    if limit.fits(text):
        return text
    first = split(text, Limit(limit.most - limit.size(_CUT), limit.unit, "", ""))[0]
    return first.splitlines()[0].rstrip(" ,;:") + _CUT


def _pieces(text: str, limit: Limit) -> Iterator[tuple[str, str]]:
    """Yield what may stand in a part by itself, each with what joins it to the one before."""
    for line in text.split("\n"):
        if limit.fits(line):
            yield line, "\n"
        else:
            yield from _pieces_of_line(line, limit)


def _pieces_of_line(line: str, limit: Limit) -> Iterator[tuple[str, str]]:
    joint = "\n"
    for word in line.split(" "):
        for piece in _chopped(word, limit):
            yield piece, joint
            joint = ""
        joint = " "


def _chopped(word: str, limit: Limit) -> Iterator[str]:
    while not limit.fits(word):
        end = limit.most
        while not limit.fits(word[:end]):
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word
