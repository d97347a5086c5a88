"""From a picture's name to its scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import bars, facts, fan, lanes, names, pair, teams
from chatbot.pictures.names import Picture
from chatbot.pictures.page import Page, Words
from chatbot.pictures.scene import Scene

_LAYOUTS: Mapping[str, Callable[[Page, Mapping[str, Any]], Scene]] = MappingProxyType(
    {
        names.COLLABORATION: fan.role_map,
        names.PAIR: pair.lay_out,
        names.GROUP: teams.one_group,
        names.GROUPS: teams.two_groups,
        names.PROCESS: lanes.lay_out,
        names.CAREER_PATH: fan.career_path,
        names.COMPARE: bars.comparison,
    }
)


def lay_out(picture: Picture, base: KnowledgeBase, words: Words, width: int) -> Scene:
    """Return where everything of a picture stands.

    Args:
        picture: what to show.
        base: the knowledge base.
        words: its headline and phrases.
        width: one of `style.WIDTHS`, in pixels.
    """
    return _LAYOUTS[picture.kind](Page(base, words, width), facts.of(picture, base))
