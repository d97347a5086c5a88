"""Assertions that hold for many cases at once and report those that fail in few lines."""

from __future__ import annotations

from collections.abc import Iterable


def assert_none(problems: Iterable[str], what: str, most: int = 25) -> None:
    """Fail with the first `most` problems if there are any.

    Args:
        problems: one line per case that failed.
        what: what went wrong with them, for the headline.
        most: lines that are shown.
    """
    found = list(problems)
    if not found:
        return
    rest = [f"... and {len(found) - most} more"] if len(found) > most else []
    lines = "\n  ".join([*found[:most], *rest])
    raise AssertionError(f"{len(found)} {what}:\n  {lines}")
