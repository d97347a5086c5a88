"""Show on standard error how long work is going: a live line in a terminal, else a line a stage."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Yield a function to be called with a few words whenever another stage begins."""
    shown = _live() if sys.stderr.isatty() else _lines()
    with shown as tell:
        yield tell


@contextmanager
def _live() -> Iterator[Callable[[str], None]]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as live:
        task = live.add_task("", total=None)
        yield lambda stage: live.update(task, description=stage)


@contextmanager
def _lines() -> Iterator[Callable[[str], None]]:
    start = time.monotonic()
    yield lambda stage: print(
        f"{time.monotonic() - start:4.0f} s  {stage}", file=sys.stderr, flush=True
    )
