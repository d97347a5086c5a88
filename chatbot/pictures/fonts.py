"""How wide text is, and where it breaks; measured with the font that the painter draws with."""

from __future__ import annotations

from bisect import bisect_right
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


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Return the lines of a text that is `room` pixels wide at most.

    Breaks at blanks; a word that is wider than a line is broken after a hyphen or anywhere.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if width(longer, size, bold) <= room:
            lines[-1:] = [longer]
        else:
            lines += _broken(word, room, size, bold)
    return lines


def _broken(word: str, room: float, size: float, bold: bool) -> list[str]:
    pieces = []
    while len(word) > 1 and width(word, size, bold) > room:
        fit = max(
            2, bisect_right(range(len(word)), room, key=lambda n: width(word[:n], size, bold))
        )
        end = word.rfind("-", 0, fit - 1) + 1 or fit - 1
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


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
