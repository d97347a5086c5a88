"""The channel of the website widget; on Rasa's REST conventions, safe to be open to everybody.

In credentials.yml, with what holds if nothing is said:

    chatbot.channels.web.WebInput:
      messages_per_minute: 30           # of one session in the long run, 10 at once
      address_messages_per_minute: 120  # of all sessions from one address, 40 at once
      session_hours: 24                 # of silence, after which a conversation is forgotten
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from functools import partial
from importlib import metadata
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.response import HTTPResponse

from chatbot.channels.website import body
from chatbot.channels.website.gate import Gate, Handler, Visit
from chatbot.channels.website.history import History
from chatbot.channels.website.options import Options, read_options
from chatbot.channels.website.output import new_id
from chatbot.channels.website.pages import Pages
from chatbot.channels.website.refusal import RefusedError, language_of, wording
from chatbot.channels.website.reviewed import last_reviewed
from chatbot.channels.website.session import Sessions, signing_key
from chatbot.channels.website.talk import CHANNEL, OnMessage, Said, Talk
from chatbot.settings import Settings, load_settings

LONGEST_MESSAGE, LONGEST_TITLE = 1000, 200
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
DISTRIBUTION = "ecommerce-careers-chatbot"
LICENCE = "Apache-2.0"


class WebInput(InputChannel):
    """Takes messages of the widget; each conversation belongs to whom this server gave its token.

    Args:
        options: of credentials.yml.
        settings: of this process.

    Attributes:
        pages: what it serves at the root.

    Raises:
        SettingsError: what is to be kept cannot be kept.
    """

    def __init__(self, options: Options, settings: Settings) -> None:
        self._settings = settings
        key = signing_key(settings.session_key, settings.state)
        self._sessions = Sessions(key, options.lifetime)
        self._gate = Gate(settings, options, self._sessions)
        self._history = History(settings.state, options.lifetime)
        self.pages = Pages.found()

    @classmethod
    def name(cls) -> str:
        """Return the name of the channel, part of its address."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WebInput:
        """Return the channel with the options of credentials.yml.

        Raises:
            SettingsError: an option is wrong, or what is to be kept cannot be kept.
        """
        return cls(read_options(credentials), load_settings())

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """Return the paths below /webhooks/web."""
        talk = Talk(on_new_message, self._history)
        handlers: Mapping[tuple[str, str], Handler] = {
            ("/session", "POST"): self._session,
            ("/messages", "POST"): partial(self._message, talk),
            ("/history", "GET"): self._recall,
            ("/restart", "POST"): partial(self._restart, talk),
            ("/about", "GET"): self._about,
        }
        web = Blueprint("web_channel")
        for (path, method), handler in handlers.items():
            # `stream` leaves the body unread until the request is known to be in order.
            web.add_route(
                self._gate.guarded(handler),
                path,
                methods=[method, "OPTIONS"],
                name=f"web_{path[1:]}",
                stream=True,
            )
        return web

    def root_blueprint(self) -> Blueprint:
        """Return the paths at the root: the widget's script and the page that shows it."""
        return self.pages.blueprint()

    def announcement(self, url: str) -> str:
        """Return what the owner of a website wants to know when the server listens."""
        return self.pages.announcement(self._settings.public_url or url, url)

    async def _session(self, visit: Visit) -> HTTPResponse:
        wanted = await body.read_object(visit.request)
        visit.language = language_of(wanted.get("language"), visit.language)
        try:
            session = self._gate.session(visit)
        except RefusedError:
            session = self._sessions.begin(visit.language)
        return visit.json(
            {
                "token": self._sessions.token(session),
                "expires_in": self._sessions.lifetime,
                "greeting": _greeting(session.language),
            }
        )

    async def _message(self, talk: Talk, visit: Visit) -> None:
        session = self._gate.session(visit)
        self._gate.count_message(session, visit.address)
        await talk.answer(visit, session, _said(await body.read_object(visit.request)))

    async def _recall(self, visit: Visit) -> HTTPResponse:
        session = self._gate.session(visit)
        said = await asyncio.wrap_future(self._history.read(session.sender))
        return visit.json({"messages": said})

    async def _restart(self, talk: Talk, visit: Visit) -> HTTPResponse:
        session = self._gate.session(visit)
        self._gate.count_message(session, visit.address)
        await body.read_object(visit.request)
        await talk.restart(session, partial(_forget, visit.request.app))
        return visit.json({"greeting": _greeting(session.language)})

    async def _about(self, visit: Visit) -> HTTPResponse:
        reviewed = last_reviewed(self._settings.knowledge)
        return visit.json(
            {
                **wording(visit.language)["about"],
                "version": metadata.version(DISTRIBUTION),
                "knowledge_reviewed": reviewed and reviewed.isoformat(),
                "licence": LICENCE,
            }
        )


def _greeting(language: str) -> dict[str, Any]:
    greeting = wording(language)["greeting"]
    replies = [{"title": text, "payload": text} for text in greeting["quick_replies"]]
    return {"text": greeting["text"], "quick_replies": replies}


def _said(content: Mapping[str, Any]) -> Said:
    """Return what a person said; the page may number its messages, so that none is said twice."""
    number, title = content.get("id"), content.get("title")
    if number is not None and not (isinstance(number, str) and _MESSAGE_ID.fullmatch(number)):
        raise RefusedError("bad_request", "an id that is none")
    return Said(
        id=number or new_id(),
        text=_text(content.get("text")),
        title=None if title is None else _text(title)[:LONGEST_TITLE],
    )


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise RefusedError("bad_request", "no text")
    # Halves of characters, which JSON allows and nothing else does, become question marks.
    text = said.encode("utf-8", "replace").decode().strip()
    if not text:
        raise RefusedError("bad_request", "an empty text")
    if len(text) > LONGEST_MESSAGE:
        raise RefusedError("too_large", f"a message of more than {LONGEST_MESSAGE} characters")
    return text


async def _forget(app: Sanic, sender: str) -> None:
    """Delete what Rasa keeps of a conversation: the tracker stores forget an empty one."""
    agent = app.ctx.agent
    async with agent.lock_store.lock(sender):
        await agent.tracker_store.save(agent.tracker_store.init_tracker(sender))
