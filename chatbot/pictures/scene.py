"""A laid-out picture: shapes and lines of text with their places, not yet drawn.

All measures are in pixels of the picture's width (360 or 1,200); y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    """A rectangle from its left top corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Rect, slack: float = 0.0) -> bool:
        """Return whether two rectangles share more than `slack` pixels in both directions."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across > slack and down > slack

    def holds(self, other: Rect, slack: float = 0.0) -> bool:
        """Return whether the other lies inside, or beyond an edge by at most `slack` pixels."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True)
class Label:
    """One line of text; `area` is the room it takes, `area.x` where it begins."""

    text: str
    area: Rect
    size: float
    bold: bool = False
    colour: str = "#1B1F24"


@dataclass(frozen=True)
class Box:
    """A filled rectangle with round corners; `stripe` colours its left edge."""

    area: Rect
    fill: str
    edge: str | None = None
    stripe: str | None = None
    radius: float = 6.0
    dashed: bool = False


@dataclass(frozen=True)
class Line:
    """A line through points: straight from one to the next, or one curve of four control points.

    Attributes:
        points: where it goes.
        colour: of the line and its head.
        width: of the line.
        curved: whether the four points are those of a cubic Bézier curve.
        head: whether it ends with an arrow's head.
    """

    points: tuple[Point, ...]
    colour: str
    width: float = 1.6
    curved: bool = False
    head: bool = False


@dataclass
class Scene:
    """What is drawn, from the ground up: panels, lines, boxes, labels."""

    width: float
    height: float = 0.0
    panels: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
