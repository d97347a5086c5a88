"""Reads and writes WeChat's messages: signatures, encryption, XML, the menu."""

from __future__ import annotations

import hmac
import re
import struct
import time
import unicodedata
from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.messages import BaseMessage
from wechatpy.replies import ArticlesReply, BaseReply, TextReply
from wechatpy.utils import WeChatSigner

from chatbot.channels.limits import Limit, limits, shorten
from chatbot.channels.messaging.accounts import WeChatAccount
from chatbot.channels.messaging.said import Picture
from chatbot.errors import SettingsError

# Seconds that a delivery may be old; a recorded one cannot be played back later.
FRESH_SECONDS = 300
MENU_FILE = "chatbot/wording/en/messaging.yml"
# Characters that XML has no place for.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NUMBER = re.compile(r"[#(]?(\d{1,2})[.)、]?")


def signature(*parts: str) -> str:
    """Return WeChat's signature of some texts."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def is_signed(account: WeChatAccount, query: Mapping[str, Any], clock: float | None = None) -> bool:
    """Tell whether WeChat signed the address of a delivery, not long ago.

    Args:
        account: holds the token that signs.
        query: `signature`, `timestamp` and `nonce`.
        clock: seconds since 1970; now if None.
    """
    stamp, nonce = str(query.get("timestamp", "")), str(query.get("nonce", ""))
    given = str(query.get("signature", ""))
    if not stamp.isdecimal() or not _is_near(int(stamp), clock):
        return False
    wanted = signature(account.token, stamp, nonce)
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def opened(account: WeChatAccount, query: Mapping[str, Any], body: bytes) -> BaseMessage | None:
    """Return the message of a delivery whose address is signed; None if it must not be believed.

    With an AES key, only encrypted messages are believed: their signature covers the content.
    """
    try:
        text = body.decode("utf-8")
        if account.aes_key:
            text = _crypto(account).decrypt_message(
                text,
                str(query.get("msg_signature", "")),
                str(query.get("timestamp", "")),
                str(query.get("nonce", "")),
            )
        message = parse_message(text)
        # Numbers are read when they are asked for; here it does no harm if they are odd.
        numbered = (message.id or 0) >= 0 and message.time
        return message if numbered and _is_a_name(message) else None
    except (WeChatException, ExpatError, ValueError, KeyError, TypeError, AttributeError):
        return None
    except (struct.error, IndexError, RecursionError):
        return None


def sealed(account: WeChatAccount, query: Mapping[str, Any], reply: BaseReply) -> str:
    """Return a reply as XML, encrypted if the account's messages are."""
    xml = str(reply.render())
    if not account.aes_key:
        return xml
    return str(_crypto(account).encrypt_message(xml, str(query.get("nonce", ""))))


def written(part: str | Picture, to: BaseMessage) -> BaseReply:
    """Return the reply to a message that says a text or shows a picture."""
    if isinstance(part, str):
        return TextReply(content=clean(part), message=to)
    reply = ArticlesReply(message=to)
    reply.add_article(article(part))
    return reply


def article(picture: Picture) -> dict[str, str]:
    """Return a picture as a card with a title; a tap opens it."""
    title = shorten(picture.alt, limits("wechat")["caption"]) if picture.alt else ""
    url = clean(picture.url)
    return {"title": clean(title), "description": "", "image": url, "url": url}


def clean(text: str) -> str:
    """Return a text that cannot break the XML around it."""
    return _NOT_XML.sub("", text).replace("]]>", "]] >")


def key_of(message: BaseMessage) -> str:
    """Return what is the same whenever WeChat delivers a message again, and for no other."""
    if message.id:
        return f"m{message.id}"
    data = message._data
    return f"{message.source}:{message.time}:{data.get('Event')}:{data.get('EventKey')}"


def text_of(message: BaseMessage) -> str | None:
    """Return what a person wrote or said, or asked by the menu; None if it was something else."""
    if message.type == "event":
        return {
            "subscribe": "/greet",
            "subscribe_scan": "/greet",
            "click": getattr(message, "key", None),
        }.get(message.event)
    return getattr(message, "content", None) or getattr(message, "recognition", None) or None


def is_for_the_bot(message: BaseMessage) -> bool:
    """Tell whether anything is to be said to a message."""
    return message.type not in ("event", "unknown") or text_of(message) is not None


def number_of(text: str) -> int | None:
    """Return the number that a message consists of (`2`, `２.`, `(2)`), or None."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1]) if found else None


def menu_of(entries: tuple[Mapping[str, Any], ...]) -> dict[str, Any]:
    """Return the menu as WeChat wants it.

    Args:
        entries: as in messaging.yml: `name` and either `ask` or a list of such `entries`.

    Raises:
        SettingsError: the menu is larger than WeChat takes.
    """
    most = limits("wechat")
    _check_count(len(entries), most["menu"], "the menu")
    return {"button": [_button(entry) for entry in entries]}


def _button(entry: Mapping[str, Any]) -> dict[str, Any]:
    most, name = limits("wechat"), str(entry["name"])
    _check_size(name, most["menu_name"])
    if "ask" in entry:
        return _click(name, str(entry["ask"]))
    below = entry["entries"]
    _check_count(len(below), most["submenu"], f"the menu button {name!r}")
    for one in below:
        _check_size(str(one["name"]), most["submenu_name"])
    return {"name": name, "sub_button": [_click(str(e["name"]), str(e["ask"])) for e in below]}


def _click(name: str, ask: str) -> dict[str, str]:
    _check_size(ask, limits("wechat")["payload"])
    return {"type": "click", "name": name, "key": ask}


def _check_count(count: int, limit: Limit, what: str) -> None:
    if not 1 <= count <= limit.most:
        raise SettingsError(
            f"{MENU_FILE}: {what} has {count} entries; allowed are 1 to {limit.most}"
        )


def _check_size(text: str, limit: Limit) -> None:
    if not limit.fits(text):
        raise SettingsError(
            f"{MENU_FILE}: {text!r} has {limit.size(text)} {limit.unit}; {limit.what} may have "
            f"{limit.most}"
        )


def _crypto(account: WeChatAccount) -> WeChatCrypto:
    return WeChatCrypto(account.token, account.aes_key, account.app_id)


def _is_a_name(message: BaseMessage) -> bool:
    return bool(message.source) and isinstance(message.source, str)


def _is_near(stamp: int, clock: float | None) -> bool:
    return abs((time.time() if clock is None else clock) - stamp) <= FRESH_SECONDS
