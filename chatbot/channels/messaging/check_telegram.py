"""Looks for what keeps the bot from working on Telegram."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from chatbot.channels.messaging.accounts import TelegramAccount
from chatbot.channels.messaging.check import Finding, bad, check_address, check_clock, good
from chatbot.channels.messaging.delivery import BusyError, Patience, RefusedError
from chatbot.channels.telegram import TelegramOutput, once

# https://core.telegram.org/bots/api#setwebhook
PORTS = (443, 80, 88, 8443)
_RECENT_SECONDS = 3600


async def check(account: TelegramAccount) -> list[Finding]:
    """Return what was found about a bot; calls Telegram, changes nothing there."""
    output = TelegramOutput(account)
    try:
        found = [await _check_token(output)]
        if found[0].good:
            found += await _check_webhook(output, account)
    finally:
        await output.hang_up()
    found += await check_clock(account.api_url)
    return [*found, *await check_address("telegram", account.public_url, PORTS)]


async def setup(account: TelegramAccount) -> list[Finding]:
    """Tell Telegram where to send updates, and the commands of the bot's menu."""
    output = TelegramOutput(account)
    try:
        await output.register(Patience(total=20.0))
    except RefusedError as error:
        return [bad(f"Telegram refused: {error}")]
    finally:
        await output.hang_up()
    return [good(f"Telegram sends messages to {account.webhook}"), good("the menu is set")]


async def _check_token(output: TelegramOutput) -> Finding:
    user = await _asked(output.get_me, output)
    if isinstance(user, Finding):
        return user
    return good(f"the token is that of @{user.username}")


async def _asked(ask: Callable[[], Awaitable[Any]], output: TelegramOutput) -> Any:
    try:
        return await once(ask())
    except RefusedError as error:
        if error.code in ("Unauthorized", "NotFound"):
            return bad(
                "Telegram does not know the token; ask @BotFather for it again (/mybots, API Token)"
            )
        return bad(f"Telegram refused: {error}")
    except BusyError as error:
        return bad(
            f"{output.server.base.split('/bot')[0]} did not answer as Telegram does: {error}"
        )


async def _check_webhook(output: TelegramOutput, account: TelegramAccount) -> list[Finding]:
    info = await _asked(output.get_webhook_info, output)
    if isinstance(info, Finding):
        return [info]
    if not info.url:
        return [bad("Telegram sends messages nowhere; `chatbot serve` sets that when it starts")]
    if info.url != account.webhook:
        return [
            bad(
                f"Telegram sends messages to {info.url}, not to {account.webhook}: another program "
                "uses this bot, or CHATBOT_PUBLIC_URL has changed; start `chatbot serve` again, or "
                "`chatbot channels setup telegram`"
            )
        ]
    found = [good(f"Telegram sends messages to {info.url}")]
    failed_at = int(info.values.get("last_error_date") or 0)
    if time.time() - failed_at < _RECENT_SECONDS:
        waiting = f"{info.pending_update_count} messages are waiting"
        ago = f"{(time.time() - failed_at) / 60:.0f} minutes ago"
        found.append(bad(f"it failed to do so {ago}: {info.last_error_message}; {waiting}"))
    return found
