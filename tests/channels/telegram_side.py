"""Telegram's side: updates as aiogram writes them, and the API that the bot calls."""

from __future__ import annotations

import itertools
import json
from typing import Any

from aiogram.types import (
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Sticker,
    Update,
    User,
)

TOKEN = "110201543:token-of-the-stand-in"
BOT = User(id=110201543, is_bot=True, first_name="Jobs", username="jobs_bot")
PUBLIC = "https://bot.example"
METHODS = ("setWebhook", "setMyCommands", "getMe", "sendMessage", "sendPhoto")
_ids = itertools.count(1000)


def method_of(path: str) -> str:
    """Return the method of `/bot<token>/<method>`."""
    name = path.rsplit("/", 1)[-1]
    return next((known for known in METHODS if known.lower() == name.lower()), name)


def answer(method: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what Telegram answers when all is well."""
    if method == "getMe":
        return {"ok": True, "result": BOT.to_python()}
    if method in ("sendMessage", "sendPhoto"):
        chat = {"id": int(data["chat_id"]), "type": "private"}
        return {"ok": True, "result": {"message_id": 1, "date": 1, "chat": chat}}
    return {"ok": True, "result": True}


def flood(seconds: int) -> tuple[int, Any, dict[str, str]]:
    """Return the answer to too many requests."""
    body = {
        "ok": False,
        "error_code": 429,
        "description": f"Too Many Requests: retry after {seconds}",
        "parameters": {"retry_after": seconds},
    }
    return 429, body, {}


def failed(status: int, description: str) -> tuple[int, Any, dict[str, str]]:
    """Return another error."""
    return status, {"ok": False, "error_code": status, "description": description}, {}


def person(number: int = 7) -> User:
    return User(id=number, is_bot=False, first_name=f"Ann{number}", language_code="en")


def private(number: int = 7) -> Chat:
    return Chat(id=number, type="private", first_name=f"Ann{number}")


def message(text: str | None, number: int = 7, **more: Any) -> Message:
    values = {"message_id": next(_ids), "date": 1700000000, "chat": private(number)}
    content = {} if text is None else {"text": text}
    return Message(**{**values, "from": person(number).to_python(), **content, **more})


def update(**content: Any) -> dict[str, Any]:
    """Return an update as JSON, as aiogram writes it."""
    return dict(json.loads(Update(update_id=next(_ids), **content).as_json()))


def written(text: str, number: int = 7) -> dict[str, Any]:
    return update(message=message(text, number))


def edited(text: str, of: dict[str, Any]) -> dict[str, Any]:
    """Return the update that says that a message now has another text."""
    old = of["message"]
    new = message(text, old["from"]["id"], message_id=old["message_id"], edit_date=1700000100)
    return update(edited_message=new)


def sticker(number: int = 7) -> dict[str, Any]:
    image = Sticker(
        file_id="x", file_unique_id="y", width=1, height=1, is_animated=False, is_video=False
    )
    return update(message=message(None, number, sticker=image))


def pressed(
    keyboard: list[list[dict[str, str]]], row: int, number: int = 7, text: str = "What next?"
) -> dict[str, Any]:
    """Return the press of the first button of a row of a keyboard that the bot has sent."""
    rows = [[InlineKeyboardButton(**button) for button in line] for line in keyboard]
    below = message(
        text,
        number,
        **{"from": BOT.to_python(), "reply_markup": InlineKeyboardMarkup(inline_keyboard=rows)},
    )
    query = CallbackQuery(
        **{"id": str(next(_ids)), "from": person(number).to_python()},
        message=below,
        chat_instance="1",
        data=keyboard[row][0]["callback_data"],
    )
    return update(callback_query=query)
