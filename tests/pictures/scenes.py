"""Laid-out pictures for tests and what may be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import numpy as np

from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names, style
from chatbot.pictures.layout import lay_out
from chatbot.pictures.names import Picture
from chatbot.pictures.orders import Order
from chatbot.pictures.page import Words
from chatbot.pictures.scene import Label, Rect, Scene
from chatbot.pictures.wires import bezier
from chatbot.wording.pictures import order
from tests.support.base import knowledge_base

# Least distance of text to the edge, and how far boxes of text may touch, in pixels.
LEAST_MARGIN, TOUCH = 6.0, 0.5
KNOWLEDGE = "0" * 64


@lru_cache(maxsize=1)
def all_pictures() -> tuple[Picture, ...]:
    """Return every picture, and some comparisons of three roles."""
    roles = list(knowledge_base().roles)
    threes = [Picture(names.COMPARE, ids) for ids in list(combinations(roles, 3))[::150]]
    return (*names.every(knowledge_base()), *threes)


def one_of_each() -> list[Picture]:
    """Return the first picture of each kind, and a chain between two roles that never meet."""
    found = {picture.kind: picture for picture in all_pictures()}
    chain = Picture(names.PAIR, ("quality-controller", "weibo-marketing-specialist"))
    return [*found.values(), chain]


def ordered(
    picture: Picture, width: int = style.PHONE, form: str = "png", base: KnowledgeBase | None = None
) -> Order:
    """Return what is needed to draw a picture."""
    return order(picture, base or knowledge_base(), KNOWLEDGE, "en", width, form)


def scene_of(picture: Picture, width: int, base: KnowledgeBase | None = None) -> Scene:
    """Return a picture laid out, with the words of the bot."""
    base = base or knowledge_base()
    wanted = ordered(picture, width, base=base)
    return lay_out(picture, base, Words(wanted.title, wanted.phrases), width)


def faults(scene: Scene) -> Iterator[str]:
    """Yield what is wrong with the text of a scene."""
    yield from _outside(scene)
    yield from _overlapping(scene.labels)
    yield from _cut_by_boxes(scene)
    yield from _crossed(scene)
    yield from (f"{one.text!r} has size {one.size}" for one in scene.labels if one.size < 11)


def _outside(scene: Scene) -> Iterator[str]:
    edge = LEAST_MARGIN
    paper = Rect(edge, edge, scene.width - 2 * edge, scene.height - 2 * edge)
    for label in scene.labels:
        if not paper.holds(label.area):
            yield f"{label.text!r} at {label.area} leaves the picture"
    for box in (*scene.boxes, *scene.panels):
        if not paper.holds(box.area):
            yield f"a box at {box.area} leaves the picture"


def _overlapping(labels: list[Label]) -> Iterator[str]:
    areas = np.array([(a.area.x, a.area.y, a.area.right, a.area.bottom) for a in labels])
    across = np.minimum.outer(areas[:, 2], areas[:, 2]) - np.maximum.outer(areas[:, 0], areas[:, 0])
    down = np.minimum.outer(areas[:, 3], areas[:, 3]) - np.maximum.outer(areas[:, 1], areas[:, 1])
    for one, other in np.argwhere(np.triu((across > TOUCH) & (down > TOUCH), 1)):
        yield f"{labels[one].text!r} and {labels[other].text!r} overlap"


def _cut_by_boxes(scene: Scene) -> Iterator[str]:
    for label in scene.labels:
        for box in (*scene.boxes, *scene.panels):
            if box.area.overlaps(label.area, TOUCH) and not box.area.holds(label.area, TOUCH):
                yield f"the edge of a box cuts {label.text!r}"


def _crossed(scene: Scene) -> Iterator[str]:
    """Yield labels that a line runs through, unless a box lies between them."""
    bare = [
        label for label in scene.labels if not any(b.area.holds(label.area, 1) for b in scene.boxes)
    ]
    points = np.array([point for line in scene.lines for point in _along(line)])
    for label in bare if len(points) else ():
        area = label.area
        inside = (points[:, 0] > area.x) & (points[:, 0] < area.right)
        inside &= (points[:, 1] > area.y + 1) & (points[:, 1] < area.bottom - 1)
        if inside.any():
            yield f"a line runs through {label.text!r}"


def _along(line: object) -> Iterator[tuple[float, float]]:
    points = line.points
    if line.curved:
        yield from (bezier(points, step / 40) for step in range(41))
        return
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        for step in range(41):
            yield x1 + (x2 - x1) * step / 40, y1 + (y2 - y1) * step / 40
