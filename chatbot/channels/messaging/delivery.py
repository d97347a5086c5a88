"""Sending to a platform that may be busy or broken: tried again, but not for ever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import time
from typing import TypeVar

T = TypeVar("T")
logger = logging.getLogger(__name__)


class BusyError(Exception):
    """The platform did not take it, but may do so later.

    Args:
        reason: fit for the log: without tokens.
        after: seconds it asked to wait, or None.
    """

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class RefusedError(Exception):
    """The platform will never take it, or it may have arrived though no answer came.

    Args:
        reason: fit for the log.
        code: the platform's name or number of the error, if it has one.
    """

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True)
class Patience:
    """How long to go on trying.

    Args:
        first: seconds before the second try; they double from try to try.
        longest: seconds between two tries at most, if the platform names none.
        total: seconds from the first try after which no further one begins.
    """

    first: float = 1.0
    longest: float = 30.0
    total: float = 300.0

    def pause(self, tries: int) -> float:
        """Return the seconds to wait after this many tries have failed."""
        return min(self.first * 2.0 ** min(tries - 1, 30), self.longest)


# What a person waits for, and what the start of the server goes on trying in the background.
PATIENCE = Patience()
START_PATIENCE = Patience(first=2.0, longest=600.0, total=float("inf"))
# Added to what a platform asks for, since clocks differ.
MARGIN = 0.05


async def deliver(
    send: Callable[[], Awaitable[T]], what: str, patience: Patience | None = None
) -> T:
    """Return what `send` returns, as soon as the platform takes it.

    Args:
        send: one try; raises BusyError or RefusedError.
        what: for the log.
        patience: how long to go on; PATIENCE if none is given.

    Raises:
        RefusedError: as `send` raised it, or because the patience is at its end.
    """
    patience = patience or PATIENCE
    loop = asyncio.get_running_loop()
    start, tries = loop.time(), 0
    while True:
        tries += 1
        try:
            return await send()
        except BusyError as again:
            asked = again.after
            pause = patience.pause(tries) if asked is None else asked + MARGIN
            if loop.time() + pause - start > patience.total:
                raise RefusedError(f"{again}; given up after {tries} tries") from again
            logger.warning("%s: %s; again in %.1f s", what, again, pause)
            await asyncio.sleep(pause)


def seconds_of(header: str | None) -> float | None:
    """Return the seconds that a `Retry-After` header asks for; None if it is missing or wrong."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time())
    except (TypeError, ValueError):
        return None
