"""How wide text is, and where it breaks; measured with the font that the painter draws with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import matplotlib
from matplotlib.ft2font import FT2Font

# The font that comes with Matplotlib, so that pictures look the same on every machine.
FAMILY = "DejaVu Sans"
_FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
# Size at which widths are measured; large, so that they are not rounded to whole pixels.
_MEASURED_AT = 200.0
_NO_HINTING = 2
# Height of a line of text, as a multiple of the font's size.
LEADING = 1.3


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how many pixels wide a text is in a font of `size` pixels."""
    return _unit_width(text, bold) * size


def wrap(text: str, room: float, size: float, bold: bool = False, most: int = 99) -> list[str]:
    """Return the lines of a text that is `room` pixels wide at most.

    A word that is too long is broken; what is left after `most` lines is cut with an ellipsis.
    """
    lines: list[str] = []
    for word in _pieces(text, room, size, bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(lines[most - 1] + " …", room, size, bold)]


def _pieces(text: str, room: float, size: float, bold: bool) -> list[str]:
    pieces = []
    for word in text.split():
        rest = word
        while width(rest, size, bold) > room and len(rest) > 1:
            fit = next(n for n in range(len(rest), 0, -1) if n == 1 or _fits(rest[:n], room, size))
            pieces.append(rest[:fit])
            rest = rest[fit:]
        pieces.append(rest)
    return pieces


def _fits(text: str, room: float, size: float) -> bool:
    return width(text, size, True) <= room


def _cut(text: str, room: float, size: float, bold: bool) -> str:
    while width(text, size, bold) > room and len(text) > 2:
        text = text[:-2].rstrip() + "…"
    return text


@lru_cache(maxsize=20_000)
def _unit_width(text: str, bold: bool) -> float:
    font = _font(bold)
    font.set_text(text, 0.0, flags=_NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / _MEASURED_AT


@lru_cache(maxsize=2)
def _font(bold: bool) -> FT2Font:
    font = FT2Font(str(Path(matplotlib.get_data_path(), "fonts", "ttf", _FILES[bold])))
    font.set_size(_MEASURED_AT, 72)
    return font
