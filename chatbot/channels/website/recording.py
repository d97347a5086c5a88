"""What the bot says in one turn, for everybody who waits for it, from the start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from chatbot.channels.website.output import Event
from chatbot.channels.website.refusal import RefusedError


class Recording:
    """Events of a turn as they come; a refusal in place of an event says that nothing more comes.

    A page that lost its connection asks again with the same message id and listens to the same
    turn, so that the bot hears a message once.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._refusal: RefusedError | None = None
        self._ended = False
        self._changed = asyncio.Event()

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
        self._refusal, self._ended = refusal, True
        self._wake()

    async def listen(self, patience: float) -> AsyncIterator[list[Event]]:
        """Yield the events, those together that there are at one time.

        Args:
            patience: seconds to wait for the next.

        Raises:
            RefusedError: as it was given to `end`, or unavailable if nothing came in time.
        """
        heard = 0
        while True:
            changed = self._changed
            if news := self.events[heard:]:
                heard += len(news)
                yield news
            elif self._ended:
                break
            else:
                await _wait(changed, patience)
        if self._refusal is not None:
            raise self._refusal

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


async def _wait(changed: asyncio.Event, patience: float) -> None:
    try:
        await asyncio.wait_for(changed.wait(), patience)
    except asyncio.TimeoutError:
        raise RefusedError("unavailable", "no answer in time", retry_after=1) from None
