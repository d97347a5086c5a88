"""English words and phrases of the understanding that belong to no knowledge entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("lexicon.yml")


def load_lexicon() -> dict[str, Any]:
    """Return the content of `lexicon.yml`."""
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return content
