"""Serves pictures: GET /pictures/<name>.svg and .png with ?width=360 or 1200.

A channel only in that Rasa mounts it: nobody writes to the bot through it. In credentials.yml:

    chatbot.channels.pictures.PicturesInput:
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw, text

from chatbot.errors import PictureError
from chatbot.settings import Settings, load_settings

# The rest is read at the first picture: the knowledge base alone takes 0.2 s to import, which the
# server would else take longer to start.
if TYPE_CHECKING:
    from chatbot.knowledge.base import KnowledgeBase
    from chatbot.pictures.artist import Artist
    from chatbot.pictures.orders import Cache, Order

logger = logging.getLogger(__name__)

TYPES = {"svg": "image/svg+xml", "png": "image/png"}
HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    # A picture opened by itself runs nothing and loads nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    # Pages of other sites may show it: the chat window stands in some.
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# After this long without a picture to draw, the process that draws ends.
IDLE_SECONDS = 120.0
RETRY_SECONDS = 5
_FILE = re.compile(rf"(?P<name>[a-z0-9-]{{1,250}})\.(?P<form>{'|'.join(TYPES)})")


class PicturesInput(InputChannel):
    """Draws what is asked for, once, in a process of its own, and serves it from then on.

    Args:
        settings: of this process.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rest: asyncio.TimerHandle | None = None

    @classmethod
    def name(cls) -> str:
        """Return the name of the channel, part of its address."""
        return "pictures"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> PicturesInput:
        """Return the channel; it has no options.

        Raises:
            SettingsError: a setting is wrong.
        """
        return cls(load_settings())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the paths below /webhooks/pictures, for servers that know of no others."""
        return self._paths("pictures_webhook", "")

    def root_blueprint(self) -> Blueprint:
        """Return the paths at the root of the server."""
        return self._paths("pictures", "/pictures")

    def _paths(self, name: str, prefix: str) -> Blueprint:
        paths = Blueprint(name, url_prefix=prefix)

        # Sanic marks what it calls, which methods cannot be.
        @paths.route("/<file:str>", methods=["GET", "HEAD"], name=f"{name}_file")
        async def serve(request: Request, file: str) -> HTTPResponse:
            return await self._serve(request, file)

        @paths.listener("after_server_stop")
        async def close(*_: Any) -> None:
            self._close()

        return paths

    async def _serve(self, request: Request, file: str) -> HTTPResponse:
        try:
            wanted = await asyncio.to_thread(self._order, file, request.args.get("width"))
        except PictureError as error:
            return _refusal(404, str(error))
        tag = f'"{wanted.key}"'
        headers = {**HEADERS, "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return empty(304, headers)
        try:
            content = await self._picture(wanted)
        except PictureError as error:
            return _refusal(503, str(error))
        return raw(content, headers=headers, content_type=TYPES[wanted.form])

    def _order(self, file: str, width: str | None) -> Order:
        """Return what is asked for.

        Raises:
            PictureError: there is no such picture.
        """
        from chatbot.pictures.names import parse
        from chatbot.pictures.style import PHONE, WIDTHS
        from chatbot.wording.pictures import order

        found = _FILE.fullmatch(file)
        if found is None:
            raise PictureError(f"{file!r}: a picture's name ends with .svg or .png")
        pixels = str(PHONE) if width is None else width
        if pixels not in map(str, WIDTHS):
            raise PictureError(f"width={pixels!r}: must be one of {', '.join(map(str, WIDTHS))}")
        base, knowledge = self._knowledge
        picture = parse(found["name"], base)
        return order(picture, base, knowledge, self._settings.language, int(pixels), found["form"])

    @cached_property
    def _cache(self) -> Cache:
        from chatbot.pictures.orders import FOLDER, Cache

        return Cache(FOLDER)

    @cached_property
    def _artist(self) -> Artist:
        from chatbot.pictures.artist import Artist
        from chatbot.pictures.orders import FOLDER

        return Artist(self._settings.knowledge.resolve(), FOLDER.resolve())

    @cached_property
    def _knowledge(self) -> tuple[KnowledgeBase, str]:
        from chatbot.knowledge.load import fingerprint, load

        folder = self._settings.knowledge
        return load(folder), fingerprint(folder)

    async def _picture(self, wanted: Order) -> bytes:
        content = self._cache.read(wanted)
        if content is None:
            await self._drawn(wanted)
            content = self._cache.read(wanted)
        if content is None:
            raise PictureError("the picture could not be kept; try again soon")
        return content

    async def _drawn(self, wanted: Order) -> None:
        """Wait until a picture is drawn.

        Raises:
            PictureError: it cannot be drawn now.
        """
        try:
            drawing = await asyncio.to_thread(self._artist.draw, wanted)
            # Whoever goes away leaves the picture to others who wait for it.
            await asyncio.shield(asyncio.wrap_future(drawing))
        except PictureError:
            raise
        except Exception as error:
            logger.exception("cannot draw %s", wanted.file)
            raise PictureError("the picture cannot be drawn; the log says why") from error
        finally:
            self._rest_later()

    def _rest_later(self) -> None:
        if self._rest:
            self._rest.cancel()
        loop = asyncio.get_running_loop()
        self._rest = loop.call_later(IDLE_SECONDS, self._rest_if_idle)

    def _rest_if_idle(self) -> None:
        if self._artist.idle:
            self._artist.rest()
        else:
            self._rest_later()

    def _close(self) -> None:
        if self._rest:
            self._rest.cancel()
        if "_artist" in vars(self):
            self._artist.rest()


def _refusal(status: int, reason: str) -> HTTPResponse:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = str(RETRY_SECONDS)
    return text(reason, status, headers)
