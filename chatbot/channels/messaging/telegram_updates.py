"""Reads Telegram's updates: who wrote what, or pressed which button."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aiogram.types import CallbackQuery, Message, Update

from chatbot.channels.messaging.desk import Heard
from chatbot.channels.messaging.memory import Memory
from chatbot.channels.messaging.numbered import full
from chatbot.channels.messaging.said import Offer
from chatbot.channels.messaging.tickets import Tickets

# Commands of the menu, and what they mean to the bot.
COMMANDS = {"start": "/greet", "help": "/help", "restart": "/restart"}
# Updates that are asked for; others say nothing to a bot that answers questions.
WANTED = ("message", "edited_message", "callback_query")
_PRIVATE = "private"
_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
# What a person can send besides words.
_KINDS = (
    ("sticker", "photo", "voice", "video", "video_note", "audio", "document")
    + ("animation", "location", "contact", "poll", "dice", "venue", "story")
)  # fmt: skip
_TEXTS_KEPT = 10_000


@dataclass(frozen=True)
class Post:
    """What is to be answered, and where.

    Args:
        heard: what the person did; None if there is nothing to be answered.
        chat: id of the chat to answer in.
        query: id of the button press to confirm.
        pressed: the words to confirm it with; None if the button has lost its meaning.
    """

    heard: Heard | None
    chat: str
    query: str | None = None
    pressed: str | None = None


@dataclass(frozen=True)
class Me:
    """The bot's own account; the name is known once Telegram has told it."""

    id: int
    name: str = ""


class Reader:
    """Reads updates.

    Args:
        tickets: give back what the bot's buttons mean.
    """

    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets
        self._texts: Memory[str] = Memory(_TEXTS_KEPT)

    def read(self, update: Update, me: Me) -> Post | None:
        """Return what is to be answered, or None if the update is no business of the bot's."""
        if update.callback_query:
            return self._press(update, update.callback_query)
        message = update.message or update.edited_message
        if not message or not _is_meant(message, me):
            return None
        text = message.text or message.caption
        place = f"{message.chat.id}:{message.message_id}"
        if update.edited_message and (not text or self._texts.get(place) == text):
            return None  # the same words: a preview was added, or a poll changed
        if text:
            self._texts.put(place, text)
        elif not _carries_something(message):
            return None
        words = plain(text, me) if text else None
        heard = Heard(f"u{update.update_id}", _conversation(message), words)
        return Post(heard, str(message.chat.id))

    def _press(self, update: Update, query: CallbackQuery) -> Post | None:
        if query.data is None:
            return None
        message = query.message
        chat = str(message.chat.id if message else query.from_user.id)
        private = not message or message.chat.type == _PRIVATE
        conversation = chat if private else f"{chat}_{query.from_user.id}"
        shown = full(_buttons(message), message.text or "") if message else []
        payload = self._tickets.redeem(query.data, shown)
        if payload is None:
            return Post(None, chat, query.id)
        title = next((offer.title for offer in shown if offer.payload == query.data), "")
        heard = Heard(f"u{update.update_id}", conversation, payload)
        return Post(heard, chat, query.id, title)


def plain(text: str, me: Me) -> str:
    """Return a message as the bot understands it: commands by their meaning, no @bot."""
    command = _COMMAND.fullmatch(text.strip())
    if command and command["name"].lower() in COMMANDS:
        return COMMANDS[command["name"].lower()]
    if command and "{" not in text:
        words = " ".join(part for part in (command["name"], command["rest"]) if part)
        return words.replace("_", " ")
    if me.name:
        text = re.sub(rf"@{re.escape(me.name)}\b", "", text, flags=re.IGNORECASE)
    return text.strip()


def _is_meant(message: Message, me: Me) -> bool:
    """Tell whether a message is a person's and meant for the bot."""
    if not message.from_user or message.from_user.is_bot:
        return False
    if message.chat.type == _PRIVATE:
        return True
    text = message.text or message.caption or ""
    command = _COMMAND.fullmatch(text.strip())
    if command:
        return not command["bot"] or command["bot"].lower() == me.name.lower()
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id:
        return True
    return bool(me.name) and f"@{me.name}".lower() in text.lower()


def _carries_something(message: Message) -> bool:
    """Tell whether the person sent something, rather than joined, left, pinned ..."""
    return any(kind in message.values for kind in _KINDS)


def _conversation(message: Message) -> str:
    chat = str(message.chat.id)
    return chat if message.chat.type == _PRIVATE else f"{chat}_{message.from_user.id}"


def _buttons(message: Message) -> Iterable[Offer]:
    if message.reply_markup:
        for row in message.reply_markup.inline_keyboard:
            yield from (Offer(button.text, button.callback_data or "") for button in row)
