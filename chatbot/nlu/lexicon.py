"""English words and phrases of the understanding that belong to no knowledge entry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from chatbot import yaml_reader

_FILE = Path(__file__).with_name("lexicon.yml")


@lru_cache(maxsize=1)
def load_lexicon() -> Mapping[str, Any]:
    """Return the content of `lexicon.yml`, read once; not to be changed."""
    content: Mapping[str, Any] = yaml_reader.parse(_FILE.read_text("utf-8"))
    return content
