"""Messages of people to the bot and its replies back, in order, whatever the connection does."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from chatbot.channels.website.gate import Visit
from chatbot.channels.website.history import History
from chatbot.channels.website.limits import Turns, bucket_key
from chatbot.channels.website.output import Event, WidgetOutput, new_id
from chatbot.channels.website.refusal import RefusedError
from chatbot.channels.website.session import Session

CHANNEL = "web"
RESTART = "/restart"
# The message being answered and those that wait behind it.
SESSION_LINE = 4
# One address may keep so many answers busy at once; the rest of its messages wait in line, so that
# a flood takes turns with everybody else's messages instead of standing before them.
ADDRESS_AT_ONCE, ADDRESS_LINE = 4, 64
# All messages together; beyond that people are told that the bot is out of breath.
ALL_AT_ONCE = 256
_RETRY_SECONDS = 2.0
# Longer than the action server may take; then people are told, and the answer goes to the history.
PATIENCE_SECONDS = 20.0

logger = logging.getLogger(__name__)

OnMessage = Callable[[UserMessage], Awaitable[Any]]
# Events, then None; a refusal in place of an event says that nothing more comes.
Events = asyncio.Queue["Event | RefusedError | None"]


class Talk:
    """Takes messages to the bot.

    Args:
        on_new_message: Rasa's way in.
        history: keeps what was said.
    """

    def __init__(self, on_new_message: OnMessage, history: History) -> None:
        self._on_new_message, self._history = on_new_message, history
        self._sessions = Turns(1, SESSION_LINE, _RETRY_SECONDS)
        self._addresses = Turns(ADDRESS_AT_ONCE, ADDRESS_LINE, _RETRY_SECONDS)
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(self, visit: Visit, session: Session, text: str) -> None:
        """Send the bot's messages as lines of JSON, as they come.

        The bot's turn does not depend on the connection: if that breaks, the answer still goes to
        the history, where the page finds it when it is loaded again.

        Raises:
            RefusedError: before anything was sent.
        """
        if len(self._tasks) >= ALL_AT_ONCE:
            raise RefusedError("unavailable", "too many messages at once", _RETRY_SECONDS)
        events: Events = asyncio.Queue()
        task = asyncio.create_task(self._turn(session, visit.address, text, events))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await _send(visit, events)

    async def restart(self, session: Session, forget: Callable[[str], Awaitable[None]]) -> None:
        """Forget a conversation and its history.

        Args:
            session: whose.
            forget: deletes what Rasa keeps of a conversation.
        """
        async with self._sessions.turn(session.sender):
            await self._say(session, RESTART, lambda event: None)
            await forget(session.sender)
            self._history.forget(session.sender)

    async def _turn(self, session: Session, address: str, text: str, events: Events) -> None:
        said: list[Event] = []

        def put(event: Event) -> None:
            said.append(event)
            events.put_nowait(event)

        try:
            async with self._sessions.turn(session.sender):
                async with self._addresses.turn(bucket_key(address)):
                    await self._say(session, text, put)
                self._remember(session, text, said)
            if not said:
                events.put_nowait(RefusedError("unavailable", "the bot said nothing"))
        except RefusedError as refused:
            events.put_nowait(refused)
        except Exception:
            logger.exception("a message could not be answered")
            events.put_nowait(RefusedError("unavailable", "a failure"))
        events.put_nowait(None)

    async def _say(self, session: Session, text: str, put: Callable[[Event], None]) -> None:
        message = UserMessage(text, WidgetOutput(put), session.sender, input_channel=CHANNEL)
        await self._on_new_message(message)

    def _remember(self, session: Session, text: str, said: list[Event]) -> None:
        if text == RESTART:
            self._history.forget(session.sender)
            return
        bots = [{**event, "type": None, "role": "bot"} for event in said]
        for event in bots:
            del event["type"]
        self._history.add(session.sender, [{"role": "user", "id": new_id(), "text": text}, *bots])


async def _send(visit: Visit, events: Events) -> None:
    first = await _next(events)
    if isinstance(first, RefusedError):
        raise first
    response = await visit.request.respond(
        content_type="application/x-ndjson",
        # nginx would wait for the end of the answer.
        headers={**visit.headers, "X-Accel-Buffering": "no"},
    )
    event: Event | RefusedError | None = first
    lines = ""
    while event is not None:
        lines += _line(event, visit.language)
        if events.empty():
            await response.send(lines)
            lines = ""
        event = await _next(events)
    await response.send(lines + _line({"type": "done"}, visit.language), end_stream=True)


async def _next(events: Events) -> Event | RefusedError | None:
    try:
        return await asyncio.wait_for(events.get(), PATIENCE_SECONDS)
    except asyncio.TimeoutError:
        events.put_nowait(None)
        return RefusedError("unavailable", "no answer in time", _RETRY_SECONDS)


def _line(event: Event | RefusedError, language: str) -> str:
    if isinstance(event, RefusedError):
        event = {"type": "error", **event.body(language), "retry": event.code == "unavailable"}
    return json.dumps(event, ensure_ascii=False) + "\n"
