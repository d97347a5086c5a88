"""Every picture at both widths: nothing clipped, nothing overlapping, everything said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import facts, names, style
from chatbot.pictures.names import Picture
from chatbot.pictures.scene import Scene
from tests.pictures.scenes import all_pictures, faults, one_of_each, scene_of
from tests.support.base import knowledge_base
from tests.support.checks import assert_none

WIDTHS = pytest.mark.parametrize("width", style.WIDTHS)
LONG = "internationalisation-" * 4 + "and" * 8


# There are so many of these that a part of them is laid out.
SHARE = {names.PAIR: 3, names.COMPARE: 6}


def of_kind(*kinds: str) -> list[Picture]:
    return [picture for picture in all_pictures() if picture.kind in kinds]


def some_of_kind(kind: str) -> list[Picture]:
    return of_kind(kind)[:: SHARE.get(kind, 1)]


def said(scene: Scene) -> str:
    """Return all that is written, in the order of writing, lines joined again."""
    text = " ".join(label.text for label in scene.labels)
    return " ".join(text.split()).lower()


@WIDTHS
@pytest.mark.parametrize("kind", names.KINDS)
def test_text_is_whole_and_apart(kind: str, width: int) -> None:
    assert_none(
        (
            f"{picture.name}: {fault}"
            for picture in some_of_kind(kind)
            for fault in faults(scene_of(picture, width))
        ),
        "faults in pictures",
    )


@pytest.mark.parametrize("kind", names.KINDS)
def test_a_phone_picture_can_be_scrolled_through(kind: str) -> None:
    heights = [scene_of(picture, style.PHONE).height for picture in some_of_kind(kind)]
    assert max(heights) < 5 * style.PHONE


@WIDTHS
def test_the_map_of_a_role_names_everybody(width: int) -> None:
    for picture in of_kind(names.COLLABORATION):
        shown = facts.of(picture, knowledge_base())
        others = [tie.giver for tie in shown["receives"]] + [t.receiver for t in shown["gives"]]
        assert_says(picture, width, (role.name for role in (*others, shown["role"])))


@WIDTHS
def test_a_pair_shows_all_that_passes_on_its_way(width: int) -> None:
    for picture in of_kind(names.PAIR)[::5]:
        shown = facts.of(picture, knowledge_base())
        ties = shown["steps"] or shown["chain"]
        assert ties
        assert_says(picture, width, (tie.edge.what for tie in ties))
        assert_says(picture, width, (r.name for tie in ties for r in (tie.giver, tie.receiver)))


def test_two_groups_show_all_their_handovers_where_there_is_room() -> None:
    for picture in of_kind(names.GROUPS, names.GROUP):
        ties = facts.of(picture, knowledge_base())["ties"]
        assert_says(picture, style.WIDE, (tie.edge.what for tie in ties))


@WIDTHS
def test_a_process_shows_every_step_and_what_it_hands_on(width: int) -> None:
    for picture in of_kind(names.PROCESS):
        rows = facts.of(picture, knowledge_base())["rows"]
        assert_says(picture, width, (step.does for *_, step in rows))
        assert_says(picture, width, (step.hands_on for *_, step in rows[:-1]))
        assert_says(picture, width, (role.name for _, role, _ in rows))


@WIDTHS
def test_a_career_path_shows_every_job_before_and_after(width: int) -> None:
    for picture in of_kind(names.CAREER_PATH):
        shown = facts.of(picture, knowledge_base())
        assert_says(picture, width, (one.name for one in (*shown["previous"], *shown["next"])))


@WIDTHS
def test_a_comparison_shows_its_figures_and_how_they_are_counted(width: int) -> None:
    picture = Picture(names.COMPARE, ("crm-specialist", "data-analyst", "ux-designer"))
    for profile in facts.of(picture, knowledge_base())["profiles"]:
        assert_says(picture, width, [profile.role.name, *map(str, profile.skills.values())])
    assert_says(picture, width, ["counts 1 if", "o*net job zone", "riasec"])


def test_a_handover_points_from_giver_to_receiver() -> None:
    picture = Picture(names.PAIR, ("order-manager", "warehouse-manager"))
    ties = facts.of(picture, knowledge_base())["steps"]
    lines = [line for line in scene_of(picture, style.WIDE).lines if line.head]
    assert len(lines) == len(ties)
    for tie, line in zip(ties, lines, strict=True):
        rightwards = line.points[-1][0] > line.points[0][0]
        assert rightwards == (tie.giver.id == "order-manager")


def test_a_role_without_receivers_or_givers_is_drawn() -> None:
    alone = Picture(names.COLLABORATION, ("weibo-marketing-specialist",))
    assert facts.of(alone, knowledge_base())["receives"] == []
    assert list(faults(scene_of(alone, style.PHONE))) == []


@WIDTHS
@pytest.mark.parametrize("picture", one_of_each(), ids=lambda picture: picture.kind)
def test_a_long_word_is_broken_not_clipped(picture: Picture, width: int) -> None:
    base = with_roles(lambda role: role.copy(update={"name": f"{LONG} {role.id}"[:80]}))
    assert list(faults(scene_of(picture, width, base))) == []


@WIDTHS
def test_a_group_of_many_roles_is_drawn(width: int) -> None:
    base = with_roles(lambda role: role.copy(update={"group": "marketing"}))
    scene = scene_of(Picture(names.GROUP, ("marketing",)), width, base)
    assert list(faults(scene)) == []
    assert "more handovers" in said(scene)


@pytest.mark.parametrize("ground", [0.08, 0.26, 0.07])
@pytest.mark.parametrize("ink", [style.INK, style.SOFT])
def test_text_stands_out_from_every_card(ink: str, ground: float) -> None:
    colours = (*style.GROUP_COLOURS, style.NO_GROUP, *style.ROLE_COLOURS)
    assert min(contrast(ink, style.tint(colour, ground)) for colour in colours) >= 4.5


def test_each_group_has_a_colour_of_its_own() -> None:
    base = knowledge_base()
    colours = {style.group_colour(group, base) for group in (*base.groups, None)}
    assert len(colours) == len(base.groups) + 1


def assert_says(picture: Picture, width: int, parts: Iterable[str]) -> None:
    text = said(scene_of(picture, width))
    assert [part for part in parts if " ".join(part.split()).lower() not in text] == []


def with_roles(change: Callable[..., object]) -> KnowledgeBase:
    base = knowledge_base()
    roles = {role: change(entry) for role, entry in base.roles.items()}
    return replace(base, by_kind={**base.by_kind, "role": roles})


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
