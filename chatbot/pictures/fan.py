"""What leads into a role and what comes out of it: the map of a role, and a career path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatbot.knowledge import model
from chatbot.pictures import fonts, style
from chatbot.pictures.facts import Stage, Tie
from chatbot.pictures.page import Page, Text, capital
from chatbot.pictures.scene import Line, Rect, Scene

# Cards on each side; the rest is named in one card.
_MOST = {style.PHONE: 6, style.WIDE: 10}
_TRUNK, _INDENT = 8.0, 24.0
# Widths in a wide picture: of a side, of the middle, of the room for curves between them, and of
# a side that is the only one.
_SIDE, _CENTRE, _CURVES, _ONLY_SIDE = 372.0, 230.0, 81.0, 520.0
# Distance between the ends of two arrows at the card in the middle.
_PORT = 13.0


@dataclass(frozen=True)
class Card:
    """A card of a side: what it says, its colour, and whether it is none of our roles."""

    texts: Sequence[Text]
    colour: str
    dashed: bool = False


@dataclass(frozen=True)
class Side:
    """What stands before or after the middle."""

    heading: str
    cards: Sequence[Card]


def role_map(page: Page, facts: Mapping[str, Any]) -> Scene:
    """Lay out who feeds a role and whom it feeds."""
    role: model.Role = facts["role"]
    receives: Sequence[Tie] = facts["receives"]
    gives: Sequence[Tie] = facts["gives"]
    before = [(tie.giver, tie.edge.what) for tie in receives]
    after = [(tie.receiver, tie.edge.what) for tie in gives]
    say = page.words.say
    sides = (
        Side(say("gets", count=len(before)), _role_cards(page, before)),
        Side(say("gives", count=len(after)), _role_cards(page, after)),
    )
    _lay_out(page, sides[0], _centre(page, role), sides[1])
    page.legend([role, *(other for other, _ in (*before, *after))])
    return page.finish()


def career_path(page: Page, facts: Mapping[str, Any]) -> Scene:
    """Lay out where people come from and where they go next."""
    role: model.Role = facts["role"]
    say = page.words.say
    start = Stage(say("first_job"), role.entry.first_job, None)
    before: list[Stage] = [start, *facts["previous"]]
    after: list[Stage] = list(facts["next"])
    _lay_out(
        page,
        Side(say("before"), [_stage_card(page, stage) for stage in before]),
        _centre(page, role),
        Side(say("after"), [_stage_card(page, stage) for stage in after]),
    )
    page.legend([role, *(stage.role for stage in (*before, *after) if stage.role)])
    return page.finish()


def _role_cards(page: Page, rows: Sequence[tuple[model.Role, str]]) -> list[Card]:
    most = _MOST[page.width]
    # One card for a single rest would take as much room as the role itself.
    shown = rows if len(rows) <= most + 1 else rows[:most]
    cards = [
        Card(page.role_texts(role, what), style.role_colour(role, page.base))
        for role, what in shown
    ]
    rest = list(dict.fromkeys(role.name for role, _ in rows[len(shown) :]))
    if rest:
        text = page.words.say("more", count=len(rest), names=", ".join(rest))
        cards.append(Card([Text(text, page.sizes.body, colour=style.SOFT)], style.NO_GROUP, True))
    return cards


def _stage_card(page: Page, stage: Stage) -> Card:
    texts = [
        Text(capital(stage.name), page.sizes.name, bold=True),
        Text(stage.note, page.sizes.body, colour=style.SOFT),
    ]
    return Card(texts, style.role_colour(stage.role, page.base), stage.role is None)


def _centre(page: Page, role: model.Role) -> Card:
    group = page.base.groups[role.group].name if role.group else page.words.say("no_group")
    texts = page.role_texts(role, group)
    return Card(texts, style.role_colour(role, page.base))


def _lay_out(page: Page, before: Side, centre: Card, after: Side) -> None:
    page.title()
    if page.wide:
        _beside(page, before, centre, after)
    else:
        _below(page, before, centre, after)


def _below(page: Page, before: Side, centre: Card, after: Side) -> None:
    """Put the sides above and under the middle, tied to it by a trunk at the left."""
    trunk = page.left + _TRUNK
    if before.cards:
        ends = _column(page, before)
        for y in ends:
            page.scene.lines.append(Line(((trunk, y), (page.left + _INDENT, y)), style.FAINT))
        page.y += page.sizes.gap
        page.arrow((trunk, ends[0]), (trunk, page.y))
    area = Rect(page.left, page.y, page.inner, 0)
    page.y = page.card(centre.texts, area, centre.colour, strong=True).bottom
    if after.cards:
        start = page.y
        page.y += page.sizes.gap
        ends = _column(page, after)
        page.scene.lines.append(Line(((trunk, start), (trunk, ends[-1])), style.FAINT))
        for y in ends:
            page.arrow((trunk, y), (page.left + _INDENT, y))
    page.y += page.sizes.gap


def _column(page: Page, side: Side) -> list[float]:
    """Draw a side's cards below each other; return the heights of their middles."""
    x, room = page.left + _INDENT, page.inner - _INDENT
    page.heading(side.heading, x, room)
    ends = []
    for card in side.cards:
        area = Rect(x, page.y, room, 0)
        area = page.card(card.texts, area, card.colour, dashed=card.dashed)
        ends.append(area.centre[1])
        page.y = area.bottom + page.sizes.gap * 0.7
    page.y -= page.sizes.gap * 0.7
    return ends


