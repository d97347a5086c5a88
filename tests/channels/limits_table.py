"""Writes the table of docs/channels/limits.md from limits.yml; a script."""

from __future__ import annotations

import re
from pathlib import Path

from chatbot.channels.limits import Limit, all_limits

DOC = Path(__file__).resolve().parents[2] / "docs" / "channels" / "limits.md"
_TABLE = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- end -->)", re.DOTALL)
UNITS = {
    "chars": "characters",
    "utf16": "UTF-16 units",
    "bytes": "bytes",
    "items": "",
}


def table() -> str:
    """Return the table."""
    rows = ["| channel | what | at most | from |", "|---|---|---|---|"]
    for channel, limits in all_limits().items():
        rows += [f"| {channel} | {_row(limit)} |" for limit in limits.values()]
    return "\n".join([*rows, ""])


def shown() -> str:
    """Return the table as it stands in the document."""
    found = _TABLE.search(DOC.read_text("utf-8"))
    return found[0] if found else ""


def _row(limit: Limit) -> str:
    mark = "*" if limit.ours else ""
    most = f"{limit.most:,}{mark} {UNITS[limit.unit]}".strip()
    return f"{limit.what} | {most} | [page]({limit.source})"


if __name__ == "__main__":
    DOC.write_text(_TABLE.sub(lambda _: table(), DOC.read_text("utf-8")), "utf-8")
