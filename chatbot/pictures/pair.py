"""Two roles: what passes between them, or the chain of roles that links them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chatbot.knowledge import model
from chatbot.pictures import style
from chatbot.pictures.facts import Tie
from chatbot.pictures.page import Page, Text, capital
from chatbot.pictures.scene import Box, Line, Rect, Scene

_WIDEST_CHAIN = 4
_ARROW_ROOM = 14.0


def lay_out(page: Page, facts: Mapping[str, Any]) -> Scene:
    """Lay out both directions, one below the other, or the chain where there is no direct one."""
    page.title()
    ends: list[model.Role] = [facts["one"], facts["other"]]
    steps: Sequence[Tie] = facts["steps"]
    chain: Sequence[Tie] = facts["chain"]
    roles = ends if steps or not chain else _along(ends[0], chain)
    if steps or not chain:
        _sequence(page, ends, steps)
    elif page.wide and len(roles) <= _WIDEST_CHAIN:
        _across(page, roles, chain)
    else:
        _down(page, roles, chain)
    page.legend(roles)
    return page.finish()


def _along(start: model.Role, chain: Sequence[Tie]) -> list[model.Role]:
    roles = [start]
    for tie in chain:
        roles.append(tie.receiver if tie.giver.id == roles[-1].id else tie.giver)
    return roles


def _sequence(page: Page, ends: Sequence[model.Role], steps: Sequence[Tie]) -> None:
    left, room = page.left, page.inner
    wide = (room - page.sizes.gap * 2) / (3 if page.wide else 2)
    spots = [Rect(x, page.y, wide, 0) for x in (left, left + room - wide)]
    cards = _row(page, ends, spots)
    inset = wide / 2 if page.wide else 16.0
    lanes = (left + inset, left + room - inset)
    top = page.y = cards[0].bottom
    page.y += page.sizes.gap * 1.5
    for tie in steps:
        _step(page, tie, lanes if tie.giver.id == ends[0].id else lanes[::-1])
    if not steps:
        text = Text(page.words.say("nothing"), page.sizes.body, colour=style.SOFT)
        page.paragraph(text, lanes[0] + 12, lanes[1] - lanes[0] - 24)
    for lane in lanes:
        page.scene.panels.append(_lifeline(lane, top, page.y))
    page.y += page.sizes.gap


def _lifeline(x: float, top: float, bottom: float) -> Box:
    return Box(Rect(x - 1, top, 2, bottom - top), style.EDGE, radius=0.4)


def _step(page: Page, tie: Tie, lanes: tuple[float, float]) -> None:
    """Draw one handover: what above its arrow, when below, on the giver's side."""
    start, end = lanes
    align = "left" if start < end else "right"
    room = abs(end - start) - 24
    x = min(start, end) + 12
    what = Text(capital(tie.edge.what), page.sizes.name, bold=True)
    page.y = page.write(what, x, page.y, room, align).bottom + _ARROW_ROOM / 2
    colour = style.role_colour(tie.giver, page.base)
    page.scene.lines.append(Line(((start, page.y), (end, page.y)), colour, 2.4, head=True))
    page.y += _ARROW_ROOM / 2
    when = Text(tie.edge.when, page.sizes.body, colour=style.SOFT)
    page.y = page.write(when, x, page.y, room, align).bottom + page.sizes.gap * 1.4


def _row(page: Page, roles: Sequence[model.Role], spots: Sequence[Rect]) -> list[Rect]:
    """Draw role cards of equal height."""
    texts = [page.role_texts(role) for role in roles]
    height = max(page.height(text, spot.width) for text, spot in zip(texts, spots, strict=True))
    return [
        page.card(
            text,
            Rect(spot.x, spot.y, spot.width, height),
            style.role_colour(role, page.base),
            strong=True,
        )
        for role, text, spot in zip(roles, texts, spots, strict=True)
    ]


def _down(page: Page, roles: Sequence[model.Role], chain: Sequence[Tie]) -> None:
    """Draw the chain from top to bottom, the text beside its arrows."""
    x, trunk, room = page.left, page.left + 22, page.inner
    for number, role in enumerate(roles):
        strong = number in (0, len(roles) - 1)
        colour = style.role_colour(role, page.base)
        area = page.card(page.role_texts(role), Rect(x, page.y, room, 0), colour, strong=strong)
        page.y = area.bottom
        if number < len(chain):
            _link(page, chain[number], role, (trunk, area.bottom), room)
    page.y += page.sizes.gap


def _link(page: Page, tie: Tie, above: model.Role, top: tuple[float, float], room: float) -> None:
    page.y += page.sizes.gap
    for text in _what_and_when(page, tie):
        page.y = page.write(text, top[0] + 18, page.y, room - 44).bottom
    page.y += page.sizes.gap
    ends = (top, (top[0], page.y))
    points = ends if tie.giver.id == above.id else ends[::-1]
    colour = style.role_colour(tie.giver, page.base)
    page.scene.lines.append(Line(points, colour, 2.4, head=True))


def _what_and_when(page: Page, tie: Tie) -> tuple[Text, Text]:
    what = Text(
        capital(tie.edge.what), page.sizes.name if not page.wide else page.sizes.body, bold=True
    )
    return what, Text(tie.edge.when, page.sizes.body, colour=style.SOFT)


def _across(page: Page, roles: Sequence[model.Role], chain: Sequence[Tie]) -> None:
    """Draw the chain from left to right, the text above and below its arrows."""
    count = len(roles)
    wide = 230.0 if count < _WIDEST_CHAIN else 172.0
    gap = (page.inner - count * wide) / (count - 1)
    texts = [_what_and_when(page, tie) for tie in chain]
    above, below = (max(pair[n].height(gap - 24) for pair in texts) for n in (0, 1))
    spots = [Rect(page.left + n * (wide + gap), 0, wide, 0) for n in range(count)]
    height = max(page.height(page.role_texts(role), wide) for role in roles)
    middle = page.y + max(above + 10, height / 2)
    cards = _row(page, roles, [Rect(s.x, middle - height / 2, s.width, 0) for s in spots])
    for tie, pair, card, role in zip(chain, texts, cards, roles, strict=False):
        ends = ((card.right, middle), (card.right + gap, middle))
        points = ends if tie.giver.id == role.id else ends[::-1]
        colour = style.role_colour(tie.giver, page.base)
        page.scene.lines.append(Line(points, colour, 2.4, head=True))
        top = middle - 8 - pair[0].height(gap - 24)
        page.write(pair[0], card.right + 12, top, gap - 24, "centre")
        page.write(pair[1], card.right + 12, middle + 8, gap - 24, "centre")
    page.y = middle + max(below + 10, height / 2) + page.sizes.gap
