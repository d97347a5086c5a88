"""Bars: a comparison of two or three roles, and the one chart that other pictures use too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatbot.pictures import fonts, style
from chatbot.pictures.facts import Profile
from chatbot.pictures.page import Page, Text, capital
from chatbot.pictures.scene import Box, Rect, Scene

_BAR = {style.PHONE: 13.0, style.WIDE: 15.0}
# The most that a letter of an interest code and a job zone can be.
_FIRST, _ZONES = 3, 5


@dataclass(frozen=True)
class Bar:
    """A bar: what it stands for, its length, what is written at its end, its colour."""

    label: str
    value: float
    shown: str
    colour: str


@dataclass(frozen=True)
class _Panel:
    heading: str
    note: str
    rows: Sequence[Sequence[Bar]]
    longest: float


def comparison(page: Page, facts: Mapping[str, Any]) -> Scene:
    """Lay out the skills, the interests and the preparation of roles side by side."""
    profiles: Sequence[Profile] = facts["profiles"]
    page.title()
    page.y -= page.sizes.gap
    names = [capital(profile.role.name) for profile in profiles]
    page.swatches(list(zip(style.ROLE_COLOURS, names, strict=False)))
    page.y += page.sizes.gap * 1.5
    panels = [make(page, profiles) for make in (_skills, _interests, _zones)]
    panels = [panel for panel in panels if panel.rows]
    columns = len(panels) if page.wide else 1
    gap = page.sizes.gap * 2
    room = (page.inner - gap * (columns - 1)) / columns
    start, bottoms = page.y, [page.y]
    for number, panel in enumerate(panels):
        page.y = start if page.wide else page.y
        _panel(page, panel, page.left + (number * (room + gap) if page.wide else 0), room)
        bottoms.append(page.y)
        if page.wide and number == columns - 1:
            _shared(page, facts["shared"], page.left + page.inner - room, room)
            bottoms.append(page.y)
    page.y = max(bottoms)
    if not page.wide:
        _shared(page, facts["shared"], page.left, page.inner)
    return page.finish()


def chart(
    page: Page, rows: Sequence[Sequence[Bar]], x: float, room: float, longest: float = 0.0
) -> None:
    """Draw bars at `y`: a row's label, under it one bar each; values stand at their ends.

    Args:
        page: where to.
        rows: bars that belong together; the first one's label is the row's.
        x: left edge.
        room: width of all, values included.
        longest: the value that a bar of full length has; the greatest one if 0.
    """
    longest = longest or max(bar.value for row in rows for bar in row)
    size, height = page.sizes.body, _BAR[page.width]
    ends = max(fonts.width(bar.shown, size) for row in rows for bar in row) + 8
    for row in rows:
        page.y = page.write(Text(row[0].label, size), x, page.y, room).bottom + 2
        for bar in row:
            long = (room - ends) * bar.value / longest
            page.scene.boxes.append(Box(Rect(x, page.y, room - ends, height), style.GROUND))
            drawn = Rect(x, page.y, long, height)
            if bar.value:
                page.scene.boxes.append(Box(drawn, bar.colour, radius=min(2.0, long / 3)))
            line = size * fonts.LEADING
            text = Text(bar.shown, size, colour=style.SOFT)
            page.write(text, x + room - ends + 6, page.y + (height - line) / 2, ends)
            page.y += max(height, line) + 2
        page.y += page.sizes.gap * 0.6


def _panel(page: Page, panel: _Panel, x: float, room: float) -> None:
    page.heading(panel.heading, x, room)
    chart(page, panel.rows, x, room, panel.longest)
    note = Text(panel.note, max(page.sizes.body - 1, style.SMALLEST), colour=style.SOFT)
    page.paragraph(note, x, room)
    page.y += page.sizes.gap * 1.5


def _rows(
    profiles: Sequence[Profile],
    labels: Mapping[str, str],
    value: Callable[[Profile, str], int],
    shown: Callable[[int], str],
) -> list[list[Bar]]:
    """Return a row for each label that any of the roles has a value for."""
    return [
        [
            Bar(label, value(profile, key), shown(value(profile, key)), colour)
            for profile, colour in zip(profiles, style.ROLE_COLOURS, strict=False)
        ]
        for key, label in labels.items()
        if any(value(profile, key) for profile in profiles)
    ]


def _skills(page: Page, profiles: Sequence[Profile]) -> _Panel:
    labels = {kind: page.words.say(f"kind_{kind}") for kind in profiles[0].skills}
    rows = _rows(profiles, labels, lambda profile, kind: profile.skills[kind], str)
    longest = max(bar.value for row in rows for bar in row)
    return _Panel(page.words.say("skills"), page.words.say("skills_note"), rows, longest)


def _interests(page: Page, profiles: Sequence[Profile]) -> _Panel:
    coded = [profile for profile in profiles if profile.interests]
    labels = {key: page.words.say(f"interest_{key}") for key in (coded or profiles)[0].interests}
    rows = _rows(
        profiles,
        labels,
        lambda profile, key: profile.interests.get(key, 0),
        lambda value: page.words.say(f"place_{value}"),
    )
    return _Panel(page.words.say("interests"), page.words.say("interests_note"), rows, _FIRST)


def _zones(page: Page, profiles: Sequence[Profile]) -> _Panel:
    rows = _rows(
        profiles,
        {"zone": page.words.say("zone")},
        lambda profile, _: profile.job_zone or 0,
        lambda value: page.words.say("zone_value", zone=value) if value else "–",
    )
    return _Panel(page.words.say("zones"), page.words.say("zones_note"), rows, _ZONES)


def _shared(page: Page, shared: Sequence[str], x: float, room: float) -> None:
    text = page.words.say("shared" if shared else "none_shared", skills=", ".join(shared))
    area = Rect(x, page.y, room, 0)
    page.y = page.card([Text(text, page.sizes.body)], area, style.NO_GROUP).bottom
