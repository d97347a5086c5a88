"""Colours and sizes, the same in every picture."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase

# Widths for which pictures are laid out: a phone, a wide window.
PHONE, WIDE = 360, 1200
WIDTHS = (PHONE, WIDE)
# No text is smaller, in pixels of the picture's width.
SMALLEST = 11.0

INK, SOFT, FAINT, PAPER, GROUND = "#1B1F24", "#4A5360", "#8A93A0", "#FFFFFF", "#F4F6F9"
EDGE = "#C9D0D9"
# Paul Tol's "bright" scheme, chosen to be told apart with every common colour blindness
# (P. Tol, Colour Schemes, SRON/EPS/TN/09-002); its grey is for what has no group.
GROUP_COLOURS = ("#4477AA", "#AA3377", "#228833", "#EE6677", "#CCBB44", "#66CCEE")
NO_GROUP = "#8A8A8A"
# Paul Tol's "vibrant" scheme: roles side by side in one chart.
ROLE_COLOURS = ("#0077BB", "#EE7733", "#009988", "#CC3311", "#33BBEE", "#EE3377", "#BBBBBB")


@dataclass(frozen=True)
class Sizes:
    """Fonts and distances of a layout, in pixels.

    Attributes:
        title: font of the headline.
        head: font of headings.
        name: font of names on cards.
        body: font of all other text.
        margin: to the edge of the picture.
        gap: between two things.
        pad: between a card's edge and its text.
    """

    title: float
    head: float
    name: float
    body: float
    margin: float
    gap: float
    pad: float


_PHONE = Sizes(title=17, head=13, name=13, body=12, margin=14, gap=10, pad=8)
_WIDE = Sizes(title=26, head=16, name=15, body=13.5, margin=32, gap=14, pad=11)


def sizes(width: int) -> Sizes:
    """Return the sizes for one of `WIDTHS`."""
    return _PHONE if width == PHONE else _WIDE


def group_colour(group: str | None, base: KnowledgeBase) -> str:
    """Return the colour of a group; when there are more groups than colours they repeat."""
    if group is None or group not in base.groups:
        return NO_GROUP
    return GROUP_COLOURS[list(base.groups).index(group) % len(GROUP_COLOURS)]


def role_colour(role: model.Role | None, base: KnowledgeBase) -> str:
    """Return the colour of a role's group."""
    return group_colour(role.group if role else None, base)


def tint(colour: str, share: float) -> str:
    """Return a colour mixed with white; `share` is how much of the colour is left, 0 to 1."""
    parts = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)
