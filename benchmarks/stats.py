"""Figures out of lists of measurements."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest measured value that at least `share` (0-1) of all values do not exceed.

    Nearest rank: the result is always a value that was really measured.

    Raises:
        ValueError: if there are no values or the share is out of range.
    """
    if not values:
        raise ValueError("no values to take a percentile of")
    if not 0 < share <= 1:
        raise ValueError(f"share is {share!r}, must be above 0 and at most 1")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def around(values: Sequence[float], turn: int, width: int) -> float:
    """Return the median of the `width` (odd) values around a turn, counted from 1.

    Raises:
        ValueError: if the turn is too near to either end.
    """
    first = turn - 1 - width // 2
    if first < 0 or first + width > len(values):
        raise ValueError(f"turn {turn} has no {width} values around it among {len(values)}")
    return median(values[first : first + width])


def ratio(value: float | None, other: float | None) -> float | None:
    """Return value / other, or None where either was not measured or the other is 0."""
    if value is None or not other:
        return None
    return value / other
