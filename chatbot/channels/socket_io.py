"""Rasa's Socket.IO channel, as Rasa documents it, made to work with today's Socket.IO."""

from __future__ import annotations

import inspect
import json
import logging
import uuid
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.socketio import SocketBlueprint, SocketIOOutput
from rasa.core.channels.socketio import SocketIOInput as RasaSocketIOInput
from socketio import AsyncServer

from chatbot.channels.website.refusal import LANGUAGES, wording

LONGEST_MESSAGE = 1000

logger = logging.getLogger(__name__)


class SocketIOInput(RasaSocketIOInput):
    """Chat windows that Rasa's documentation names connect to it.

    Rasa 3.6 calls `enter_room` of the Socket.IO server as a function; it has become a coroutine
    since, so with `session_persistence` nobody would ever get an answer. And what is no message
    makes Rasa's handlers fail.
    """

    exposure = (
        "Socket.IO lets everybody, from any site, speak as often as they like and in any session "
        "whose id they know; without `socketio:` in credentials.yml it is closed"
    )

    def blueprint(self, on_new_message: Any) -> SocketBlueprint:
        """Return Rasa's blueprint with our handlers of two events."""
        blueprint = super().blueprint(on_new_message)
        sio: AsyncServer = self.sio

        async def session_request(sid: str, data: Any = None) -> None:
            await self._confirm(sio, sid, data)

        async def user_message(sid: str, data: Any = None) -> None:
            message = self._message(sio, sid, data)
            if message is None:
                return
            if len(message.text or "") > LONGEST_MESSAGE:
                said = wording(LANGUAGES[0])["errors"]["too_large"]
                await message.output_channel.send_text_message(message.sender_id, said)
                return
            await on_new_message(message)

        sio.on("session_request", session_request, namespace=self.namespace)
        sio.on(self.user_message_evt, user_message, namespace=self.namespace)
        return blueprint

    async def _confirm(self, sio: AsyncServer, sid: str, data: Any) -> None:
        """Give a chat window its session, the one it had or a new one."""
        session = data.get("session_id") if isinstance(data, dict) else None
        session = str(session) if session else uuid.uuid4().hex
        if self.session_persistence:
            entered = sio.enter_room(sid, session, namespace=self.namespace)
            if inspect.isawaitable(entered):
                await entered
        await sio.emit("session_confirm", session, room=sid, namespace=self.namespace)

    def _message(self, sio: AsyncServer, sid: str, data: Any) -> UserMessage | None:
        """Return what a chat window sent, None if that is no message."""
        said = data if isinstance(data, dict) else {}
        text, session = said.get("message"), said.get("session_id")
        if not isinstance(text, str) or (self.session_persistence and not session):
            logger.warning("a Socket.IO client sent something that is no message of a session")
            return None
        return UserMessage(
            text,
            SocketIOOutput(sio, self.bot_message_evt),
            str(session) if self.session_persistence else sid,
            input_channel=self.name(),
            metadata=_metadata(said.get(self.metadata_key)),
        )


def _metadata(said: Any) -> dict[str, Any]:
    """Return what comes with a message; some windows send it as JSON."""
    if isinstance(said, str):
        try:
            said = json.loads(said)
        except ValueError:
            said = {}
    return said if isinstance(said, dict) else {}
