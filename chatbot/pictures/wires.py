"""Where boxes stand and how lines run between them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from chatbot.pictures.scene import Line, Point, Rect

# How far a line bows, as a share of its length, so that both directions can be told apart.
_BOW = 0.14
# Steps in which a curve is drawn, and in which an ellipse is made higher.
_STEPS, _HIGHER, _HIGHEST = 60, 10, 3000
# Distance between the ends of two lines at a box.
_PORT = 11.0
# An ellipse is at least this high for its width.
_LEAST_HEIGHT = 0.75


def ellipse(room: Rect, width: float, heights: Sequence[float], gap: float) -> list[Rect]:
    """Return boxes on an ellipse, clockwise from the top, as flat as they can be without touching.

    Args:
        room: its left, top and width are kept to.
        width: of each box.
        heights: of each box.
        gap: left free between any two of them.
    """
    across = (room.width - width) / 2 if len(heights) > 1 else 0.0
    areas: list[Rect] = []
    for down in range(int(across * _LEAST_HEIGHT), _HIGHEST, _HIGHER):
        areas = _on_ellipse(room.centre[0], across, down, width, heights)
        if _apart(areas, gap):
            break
    top = min((area.y for area in areas), default=0.0)
    return [Rect(area.x, area.y - top + room.y, area.width, area.height) for area in areas]


def column(room: Rect, heights: Sequence[float]) -> list[Rect]:
    """Return boxes below each other with equal distances, from the top of the room to its end."""
    spare = room.height - sum(heights)
    gap = spare / (len(heights) - 1) if len(heights) > 1 else 0.0
    y = room.y + (spare / 2 if len(heights) == 1 else 0.0)
    areas = []
    for height in heights:
        areas.append(Rect(room.x, y, room.width, height))
        y += height + gap
    return areas


def bow(start: Rect, end: Rect, colour: str) -> Line:
    """Return an arrow from one box to another that bows to its right."""
    (x1, y1), (x2, y2) = start.centre, end.centre
    dx, dy = x2 - x1, y2 - y1
    side = (-dy * _BOW, dx * _BOW)
    curve = (
        (x1, y1),
        (x1 + dx / 3 + side[0], y1 + dy / 3 + side[1]),
        (x1 + dx * 2 / 3 + side[0], y1 + dy * 2 / 3 + side[1]),
        (x2, y2),
    )
    points = [bezier(curve, step / _STEPS) for step in range(_STEPS + 1)]
    free = [point for point in points if not (_near(start, point) or _near(end, point))]
    return Line(tuple(free) if len(free) > 1 else curve[::3], colour, head=True)


def bezier(curve: Sequence[Point], t: float) -> Point:
    """Return the point of a cubic Bézier curve at t, 0 to 1."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x = sum(weight * point[0] for weight, point in zip(weights, curve, strict=True))
    y = sum(weight * point[1] for weight, point in zip(weights, curve, strict=True))
    return x, y


def straight(
    boxes: Mapping[str, Rect], pairs: Sequence[tuple[str, str]], colours: Sequence[str]
) -> list[Line]:
    """Return straight arrows between boxes in two columns; no two share an end.

    Args:
        boxes: boxes by name.
        pairs: names of the box where each arrow starts and where it ends.
        colours: of the arrows.
    """
    ends: dict[tuple[str, int], float] = {}
    for name, area in boxes.items():
        touching = [number for number, pair in enumerate(pairs) if name in pair]
        # From top to bottom as their other ends lie, so that they do not cross here.
        touching.sort(key=lambda number: (_other(boxes, pairs[number], name).centre[1], number))
        step = min(_PORT, (area.height - 8) / max(len(touching) - 1, 1))
        first = area.centre[1] - step * (len(touching) - 1) / 2
        ends |= {(name, number): first + place * step for place, number in enumerate(touching)}
    lines = []
    for number, ((start, end), colour) in enumerate(zip(pairs, colours, strict=True)):
        one, other = boxes[start], boxes[end]
        x1, x2 = (one.right, other.x) if one.x < other.x else (one.x, other.right)
        points = ((x1, ends[start, number]), (x2, ends[end, number]))
        lines.append(Line(points, colour, head=True))
    return lines


def _other(boxes: Mapping[str, Rect], pair: tuple[str, str], name: str) -> Rect:
    return boxes[pair[1] if pair[0] == name else pair[0]]


def _on_ellipse(
    middle: float, across: float, down: float, width: float, heights: Sequence[float]
) -> list[Rect]:
    areas = []
    # Two stand beside each other, more begin at the top.
    start = math.pi if len(heights) == 2 else -math.pi / 2
    for number, height in enumerate(heights):
        angle = 2 * math.pi * number / len(heights) + start
        x, y = middle + across * math.cos(angle), down * math.sin(angle)
        areas.append(Rect(x - width / 2, y - height / 2, width, height))
    return areas


def _apart(areas: Sequence[Rect], gap: float) -> bool:
    grown = [Rect(a.x - gap / 2, a.y - gap / 2, a.width + gap, a.height + gap) for a in areas]
    return not any(one.overlaps(other) for n, one in enumerate(grown) for other in grown[n + 1 :])


def _near(area: Rect, point: Point, slack: float = 2.0) -> bool:
    return Rect(point[0], point[1], 0, 0).overlaps(
        Rect(area.x - slack, area.y - slack, area.width + 2 * slack, area.height + 2 * slack), -1e-9
    )
