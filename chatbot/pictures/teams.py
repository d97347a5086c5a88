"""Groups: the roles of one and what passes between them, or what passes between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chatbot.knowledge import model
from chatbot.pictures import bars, style, wires
from chatbot.pictures.facts import Tie
from chatbot.pictures.page import Page, Text, capital
from chatbot.pictures.scene import Rect, Scene

# Roles in a diagram and handovers in the list under it.
_MOST_ROLES = {style.PHONE: 8, style.WIDE: 12}
_MOST_TIES = {style.PHONE: 14, style.WIDE: 24}
# A few more are shown rather than counted.
_SPARE_TIES = 4
# Part of a diagram's width that boxes below each other take; the rest is for arcs.
_BOX_SHARE = 0.5
# Room between two columns of boxes.
_BETWEEN = {style.PHONE: 92.0, style.WIDE: 200.0}
# A diagram is stretched to the height of the list beside it, but not more than this.
_STRETCH = 1.7


def one_group(page: Page, facts: Mapping[str, Any]) -> Scene:
    """Lay out the roles with their handovers as arcs, the list of these, and other groups."""
    page.title()
    ties = _by_giver(facts["ties"], facts["roles"])
    roles = _central(facts["roles"], ties, _MOST_ROLES[page.width])
    colours: dict[str, str] = {role.id: _colour(number) for number, role in enumerate(roles)}
    start = page.y
    _arcs(page, roles, ties, colours)
    bottom = page.y
    page.y = start if page.wide else bottom
    _list(page, ties, colours)
    # In a wide picture where there is more room: below the diagram or below the list.
    below_diagram = page.wide and bottom < page.y
    bottom, page.y = (page.y, bottom) if below_diagram else (bottom, page.y)
    room = _diagram_width(page)
    x = page.left if below_diagram else page.left + page.inner - room
    _outside(page, facts["outside"], Rect(x, page.y, room, 0))
    page.y = max(page.y, bottom)
    return page.finish()


def two_groups(page: Page, facts: Mapping[str, Any]) -> Scene:
    """Lay out the roles of two groups facing each other, and the list of their handovers."""
    page.title()
    one, other = facts["roles"]
    ties = _by_giver(facts["ties"], [*one, *other])
    left, right = (_central(roles, ties, _MOST_ROLES[page.width]) for roles in (one, other))
    colours: dict[str, str] = {
        role.id: style.role_colour(role, page.base) for role in (*left, *right)
    }
    start = page.y
    if page.wide:
        _list(page, ties, colours)
        bottom, page.y = page.y, start
        _facing(page, (left, _untangled(right, left, ties)), ties, bottom - start)
        page.y = max(page.y, bottom)
    else:
        _facing(page, (left, _untangled(right, left, ties)), ties, 0.0)
        _list(page, ties, colours)
    page.legend([*left, *right])
    return page.finish()


def _diagram_width(page: Page) -> float:
    """Return the width of the diagram, beside which a wide picture has its list."""
    return (page.inner - 3 * page.sizes.gap) / 2 if page.wide else page.inner


def _colour(number: int) -> str:
    return style.ROLE_COLOURS[number % len(style.ROLE_COLOURS)]


def _by_giver(ties: Sequence[Tie], roles: Sequence[model.Role]) -> list[Tie]:
    """Return the handovers in the order of the roles that give."""
    place = {role.id: number for number, role in enumerate(roles)}
    return sorted(ties, key=lambda tie: place[tie.giver.id])


def _central(roles: Sequence[model.Role], ties: Sequence[Tie], most: int) -> list[model.Role]:
    """Return at most so many roles, those with most handovers, in their order."""
    kept = {role.id for role in sorted(roles, key=lambda role: -_count(role, ties))[:most]}
    return [role for role in roles if role.id in kept]


def _name(page: Page, role: model.Role) -> Text:
    return Text(capital(role.name), page.sizes.body)


def _arcs(
    page: Page, roles: Sequence[model.Role], ties: Sequence[Tie], colours: Mapping[str, str]
) -> None:
    room = _diagram_width(page)
    wide = room * _BOX_SHARE
    shown = [tie for tie in ties if tie.giver.id in colours and tie.receiver.id in colours]
    heights = [
        max(page.height([_name(page, role)], wide), 8 + wires.PORT * _count(role, shown))
        for role in roles
    ]
    whole = sum(heights) + page.sizes.gap * (len(heights) - 1)
    areas = wires.column(Rect(page.left, page.y, wide, whole), heights)
    boxes: dict[str, Rect] = {role.id: area for role, area in zip(roles, areas, strict=True)}
    page.scene.lines += wires.arcs(
        boxes,
        [(tie.giver.id, tie.receiver.id) for tie in shown],
        [colours[tie.giver.id] for tie in shown],
        room - wide - 4,
    )
    for role in roles:
        page.card([_name(page, role)], boxes[role.id], colours[role.id])
    page.y += whole + page.sizes.gap * 1.5


def _count(role: model.Role, ties: Sequence[Tie]) -> int:
    return sum(role.id in (tie.giver.id, tie.receiver.id) for tie in ties)


def _facing(
    page: Page, sides: Sequence[Sequence[model.Role]], ties: Sequence[Tie], tall: float
) -> None:
    if not ties:
        return
    room = _diagram_width(page)
    wide = (room - _BETWEEN[page.width]) / 2
    heights = [[page.height([_name(page, role)], wide) for role in roles] for roles in sides]
    least = max(sum(column) + page.sizes.gap * (len(column) - 1) for column in heights)
    whole = max(least, min(tall, least * _STRETCH))
    boxes: dict[str, Rect] = {}
    for roles, column, x in zip(sides, heights, (page.left, page.left + room - wide), strict=True):
        areas = wires.column(Rect(x, page.y, wide, whole), column)
        boxes |= {role.id: area for role, area in zip(roles, areas, strict=True)}
    shown = [tie for tie in ties if tie.giver.id in boxes and tie.receiver.id in boxes]
    pairs = [(tie.giver.id, tie.receiver.id) for tie in shown]
    colours = [style.role_colour(tie.giver, page.base) for tie in shown]
    page.scene.lines += wires.straight(boxes, pairs, colours)
    for role in (*sides[0], *sides[1]):
        page.card([_name(page, role)], boxes[role.id], style.role_colour(role, page.base))
    page.y += whole + page.sizes.gap * 1.5


def _untangled(
    roles: Sequence[model.Role], facing: Sequence[model.Role], ties: Sequence[Tie]
) -> list[model.Role]:
    """Return the roles ordered by the mean place of those they are tied to, to cross fewer lines.

    The barycentre step of Sugiyama, Tagawa and Toda (1981).
    """
    place = {role.id: number for number, role in enumerate(facing)}

    def mean(role: model.Role) -> float:
        ends = [(tie.giver.id, tie.receiver.id) for tie in ties]
        others = [b for a, b in ends if a == role.id] + [a for a, b in ends if b == role.id]
        places = [place[other] for other in others if other in place]
        return sum(places) / len(places) if places else 0.0

    return sorted(roles, key=mean)


def _list(page: Page, ties: Sequence[Tie], colours: Mapping[str, str]) -> None:
    """Write every handover under its giver, right of the diagram or below it."""
    room = _diagram_width(page)
    x = page.left + page.inner - room
    page.heading(page.words.say("handovers", count=len(ties)), x, room)
    most = _MOST_TIES[page.width]
    shown = ties if len(ties) <= most + _SPARE_TIES else ties[:most]
    for giver in {tie.giver.id: tie.giver for tie in shown}.values():
        given = [tie for tie in shown if tie.giver.id == giver.id]
        texts = [*page.role_texts(giver), *(_handover(page, tie) for tie in given)]
        colour = colours.get(giver.id, style.NO_GROUP)
        area = page.card(texts, Rect(x, page.y, room, 0), colour)
        page.y = area.bottom + page.sizes.gap * 0.8
    if len(ties) > len(shown):
        text = page.words.say("more_handovers", count=len(ties) - len(shown))
        page.paragraph(Text(text, page.sizes.body, colour=style.SOFT), x, room)


def _handover(page: Page, tie: Tie) -> Text:
    text = page.words.say("hands_on", role=tie.receiver.name, what=tie.edge.what)
    mark = page.words.say("passes")
    return Text(text, page.sizes.body, colour=style.SOFT, mark=mark)


def _outside(page: Page, groups: Sequence[tuple[model.Group, int]], place: Rect) -> None:
    """Draw how many handovers the group shares with each other group."""
    rows = [
        bars.Bar(capital(group.name), count, str(count), style.group_colour(group.id, page.base))
        for group, count in groups
    ]
    if rows:
        page.y += page.sizes.gap
        page.heading(page.words.say("outside"), place.x, place.width)
        bars.chart(page, [[row] for row in rows], place.x, place.width)
