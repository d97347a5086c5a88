"""Looks for what keeps the bot from working on WeChat."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from chatbot.channels.messaging.accounts import (
    WECHAT_APP_ID,
    WECHAT_APP_SECRET,
    WECHAT_TOKEN,
    WeChatAccount,
)
from chatbot.channels.messaging.check import (
    Finding,
    bad,
    check_address,
    check_clock,
    check_signature,
    fetch,
    good,
    hint,
)
from chatbot.channels.messaging.delivery import BusyError, RefusedError
from chatbot.channels.messaging.wechat_client import Caller
from chatbot.channels.messaging.wechat_messages import menu_of, signature
from chatbot.settings import load_settings
from chatbot.wording.messaging import phrases

_APP_ID_FORM = re.compile(r"wx[0-9a-f]{16}")
_TOKEN_FORM = re.compile(r"[A-Za-z0-9_-]{3,32}")
_PAGE = "https://mp.weixin.qq.com, Settings and Development, Basic Configuration"
# Numbers of WeChat's errors, and what to do about them.
_MEANINGS = {
    "40013": f"there is no account with this {WECHAT_APP_ID}; copy it from {_PAGE}",
    "40125": f"{WECHAT_APP_SECRET} is wrong; it can be reset at {_PAGE}",
    "40001": f"{WECHAT_APP_SECRET} is wrong; it can be reset at {_PAGE}",
    "40164": f"this server's address is not on the account's IP whitelist; add it at {_PAGE}",
    "48001": "this kind of account may not do that; it must be a verified one",
}


async def check(account: WeChatAccount) -> list[Finding]:
    """Return what was found about an account; calls WeChat, changes nothing there."""
    found = [*_check_forms(account), *await _check_secret(account)]
    found += await check_clock(account.api_url)
    found += await check_address("wechat", account.public_url, (80, 443))
    if account.public_url:
        found.append(await check_signature(*_probe(account), names=WECHAT_TOKEN))
        found.append(
            hint(f"{account.webhook} must stand at {_PAGE}, as server address, and be enabled")
        )
    return found


async def setup(account: WeChatAccount) -> list[Finding]:
    """Set the menu of the account to that of messaging.yml.

    Raises:
        SettingsError: the menu is larger than WeChat takes.
    """
    if not account.app_secret:
        return [bad(f"the menu can be set only with {WECHAT_APP_SECRET}")]
    menu = menu_of(phrases(load_settings().language).menu)
    caller = Caller(account)
    try:
        await caller.once(lambda client: client.menu.create(menu))
    except (BusyError, RefusedError) as error:
        return [bad(_meaning(error))]
    finally:
        caller.close()
    return [good("the menu is set; WeChat shows it to everybody within a day")]


def _check_forms(account: WeChatAccount) -> list[Finding]:
    found = []
    if not _APP_ID_FORM.fullmatch(account.app_id):
        found.append(bad(f"{WECHAT_APP_ID} is not of the form wx0123456789abcdef"))
    if not _TOKEN_FORM.fullmatch(account.token):
        found.append(bad(f"{WECHAT_TOKEN} must have 3 to 32 letters and digits"))
    if not account.aes_key:
        found.append(hint("messages come unencrypted; WECHAT_AES_KEY makes them forgery-proof"))
    return found


async def _check_secret(account: WeChatAccount) -> list[Finding]:
    if not account.app_secret:
        return [hint(f"{WECHAT_APP_SECRET} is not set: the rest of long answers is not pushed")]
    caller = Caller(account)
    try:
        await caller.once(lambda client: client.access_token)
        menu = await caller.once(lambda client: client.menu.get())
    except (BusyError, RefusedError) as error:
        return [bad(_meaning(error))]
    finally:
        caller.close()
    found = [good("WeChat takes the app id and the secret")]
    return found if menu else [*found, hint("there is no menu; `chatbot channels setup wechat`")]


def _meaning(error: BusyError | RefusedError) -> str:
    code = error.code if isinstance(error, RefusedError) else ""
    return f"WeChat refused: {_MEANINGS[code]} ({code})" if code in _MEANINGS else str(error)


def _probe(account: WeChatAccount) -> tuple[Any, str]:
    """Return a signed request to the running server, and what it answers."""
    echo, nonce, stamp = secrets.token_hex(8), secrets.token_hex(4), str(int(time.time()))
    query = {
        "signature": signature(account.token, stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
        "echostr": echo,
    }
    return fetch(f"{account.webhook}?{urlencode(query)}"), echo
