"""The Rasa shell on a bot that runs in this process."""

from __future__ import annotations

import uuid

import aiohttp
from rasa.core.channels import console

from chatbot.errors import ServiceError


async def talk(server_url: str) -> None:
    """Read messages from the terminal and print the answers until /stop or the end of the input.

    Raises:
        ServiceError: the server does not answer.
    """
    try:
        await console.record_messages(sender_id=uuid.uuid4().hex, server_url=server_url)
    except EOFError:
        return
    except aiohttp.ClientError as error:
        raise ServiceError(f"the bot at {server_url} does not answer: {error}") from error
