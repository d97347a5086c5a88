"""What the bot says in one turn, for everybody who waits for it, from the start."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from chatbot.channels.website.output import Event
from chatbot.channels.website.refusal import RefusedError

# Messages that come so close together are sent together.
MOMENT_SECONDS = 0.03


class Recording:
    """Events of a turn as they come; a refusal in place of an event says that nothing more comes.

    A page that lost its connection asks again with the same message id and listens to the same
    turn, so that the bot hears a message once.

    Attributes:
        events: so far.
        ended: whether nothing more comes.
        refusal: why it ended, if that is not as it should be.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.ended = False
        self.refusal: RefusedError | None = None
        self._waiting: list[asyncio.Future[bool]] = []

    @classmethod
    def of(cls, events: list[Event]) -> Recording:
        """Return the recording of a turn that has ended."""
        made = cls()
        made.events = events
        made.end()
        return made

    def put(self, event: Event) -> None:
        """Add an event."""
        self.events.append(event)
        self._wake()

    def end(self, refusal: RefusedError | None = None) -> None:
        """Say that nothing more comes, and why if that is not as it should be."""
        self.refusal, self.ended = refusal, True
        self._wake()

    async def listen(self, patience: float) -> AsyncIterator[list[Event]]:
        """Yield the events, those together that come within a moment.

        Args:
            patience: seconds to wait for the next.

        Raises:
            RefusedError: as it was given to `end`, or unavailable if nothing came in time.
        """
        heard = 0
        while not self.ended or heard < len(self.events):
            if not self.ended and not await self._news(patience, heard):
                raise RefusedError("unavailable", "no answer in time", retry_after=1)
            news = self.events[heard:]
            heard += len(news)
            if news:
                yield news
        if self.refusal is not None:
            raise self.refusal

    async def _news(self, patience: float, heard: int) -> bool:
        """Wait for more than was heard, and a moment longer for what belongs to it."""
        if len(self.events) == heard and not await self._change(patience):
            return False
        # An answer mostly ends a moment after its last message: sent as one piece it costs less.
        give_up = time.monotonic() + MOMENT_SECONDS
        while not self.ended and (left := give_up - time.monotonic()) > 0:
            await self._change(left)
        return True

    async def _change(self, seconds: float) -> bool:
        """Wait for the next change; tells whether it came in time."""
        loop = asyncio.get_running_loop()
        change: asyncio.Future[bool] = loop.create_future()
        self._waiting.append(change)
        # A timer and a future are a fifth of the work of `asyncio.wait_for`, which makes a task.
        timer = loop.call_later(seconds, _settle, change, False)
        try:
            return await change
        finally:
            timer.cancel()

    def _wake(self) -> None:
        for change in self._waiting:
            _settle(change, True)
        self._waiting.clear()


def _settle(change: asyncio.Future[bool], result: bool) -> None:
    if not change.done():
        change.set_result(result)
