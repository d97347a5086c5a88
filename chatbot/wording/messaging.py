"""What the messaging channels say on their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from chatbot import yaml_reader

FILE = "messaging.yml"


@dataclass(frozen=True)
class Phrases:
    """The content of messaging.yml, which says what each is for."""

    not_text: str
    trouble: str
    too_many: str
    old_button: str
    picture: str
    choose: str
    choice: str
    rest: str
    next_words: tuple[str, ...]
    still_working: str
    commands: Mapping[str, str]
    menu: tuple[Mapping[str, Any], ...]

    def asks_for_next(self, text: str) -> bool:
        """Tell whether a message asks for the next part of an answer, and for nothing else."""
        return text.strip(" .!。！“”\"'").casefold() in self.next_words


@lru_cache(maxsize=4)
def phrases(language: str) -> Phrases:
    """Return the phrases of a language, read once.

    Raises:
        FileNotFoundError: there is no such language.
    """
    content = yaml_reader.parse((Path(__file__).with_name(language) / FILE).read_text("utf-8"))
    lists = {name: tuple(content[name]) for name in ("next_words", "menu")}
    return Phrases(**{**content, **lists})
