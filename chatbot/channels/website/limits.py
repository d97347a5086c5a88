"""How much one session and one address may ask for."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from chatbot.channels.website.refusal import RefusedError

REMEMBERED = 20_000


class Buckets:
    """Token buckets: `burst` at once, then `per_minute`, for each of many keys.

    Args:
        per_minute: how many a minute in the long run.
        burst: how many at once after a pause.
        clock: seconds; another one for tests.
    """

    def __init__(
        self, per_minute: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clock = per_minute / 60, float(burst), clock
        # Of each key what was left in its bucket, and when. The one unused for longest goes first.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many keys are remembered."""
        return len(self._left)

    def take(self, key: str) -> float:
        """Take one from a bucket; return 0, or the seconds after which there will be one."""
        now = self._clock()
        left, since = self._left.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        wait = 0.0 if left >= 1 else (1 - left) / self._rate
        self._left[key] = (left if wait else left - 1, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return wait


@dataclass
class _Line:
    """Those who wait for a turn under one key, the ones having theirs included."""

    gate: asyncio.Semaphore
    length: int = 0


class Turns:
    """Lets so many at once through under each key, in the order in which they came.

    Args:
        at_once: how many.
        most: how many may wait and be let through under one key together.
        retry_after: seconds after which somebody who was sent away may come again.
    """

    def __init__(self, at_once: int, most: int, retry_after: float) -> None:
        self._at_once, self._most, self._retry_after = at_once, most, retry_after
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for a turn, and have it as long as the `async with` block takes.

        Raises:
            RefusedError: too many wait already.
        """
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line(asyncio.Semaphore(self._at_once))
        if line.length >= self._most:
            raise RefusedError("too_many", "others wait in the same line", self._retry_after)
        line.length += 1
        try:
            async with line.gate:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[key]
