"""A process: a lane for each role, its numbered steps, and what is handed on from lane to lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chatbot.knowledge import model
from chatbot.pictures import style
from chatbot.pictures.page import STRIPE, Page, Text
from chatbot.pictures.scene import Box, Point, Rect, Scene

_Row = tuple[int, model.Role, model.Step]
_HEAD = 212.0
_DISC = {style.PHONE: 13.0, style.WIDE: 15.0}
# Width of the part with the discs, at most.
_TRACK = 430.0


def lay_out(page: Page, facts: Mapping[str, Any]) -> Scene:
    """Lay out the lanes: in a wide picture with time to the right, on a phone with time down."""
    page.title()
    rows: Sequence[_Row] = facts["rows"]
    if page.wide:
        _across(page, facts["lanes"], rows)
    else:
        _down(page, rows)
    result = Text(page.words.say("result", result=facts["process"].result), page.sizes.body)
    page.paragraph(result)
    page.legend(facts["lanes"])
    return page.finish()


def _down(page: Page, rows: Sequence[_Row]) -> None:
    radius = _DISC[page.width]
    x, room = page.left + 2 * radius + 10, page.inner - 2 * radius - 10
    spine = page.left + radius
    ends: list[Point] = []
    for number, role, step in rows:
        colour = style.role_colour(role, page.base)
        area = page.card(page.role_texts(role, step.does), Rect(x, page.y, room, 0), colour)
        ends.append((spine, area.centre[1]))
        _disc(page, number, ends[-1], colour)
        page.y = area.bottom + 3
        if number < len(rows):
            inset = STRIPE + page.sizes.pad
            text = _handed_on(page, step)
            page.y = page.write(text, x + inset, page.y, room - inset).bottom + 5
    for start, end in zip(ends, ends[1:], strict=False):
        page.arrow((start[0], start[1] + radius), (end[0], end[1] - radius))
    page.y += page.sizes.gap


def _handed_on(page: Page, step: model.Step) -> Text:
    return Text(step.hands_on, page.sizes.body, colour=style.SOFT, mark=page.words.say("passes"))


def _across(page: Page, lanes: Sequence[model.Role], rows: Sequence[_Row]) -> None:
    radius = _DISC[page.width]
    step = min(_TRACK / len(rows), 46.0)
    track = page.left + _HEAD + 2 * page.sizes.gap
    text_x = track + step * len(rows) + page.sizes.gap
    room = page.left + page.inner - text_x - page.sizes.pad
    places: dict[int, Point] = {}
    for lane in lanes:
        own = [row for row in rows if row[1].id == lane.id]
        top = page.y
        height = _lane_texts(page, own, text_x, room, len(rows))
        _lane(page, lane, Rect(page.left, top, page.inner, height))
        for number, _, _ in own:
            places[number] = (track + step * (number - 0.5), top + height / 2)
            _disc(page, number, places[number], style.role_colour(lane, page.base))
        page.y = top + height + 4
    for number in range(1, len(rows)):
        (x1, y1), (x2, y2) = places[number], places[number + 1]
        turn = radius if y2 > y1 else -radius
        points = (
            ((x1 + radius, y1), (x2, y1), (x2, y2 - turn))
            if y1 != y2
            else (
                (x1 + radius, y1),
                (x2 - radius, y2),
            )
        )
        page.arrow(*points, colour=style.SOFT)
    page.y += page.sizes.gap


def _lane_texts(page: Page, own: Sequence[_Row], x: float, room: float, last: int) -> float:
    """Write what a lane's steps do and hand on; return the lane's height."""
    top, size = page.y, page.sizes.body
    texts = []
    for number, _, step in own:
        texts.append(Text(step.does, size, mark=f"{number}."))
        if number < last:
            texts.append(_handed_on(page, step))
    written = sum(text.height(room) for text in texts)
    head = _head_height(page, own[0][1])
    height = max(written, head, _DISC[page.width] * 2) + 1.2 * page.sizes.pad
    page.y += (height - written) / 2
    for text in texts:
        page.y = page.write(text, x, page.y, room).bottom
    page.y = top
    return height


def _head_height(page: Page, role: model.Role) -> float:
    return page.height(page.role_texts(role), _HEAD) - 2 * page.sizes.pad


def _lane(page: Page, role: model.Role, area: Rect) -> None:
    colour = style.role_colour(role, page.base)
    page.scene.panels.append(Box(area, style.tint(colour, 0.07), style.EDGE, colour))
    y = area.y + (area.height - _head_height(page, role)) / 2
    for text in page.role_texts(role):
        x = area.x + STRIPE + page.sizes.pad
        y = page.write(text, x, y, _HEAD - 2 * page.sizes.pad - STRIPE).bottom


def _disc(page: Page, number: int, centre: Point, colour: str) -> None:
    radius, size = _DISC[page.width], page.sizes.name
    area = Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)
    page.scene.boxes.append(Box(area, style.tint(colour, 0.35), colour, radius=radius))
    text = Text(str(number), size, bold=True)
    page.write(text, area.x, centre[1] - text.leading / 2, 2 * radius, "centre")
