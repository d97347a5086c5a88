"""Messages of people to the bot and its replies back, in order, whatever the connection does."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage

from chatbot.channels.website.addresses import bucket_key
from chatbot.channels.website.gate import Visit
from chatbot.channels.website.history import History
from chatbot.channels.website.limits import Turns
from chatbot.channels.website.output import Event, WidgetOutput
from chatbot.channels.website.recording import Recording
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
DONE: Event = {"type": "done"}
# Longer than the action server may take; then people are told, and the answer goes to the history.
PATIENCE_SECONDS = 20.0

logger = logging.getLogger(__name__)

OnMessage = Callable[[UserMessage], Awaitable[Any]]


@dataclass(frozen=True)
class Said:
    """What a person said.

    Attributes:
        id: of the message; the same again is the same message, sent again.
        text: for the bot.
        title: what the button said, if it was one.
    """

    id: str
    text: str
    title: str | None = None

    @property
    def entry(self) -> dict[str, Any]:
        """Its entry in the history."""
        entry = {"role": "user", "id": self.id, "text": self.text}
        return entry if self.title is None else {**entry, "title": self.title}


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
        # Turns that are under way, by session and message.
        self._running: dict[tuple[str, str], Recording] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(self, visit: Visit, session: Session, said: Said) -> None:
        """Send the bot's messages as lines of JSON, as they come.

        The bot's turn does not depend on the connection: if that breaks, the answer still goes to
        the history, where the page finds it when it is loaded again.

        Raises:
            RefusedError: before anything was sent.
        """
        key = (session.sender, said.id)
        recording = self._running.get(key) or self._past(session, said)
        if recording is None:
            if len(self._running) >= ALL_AT_ONCE:
                raise RefusedError("unavailable", "too many messages at once", _RETRY_SECONDS)
            recording = self._running[key] = Recording()
            task = asyncio.create_task(self._turn(session, visit.address, said, recording))
            self._tasks.add(task)  # or it could be collected before it ends
            task.add_done_callback(self._tasks.discard)
        await _send(visit, recording)

    async def restart(self, session: Session, forget: Callable[[str], Awaitable[None]]) -> None:
        """Forget a conversation and its history.

        Args:
            session: whose.
            forget: deletes what Rasa keeps of a conversation.
        """
        async with self._sessions.turn(session.sender):
            await self._say(session, RESTART, Recording())
            await forget(session.sender)
            await asyncio.wrap_future(self._history.forget(session.sender))

    def _past(self, session: Session, said: Said) -> Recording | None:
        answers = self._history.answers(session.sender, said.id)
        if answers is None:
            return None
        return Recording.of([_as_event(entry) for entry in answers])

    async def _turn(self, session: Session, address: str, said: Said, recording: Recording) -> None:
        refusal = None
        try:
            async with self._sessions.turn(session.sender):
                async with self._addresses.turn(bucket_key(address)):
                    await self._say(session, said.text, recording)
                if not recording.events:
                    raise RefusedError("unavailable", "the bot said nothing")
                recording.end()
                # First the answer goes out: who listens is next in the loop.
                await asyncio.sleep(0)
                # Until it is kept, the same message sent again finds it among the running ones.
                await asyncio.wrap_future(self._remember(session, said, recording))
        except RefusedError as refused:
            refusal = refused
        except Exception:
            logger.exception("a message could not be answered")
            refusal = RefusedError("unavailable", "a failure")
        finally:
            del self._running[session.sender, said.id]
        if refusal is not None:
            recording.end(refusal)

    async def _say(self, session: Session, text: str, recording: Recording) -> None:
        output = WidgetOutput(recording.put)
        await self._on_new_message(UserMessage(text, output, session.sender, input_channel=CHANNEL))

    def _remember(self, session: Session, said: Said, recording: Recording) -> Future[None]:
        if said.text == RESTART:
            return self._history.forget(session.sender)
        answers = [_as_entry(event) for event in recording.events]
        return self._history.add(session.sender, [said.entry, *answers])


def _as_entry(event: Event) -> dict[str, Any]:
    return {"role": "bot", **{name: value for name, value in event.items() if name != "type"}}


def _as_event(entry: Mapping[str, Any]) -> Event:
    return {"type": "message", **{name: entry[name] for name in entry if name != "role"}}


async def _send(visit: Visit, recording: Recording) -> None:
    response = None
    try:
        async for events in recording.listen(PATIENCE_SECONDS):
            # Not before there is something to say: a refusal has a status of its own.
            response = response or await _begin(visit)
            ends = recording.ended and recording.refusal is None
            lines = "".join(map(_line, [*events, DONE] if ends else events))
            await response.send(lines, end_stream=ends)
            if ends:
                return
        last = _line(DONE)
    except RefusedError as refused:
        if response is None:
            raise
        failed = {"type": "error", **refused.body(visit.language), "retry": True}
        last = _line(failed) + _line(DONE)
    if response is not None:
        await response.send(last, end_stream=True)


async def _begin(visit: Visit) -> Any:
    return await visit.request.respond(
        content_type="application/x-ndjson",
        # nginx would wait for the end of the answer.
        headers={**visit.headers, "X-Accel-Buffering": "no"},
    )


def _line(event: Event) -> str:
    return json.dumps(event, ensure_ascii=False) + "\n"
