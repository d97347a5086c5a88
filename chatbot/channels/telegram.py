"""Telegram: Rasa's connector, with what it does wrong put right (docs/decisions/0013)."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.bot.api import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Update
from aiogram.utils import exceptions
from rasa.core.channels import telegram
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from chatbot.channels.limits import limits, shorten, split
from chatbot.channels.messaging import accounts, webhook
from chatbot.channels.messaging.accounts import TelegramAccount
from chatbot.channels.messaging.delivery import (
    START_PATIENCE,
    BusyError,
    Patience,
    RefusedError,
    deliver,
)
from chatbot.channels.messaging.desk import Desk
from chatbot.channels.messaging.numbered import fitted
from chatbot.channels.messaging.said import Offer, Picture, Said
from chatbot.channels.messaging.speaking import Speaking
from chatbot.channels.messaging.telegram_updates import WANTED, Me, Post, Reader
from chatbot.channels.messaging.tickets import Tickets
from chatbot.settings import load_settings
from chatbot.wording.messaging import phrases

NAME = "telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
TIMEOUT_SECONDS = 30
logger = logging.getLogger(__name__)


class TelegramOutput(Speaking, telegram.TelegramOutput):
    """Sends messages to Telegram: plain text, whole, within the limits, tried again.

    Args:
        account: the bot.
        tickets: stand in for button payloads that are too long.
    """

    def __init__(self, account: TelegramAccount, tickets: Tickets | None = None) -> None:
        server = TelegramAPIServer.from_base(account.api_url)
        Bot.__init__(self, account.token, server=server, timeout=TIMEOUT_SECONDS)
        self._account, self._limits = account, limits(NAME)
        self.public_url = account.public_url
        self._tickets = tickets or Tickets(self._limits["payload"])

    async def say_to(self, recipient_id: str, said: Said) -> None:
        """Send a message: the picture, then the text with the buttons under its last part.

        Raises:
            RefusedError: Telegram does not take it.
        """
        if said.picture:
            await self._show(recipient_id, said.picture)
        said = fitted(said, self._limits)
        parts = split(said.text, self._limits["text"])
        for place, part in enumerate(parts, 1):
            await self._write(recipient_id, part, said.offers if place == len(parts) else ())

    async def confirm(self, query: str, text: str) -> None:
        """Tell Telegram that a button press has arrived; it shows the text for a moment."""
        toast = shorten(text, self._limits["toast"]) if text else None
        try:
            await once(self.answer_callback_query(query, toast))
        except (BusyError, RefusedError) as error:
            logger.info("telegram: a button press was not confirmed: %s", error)

    async def register(self, patience: Patience = START_PATIENCE) -> None:
        """Tell Telegram where to send updates, and the commands of the menu; one call each.

        Args:
            patience: how long to go on trying.

        Raises:
            RefusedError: Telegram does not take it.
        """
        words = phrases(load_settings().language).commands
        commands = [{"command": name, "description": text} for name, text in words.items()]
        calls = {
            "setWebhook": self.webhook_settings(),
            "setMyCommands": {"commands": json.dumps(commands)},
        }
        for method, values in calls.items():
            await deliver(partial(self._ask, method, values), f"telegram: {method}", patience)

    def webhook_settings(self) -> dict[str, Any]:
        """Return what `setWebhook` is told."""
        return {
            "url": self._account.webhook,
            "secret_token": self._account.secret,
            "allowed_updates": json.dumps(WANTED),
            "max_connections": 40,
        }

    async def who_am_i(self) -> Me:
        """Return the bot's own account as Telegram knows it."""
        user = await deliver(lambda: once(self.get_me()), "telegram: getMe", START_PATIENCE)
        return Me(user.id, user.username or "")

    async def hang_up(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _ask(self, method: str, values: dict[str, Any]) -> Any:
        return await once(self.request(method, values))

    async def _write(self, chat: str, text: str, offers: tuple[Offer, ...]) -> None:
        keyboard = self._keyboard(offers) if offers else None

        async def send() -> Any:
            return await once(
                self.send_message(chat, text, reply_markup=keyboard, disable_web_page_preview=True)
            )

        await deliver(send, "telegram: a message")

    async def _show(self, chat: str, picture: Picture) -> None:
        caption = shorten(picture.alt, self._limits["caption"]) if picture.alt else None
        try:
            await deliver(
                lambda: once(self.send_photo(chat, picture.url, caption=caption)),
                "telegram: a picture",
            )
        except RefusedError as error:
            logger.warning("telegram: %s was not taken as a picture: %s", picture.url, error)
            words = phrases(load_settings().language).picture.format(alt=picture.alt)
            await self._write(chat, f"{words}\n{picture.url}".strip(), ())

    def _keyboard(self, offers: tuple[Offer, ...]) -> InlineKeyboardMarkup:
        numbers = all(offer.title.isdecimal() for offer in offers)
        keyboard = InlineKeyboardMarkup(
            row_width=self._limits["numbers" if numbers else "row"].most
        )
        keyboard.add(
            *(
                InlineKeyboardButton(offer.title, callback_data=self._tickets.issue(offer.payload))
                for offer in offers
            )
        )
        return keyboard


class TelegramInput(telegram.TelegramInput):
    """Takes updates from Telegram; off when the bot has no account there."""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TelegramInput:
        """Return the channel of the account that the environment names.

        Raises:
            SettingsError: a variable is missing or wrong.
        """
        webhook.no_credentials(NAME, credentials)
        return cls(accounts.telegram(accounts.given(NAME)))

    def __init__(self, account: TelegramAccount | None) -> None:
        super().__init__(
            account.token if account else None, None, account.webhook if account else None
        )
        self.account = account
        self._tickets = Tickets(limits(NAME)["payload"])
        self._reader = Reader(self._tickets)
        self._me = Me(account.id if account else 0)

    def get_output_channel(self) -> TelegramOutput | None:
        """Return a channel for messages that nobody asked for; opens no connection."""
        return TelegramOutput(self.account, self._tickets) if self.account else None

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the web server: updates come to `/webhook`."""
        if self.account is None:
            return webhook.closed(NAME)
        desk = Desk(NAME, on_new_message, self.account.public_url)
        output = TelegramOutput(self.account, self._tickets)
        blueprint = webhook.opened(NAME, desk)
        starting: set[asyncio.Task[None]] = set()

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request, desk, output)

        @blueprint.listener("after_server_start")
        async def register(*_: Any) -> None:
            # In the background: without network the bot still serves its other channels.
            starting.add(asyncio.create_task(self._register(output)))

        @blueprint.listener("after_server_stop")
        async def hang_up(*_: Any) -> None:
            for task in starting:
                task.cancel()
            await output.hang_up()

        return blueprint

    async def _register(self, output: TelegramOutput) -> None:
        try:
            await output.register()
            self._me = await output.who_am_i()
        except RefusedError as error:
            logger.error(
                "telegram: cannot be used: %s; `chatbot channels check telegram` says more", error
            )

    async def _receive(self, request: Request, desk: Desk, output: TelegramOutput) -> HTTPResponse:
        if not self._is_telegram(request):
            return webhook.refused("not from Telegram")
        update = _update(request)
        if update is None:
            return response.text("not an update", status=400)
        if desk.is_full:
            return webhook.busy()
        if desk.is_new(f"u{update.update_id}"):
            post = self._read(update)
            if post:
                _answer(post, desk, output)
        return webhook.done()

    def _read(self, update: Update) -> Post | None:
        try:
            return self._reader.read(update, self._me)
        except Exception:
            # Telegram adds kinds of updates all the time; none may stop the bot.
            logger.exception("telegram: update %s cannot be read", update.update_id)
            return None

    def _is_telegram(self, request: Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "")
        wanted = self.account.secret if self.account else ""
        return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _update(request: Request) -> Update | None:
    """Return the update that a delivery holds, or None if it holds none."""
    if webhook.unreadable(request):
        return None
    try:
        update = Update(**json.loads(request.body))
        return update if isinstance(update.update_id, int) else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _answer(post: Post, desk: Desk, output: TelegramOutput) -> None:
    async def send(answers: list[Said]) -> None:
        for said in answers:
            await _send_or_log(output, post.chat, said)

    if post.query:
        text = desk.phrases.old_button if post.pressed is None else post.pressed
        confirming = asyncio.ensure_future(output.confirm(post.query, text))
        _kept.add(confirming)
        confirming.add_done_callback(_kept.discard)
    if post.heard:
        desk.queue(post.heard, send)


# Tasks that nobody waits for; asyncio itself holds them only weakly.
_kept: set[asyncio.Future[None]] = set()


async def _send_or_log(output: TelegramOutput, chat: str, said: Said) -> None:
    try:
        await output.say_to(chat, said)
    except RefusedError as error:
        logger.error("telegram: an answer was not delivered: %s", error)


async def once(request: Awaitable[Any]) -> Any:
    """Return what a request to Telegram returns.

    Raises:
        BusyError: Telegram has not taken it.
        RefusedError: it will not take it, or perhaps has taken it.
    """
    try:
        return await request
    except exceptions.RetryAfter as error:
        raise BusyError("Telegram asks to wait", float(error.timeout)) from error
    except (exceptions.RestartingTelegram, exceptions.NetworkError) as error:
        raise BusyError(_named(error)) from error
    except exceptions.TelegramAPIError as error:
        # Its subclasses say what is wrong with the request; itself stands for errors of the server.
        if type(error) is exceptions.TelegramAPIError:
            raise BusyError(_named(error)) from error
        raise RefusedError(_named(error), type(error).__name__) from error
    except asyncio.TimeoutError as error:
        raise RefusedError(f"no answer within {TIMEOUT_SECONDS} s; it may have arrived") from error


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
