"""Where boxes stand and how lines run between them, without crossing a box."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from chatbot.pictures.scene import Line, Point, Rect

# Distance between the ends of two lines at a box.
PORT = 11.0
# How far an arc reaches out at least.
_LEAST_REACH = 16.0
# A Bézier curve with two equal control points comes this close to them.
_BELLY = 0.75

Pair = tuple[str, str]
_End = tuple[str, int]
_Order = Callable[[Rect, Rect, int], tuple[float, ...]]


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


def arcs(
    boxes: Mapping[str, Rect], pairs: Sequence[Pair], colours: Sequence[str], room: float
) -> list[Line]:
    """Return arrows at the right of boxes that stand below each other; none meet at a box.

    Args:
        boxes: boxes by name, the upper before the lower.
        pairs: names of the box where each arrow starts and where it ends.
        colours: of the arrows.
        room: how far the longest may reach out, in pixels.
    """
    ends = _ports(boxes, pairs, _nested)
    spans = [abs(ends[start, n] - ends[end, n]) for n, (start, end) in enumerate(pairs)]
    lines = []
    for number, ((start, end), colour) in enumerate(zip(pairs, colours, strict=True)):
        share = min(spans[number] / max(spans), spans[number] / room)
        reach = _LEAST_REACH + (room - _LEAST_REACH) * share
        out = boxes[start].right + reach / _BELLY
        y1, y2 = ends[start, number], ends[end, number]
        points = ((boxes[start].right, y1), (out, y1), (out, y2), (boxes[end].right, y2))
        lines.append(Line(points, colour, curved=True, head=True))
    return lines


def straight(
    boxes: Mapping[str, Rect], pairs: Sequence[Pair], colours: Sequence[str]
) -> list[Line]:
    """Return straight arrows between boxes in two columns; none meet at a box.

    Args:
        boxes: boxes by name.
        pairs: names of the box where each arrow starts and where it ends.
        colours: of the arrows.
    """
    ends = _ports(boxes, pairs, _from_top)
    lines = []
    for number, ((start, end), colour) in enumerate(zip(pairs, colours, strict=True)):
        one, other = boxes[start], boxes[end]
        x1, x2 = (one.right, other.x) if one.x < other.x else (one.x, other.right)
        points = ((x1, ends[start, number]), (x2, ends[end, number]))
        lines.append(Line(points, colour, head=True))
    return lines


def bezier(curve: Sequence[Point], t: float) -> Point:
    """Return the point of a cubic Bézier curve at t, 0 to 1."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x = sum(weight * point[0] for weight, point in zip(weights, curve, strict=True))
    y = sum(weight * point[1] for weight, point in zip(weights, curve, strict=True))
    return x, y


def _ports(boxes: Mapping[str, Rect], pairs: Sequence[Pair], order: _Order) -> dict[_End, float]:
    """Return the height at which each arrow meets each of its boxes."""
    ends: dict[_End, float] = {}
    for name, area in boxes.items():
        touching = [number for number, pair in enumerate(pairs) if name in pair]
        touching.sort(key=lambda number: order(area, _other(boxes, pairs[number], name), number))
        step = min(PORT, (area.height - 8) / max(len(touching) - 1, 1))
        first = area.centre[1] - step * (len(touching) - 1) / 2
        ends |= {(name, number): first + place * step for place, number in enumerate(touching)}
    return ends


def _other(boxes: Mapping[str, Rect], pair: Pair, name: str) -> Rect:
    return boxes[pair[1] if pair[0] == name else pair[0]]


def _from_top(_: Rect, other: Rect, number: int) -> tuple[float, ...]:
    """Put arrows from top to bottom as their other ends lie, so that they do not cross here."""
    return other.centre[1], number


def _nested(area: Rect, other: Rect, number: int) -> tuple[float, ...]:
    """Put arrows to boxes above over those to boxes below, the longest ones in the middle.

    Those between the same two boxes lie inside each other.
    """
    down = other.centre[1] - area.centre[1]
    return (1.0, -down, number) if down > 0 else (0.0, -down, -number)
