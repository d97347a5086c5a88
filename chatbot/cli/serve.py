"""`chatbot serve`: answer through the channels of credentials.yml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from chatbot.cli.context import Options

_PORT = {"min": 0, "max": 65535}


def serve(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(help="Where the channels listen; 0: any free port.", **_PORT)
    ] = 5005,
    actions_port: Annotated[
        int, typer.Option(help="Where the action server listens; 0: any free port.", **_PORT)
    ] = 0,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0: all of this machine.")
    ] = "127.0.0.1",
    enable_api: Annotated[
        bool, typer.Option("--enable-api", help="Serve Rasa's HTTP API too.")
    ] = False,
) -> None:
    """Serve the bot until Ctrl-C; trains it first if it has changed."""
    from chatbot.serving import bot

    options: Options = context.obj
    project, settings = options.begin()
    places = bot.Places(host, port, actions_port)

    def announce(url: str, notes: Sequence[str]) -> None:
        _announce(url, [*notes, *messaging(project.credentials)])

    bot.run(project, settings, places, bot.Manner(announce, enable_api=enable_api))


def _announce(url: str, notes: Sequence[str]) -> None:
    # In one piece: whoever reads the first line may stop the server at once.
    head = f"listening on {url} (POST /webhooks/rest/webhook); Ctrl-C stops"
    typer.echo("\n".join([head, *notes]))


def messaging(credentials: Path) -> list[str]:
    """Return a line about each messaging channel that is on.

    Args:
        credentials: the file credentials.yml.
    """
    from chatbot.channels.messaging.check import ACCOUNTS, check_settings

    accounts = {name: check_settings(name, credentials) for name in ACCOUNTS}
    return [
        f"{name} is on: {account.webhook} (`chatbot channels check {name}`)"
        for name, (account, found) in accounts.items()
        if account is not None and all(one.good for one in found)
    ]
