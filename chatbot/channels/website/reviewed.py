"""When the knowledge base was last read over, without reading all of it."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from pathlib import Path

_REVIEWED = re.compile(r"\breviewed: *(\d{4}-\d{2}-\d{2})\b")


@lru_cache(maxsize=2)
def last_reviewed(folder: Path) -> datetime.date | None:
    """Return the latest review date of any entry, None if there is none; read once.

    Args:
        folder: the folder `data/knowledge`.
    """
    texts = (path.read_text("utf-8") for path in folder.rglob("*.yml"))
    dates = [date for text in texts for date in _REVIEWED.findall(text)]
    return datetime.date.fromisoformat(max(dates)) if dates else None
