"""Takes what people write on a channel: each message once, and one after the other per person."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from rasa.core.channels.channel import UserMessage

from chatbot.channels.messaging.memory import Memory
from chatbot.channels.messaging.said import Collector, Said
from chatbot.settings import load_settings
from chatbot.wording.messaging import Phrases, phrases

T = TypeVar("T")
Handle = Callable[[UserMessage], Awaitable[Any]]
logger = logging.getLogger(__name__)

# Deliveries that are recognised when they come again.
REMEMBERED = 20_000
# Messages of one person, and of all, that may wait for an answer.
MOST_OF_ONE, MOST_OF_ALL = 20, 2_000
# Characters that are read of a message.
LONGEST = 4_096
# Seconds that are given to answers under way when the server stops.
GRACE_SECONDS = 1.5


@dataclass(frozen=True)
class Heard:
    """Something that a person did on a channel.

    Args:
        key: the same whenever the platform delivers it again, and for nothing else.
        conversation: Rasa's id of the conversation.
        text: what the person wrote or pressed; None for a sticker, a photo, a voice message ...
    """

    key: str
    conversation: str
    text: str | None


class Desk:
    """The front desk of a channel.

    Args:
        channel: its name.
        handle: gives a message to the bot.
        public_url: where pictures are served whose address has no host.
    """

    def __init__(self, channel: str, handle: Handle, public_url: str = "") -> None:
        self._channel, self._handle, self._public_url = channel, handle, public_url
        self._seen: Memory[bool] = Memory(REMEMBERED)
        self._told: Memory[bool] = Memory(REMEMBERED)
        self._last: dict[str, asyncio.Task[Any]] = {}
        self._waiting: Counter[str] = Counter()

    @property
    def phrases(self) -> Phrases:
        """What the channel says on its own."""
        return phrases(load_settings().language)

    @property
    def is_full(self) -> bool:
        """Whether the platform had better come again later."""
        return self._waiting.total() >= MOST_OF_ALL

    def is_new(self, key: str) -> bool:
        """Tell whether something is delivered for the first time, and remember it."""
        return self._seen.first_time(key, True)

    def queue(
        self,
        heard: Heard,
        work: Callable[[list[Said]], Awaitable[T]],
        answer: Callable[[Heard], Awaitable[list[Said]]] | None = None,
    ) -> asyncio.Task[T] | None:
        """Answer when everything the same person wrote before is answered and delivered.

        Args:
            heard: what the person did.
            work: gets what the bot says to it.
            answer: says it; `answers` if none is given.

        Returns:
            The task that does so; None if the person has too much waiting. The first message that
            is too much is answered with saying so.
        """
        conversation, waiting = heard.conversation, self._waiting[heard.conversation]
        if waiting > MOST_OF_ONE:
            return None
        say = (answer or self.answers) if waiting < MOST_OF_ONE else self._refusal
        before = self._last.get(conversation)
        task = asyncio.create_task(self._in_turn(before, partial(say, heard), work))
        self._last[conversation] = task
        self._waiting[conversation] += 1
        task.add_done_callback(partial(self._done, conversation))
        return task

    async def answers(self, heard: Heard) -> list[Said]:
        """Return what the bot says to something; never raises."""
        if heard.text is None:
            new = self._told.first_time(heard.conversation, True)
            return [Said(self.phrases.not_text)] if new else []
        self._told.pop(heard.conversation)
        collector = Collector(self._channel, self._public_url)
        message = UserMessage(
            heard.text[:LONGEST],
            collector,
            heard.conversation,
            input_channel=self._channel,
            message_id=heard.key,
        )
        try:
            await self._handle(message)
        except Exception:
            logger.exception("%s: a message could not be answered", self._channel)
            return [*collector.said, Said(self.phrases.trouble)]
        return collector.said

    async def close(self) -> None:
        """Let answers under way end, for a moment; then give them up."""
        tasks = set(self._last.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()

    async def _refusal(self, heard: Heard) -> list[Said]:
        return [Said(self.phrases.too_many)]

    async def _in_turn(
        self,
        before: asyncio.Task[Any] | None,
        answer: Callable[[], Awaitable[list[Said]]],
        work: Callable[[list[Said]], Awaitable[T]],
    ) -> T:
        if before is not None:
            await asyncio.wait([before])
        return await work(await answer())

    def _done(self, conversation: str, task: asyncio.Task[Any]) -> None:
        self._waiting[conversation] -= 1
        if not self._waiting[conversation]:
            del self._waiting[conversation]
        if self._last.get(conversation) is task:
            del self._last[conversation]
        if not task.cancelled() and task.exception():
            logger.error("%s: an answer was lost", self._channel, exc_info=task.exception())