def _beside(page: Page, before: Side, centre: Card, after: Side) -> None:
    """Put the sides left and right of the middle, tied to it by curves."""
    room = _SIDE if before.cards and after.cards else _ONLY_SIDE
    x = page.left + (room + _CURVES if before.cards else 0.0)
    places = (page.left, x + _CENTRE + _CURVES)
    start = page.y
    page.y += page.sizes.head * fonts.LEADING + page.sizes.gap
    ports = max(len(before.cards), len(after.cards))
    height = max(page.height(centre.texts, _CENTRE), ports * _PORT + 20)
    whole = max(height, *(_stack_height(page, side, room) for side in (before, after)))
    middle = Rect(x, page.y + (whole - height) / 2, _CENTRE, height)
    page.card(centre.texts, middle, centre.colour, strong=True)
    for side, left in zip((before, after), places, strict=True):
        if side.cards:
            head = Text(side.heading, page.sizes.head, bold=True, colour=style.SOFT)
            page.write(head, left, start, room)
            areas = _stack(page, side, Rect(left, page.y, room, whole))
            _tie(page, areas, middle, side, inwards=side is before)
    page.y += whole + page.sizes.gap


def _stack_height(page: Page, side: Side, room: float) -> float:
    heights = [page.height(card.texts, room) + page.sizes.gap for card in side.cards]
    return sum(heights) - page.sizes.gap


def _stack(page: Page, side: Side, room: Rect) -> list[Rect]:
    y = room.y + (room.height - _stack_height(page, side, room.width)) / 2
    areas = []
    for card in side.cards:
        place = Rect(room.x, y, room.width, 0)
        areas.append(page.card(card.texts, place, card.colour, dashed=card.dashed))
        y = areas[-1].bottom + page.sizes.gap
    return areas


def _tie(page: Page, areas: Sequence[Rect], middle: Rect, side: Side, inwards: bool) -> None:
    step = min(_PORT * 2, (middle.height - 20) / max(len(areas), 1))
    first = middle.centre[1] - step * (len(areas) - 1) / 2
    for number, (area, card) in enumerate(zip(areas, side.cards, strict=True)):
        port = (middle.x if inwards else middle.right, first + number * step)
        end = (area.right if inwards else area.x, area.centre[1])
        bend = (port[0] + end[0]) / 2
        points = (end, (bend, end[1]), (bend, port[1]), port)
        page.scene.lines.append(
            Line(points if inwards else points[::-1], card.colour, curved=True, head=True)
        )
