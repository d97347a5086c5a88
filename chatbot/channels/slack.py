"""Slack: Rasa's connector, with what it does wrong put right (docs/decisions/0013)."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from rasa.core.channels import slack
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ImageBlock,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from chatbot.channels.limits import limits, shorten, split
from chatbot.channels.messaging import accounts, webhook
from chatbot.channels.messaging.accounts import SlackAccount
from chatbot.channels.messaging.delivery import BusyError, RefusedError, deliver, seconds_of
from chatbot.channels.messaging.desk import Desk
from chatbot.channels.messaging.numbered import fitted
from chatbot.channels.messaging.said import Offer, Picture, Said
from chatbot.channels.messaging.slack_events import Place, Post, escaped, read_event, read_press
from chatbot.channels.messaging.speaking import Speaking
from chatbot.channels.messaging.tickets import Tickets
from chatbot.settings import load_settings
from chatbot.wording.messaging import phrases

NAME = "slack"
TIMEOUT_SECONDS = 30
NO_RETRY = {"X-Slack-No-Retry": "1"}
_FORM = "application/x-www-form-urlencoded"
logger = logging.getLogger(__name__)


class SlackOutput(Speaking, slack.SlackBot):
    """Sends messages to Slack: plain text, whole, within the limits, tried again.

    Args:
        account: the app.
        tickets: stand in for button payloads that are too long.
        place: where to answer; the recipient's direct messages if there is none.
    """

    def __init__(
        self, account: SlackAccount, tickets: Tickets | None = None, place: Place | None = None
    ) -> None:
        super().__init__(account.token, place.channel if place else None)
        self.public_url, self._limits = account.public_url, limits(NAME)
        self._tickets = tickets or Tickets(self._limits["payload"])
        # Trying again is `deliver`'s business.
        self.client = AsyncWebClient(
            account.token, base_url=account.api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[]
        )

    async def say_to(self, recipient_id: str, said: Said) -> None:
        """Send a message to the place given at the start, or to somebody's direct messages."""
        await self.say(Place(self.slack_channel or recipient_id), said)

    async def say(self, place: Place, said: Said) -> None:
        """Send a message: the picture, then the text with the buttons under its last part.

        Raises:
            RefusedError: Slack does not take it.
        """
        if said.picture:
            await self._show(place, said.picture)
        said = fitted(said, self._limits)
        parts = split(said.text, self._limits["text"])
        for number, part in enumerate(parts, 1):
            blocks: list[Block] = [_section(text) for text in split(part, self._limits["section"])]
            if number == len(parts):
                blocks += self._buttons(said.offers)
            await self._post(place, part, blocks)

    async def hang_up(self) -> None:
        """Close the connections."""
        if self.client.session is not None:
            await self.client.session.close()

    async def _post(self, place: Place, text: str, blocks: list[Block]) -> None:
        if self.client.session is None:
            self.client.session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
            )

        async def send() -> Any:
            return await _once(
                self.client.chat_postMessage(
                    channel=place.channel,
                    thread_ts=place.thread or None,
                    # What notifications and screen readers say.
                    text=escaped(text),
                    blocks=[block.to_dict() for block in blocks],
                    mrkdwn=False,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            )

        await deliver(send, "slack: a message")

    async def _show(self, place: Place, picture: Picture) -> None:
        words = phrases(load_settings().language).picture.format(alt=picture.alt)
        alt = shorten(picture.alt or words, self._limits["caption"])
        caption = _section(picture.alt) if picture.alt else None
        blocks = [ImageBlock(image_url=picture.url, alt_text=alt), *([caption] if caption else [])]
        try:
            await self._post(place, words, blocks)
        except RefusedError as error:
            logger.warning("slack: %s was not taken as a picture: %s", picture.url, error)
            text = f"{words}\n{picture.url}"
            await self._post(place, text, [_section(text)])

    def _buttons(self, offers: tuple[Offer, ...]) -> list[Block]:
        elements = [
            ButtonElement(
                text=PlainTextObject(text=offer.title, emoji=False),
                value=self._tickets.issue(offer.payload),
                action_id=f"offer-{number}",
            )
            for number, offer in enumerate(offers)
        ]
        row = self._limits["row"].most
        return [
            ActionsBlock(elements=elements[start : start + row])
            for start in range(0, len(elements), row)
        ]


class SlackInput(slack.SlackInput):
    """Takes events and button presses from Slack; off when the bot has no app there."""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackInput:
        """Return the channel of the app that the environment names.

        Raises:
            SettingsError: a variable is missing or wrong.
        """
        webhook.no_credentials(NAME, credentials)
        return cls(accounts.slack(accounts.given(NAME)))

    def __init__(self, account: SlackAccount | None) -> None:
        if account:
            super().__init__(account.token, slack_signing_secret=account.signing_secret)
            self._verifier = SignatureVerifier(account.signing_secret)
        self.account = account
        self._tickets = Tickets(limits(NAME)["payload"])

    def get_output_channel(
        self, channel: str | None = None, thread_id: str | None = None
    ) -> SlackOutput | None:
        """Return a channel for messages that nobody asked for; opens no connection."""
        if self.account is None:
            return None
        place = Place(channel, thread_id or "") if channel else None
        return SlackOutput(self.account, self._tickets, place)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the web server: events and button presses come to `/webhook`."""
        if self.account is None:
            return webhook.closed(NAME)
        desk = Desk(NAME, on_new_message, self.account.public_url)
        output = SlackOutput(self.account, self._tickets)
        blueprint = webhook.opened(NAME, desk)

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            return self._receive(request, desk, output)

        @blueprint.listener("after_server_stop")
        async def hang_up(*_: Any) -> None:
            await output.hang_up()

        return blueprint

    def is_request_from_slack_authentic(self, request: Request) -> bool:
        """Tell whether Slack signed a request, within the last five minutes."""
        try:
            return self._verifier.is_valid_request(request.body, request.headers)
        except (ValueError, TypeError):  # a time that is no number, a signature that is no text
            return False

    def _receive(self, request: Request, desk: Desk, output: SlackOutput) -> HTTPResponse:
        too_large = webhook.unreadable(request)
        if too_large:
            return too_large
        if not self.is_request_from_slack_authentic(request):
            return webhook.refused("not signed by Slack, or too long ago")
        body = _body(request)
        if body is None:
            return response.text("not JSON", status=400)
        if body.get("type") == "url_verification":
            return response.text(str(body.get("challenge", "")), content_type="text/plain")
        if desk.is_full:
            return webhook.busy()
        post = self._read(body)
        if post and not desk.is_new(post.heard.key):
            return response.text("", headers=NO_RETRY)
        if post:
            _answer(post, desk, output)
        return webhook.done()

    def _read(self, body: Mapping[str, Any]) -> Post | None:
        try:
            if body.get("type") == "block_actions":
                return read_press(body, self._tickets)
            return read_event(body)
        except Exception:
            # Slack adds kinds of events all the time; none may stop the bot.
            logger.exception("slack: an event of type %r cannot be read", body.get("type"))
            return None


def _body(request: Request) -> dict[str, Any] | None:
    """Return what Slack sent, as an object; buttons send it inside a form."""
    try:
        if request.headers.get("content-type", "").startswith(_FORM):
            form = parse_qs(request.body.decode("utf-8"))
            found = json.loads(form["payload"][0])
        else:
            found = json.loads(request.body)
    except (ValueError, KeyError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _answer(post: Post, desk: Desk, output: SlackOutput) -> None:
    async def send(answers: list[Said]) -> None:
        for said in answers:
            try:
                await output.say(post.place, said)
            except RefusedError as error:
                logger.error("slack: an answer was not delivered: %s", error)

    desk.queue(post.heard, send)


def _section(text: str) -> SectionBlock:
    # Plain text, so that nothing in it is taken for markup.
    return SectionBlock(text=PlainTextObject(text=text, emoji=False), expand=True)


async def _once(request: Awaitable[Any]) -> Any:
    """Return what a request to Slack returns.

    Raises:
        BusyError: Slack has not taken it.
        RefusedError: it will not take it, or perhaps has taken it.
    """
    try:
        return await request
    except SlackApiError as error:
        raise _judged(error) from error
    except asyncio.TimeoutError as error:
        raise RefusedError(f"no answer within {TIMEOUT_SECONDS} s; it may have arrived") from error
    except aiohttp.ClientError as error:
        raise BusyError(type(error).__name__) from error


def _judged(error: SlackApiError) -> BusyError | RefusedError:
    answer = error.response
    status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0) or 0)
    headers = {str(k).lower(): v for k, v in (getattr(answer, "headers", None) or {}).items()}
    data = getattr(answer, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return BusyError("Slack asks to wait", seconds_of(headers.get("retry-after")))
    if status >= 500 or code in ("internal_error", "service_unavailable"):
        return BusyError(f"Slack answers {status} {code}".strip())
    return RefusedError(f"Slack answers {status} {code}".strip(), code)
