"""`chatbot channels`: which messaging channels are on, and what keeps one from working."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import typer

from chatbot.cli.context import Options

if TYPE_CHECKING:
    from chatbot.channels.messaging.check import Finding

MARKS = {True: "ok", False: "NO", None: "--"}
channels = typer.Typer(
    no_args_is_help=True, help="Telegram, Slack and WeChat: list, check, set up."
)


class Channel(str, Enum):
    """The messaging channels."""

    telegram = "telegram"
    slack = "slack"
    wechat = "wechat"


@channels.command("list")
def show(context: typer.Context) -> None:
    """Say which channels are on, and what the others need."""
    from chatbot.channels.messaging import check

    options: Options = context.obj
    project, _ = options.begin()
    for channel in Channel:
        account, found = check.check_settings(channel.value, project.credentials)
        state = "on " if account and all(one.good for one in found) else "off"
        what = account.webhook if state == "on " else found[-1].text.removeprefix("off: ")
        typer.echo(f"{channel.value:<9} {state}  {what}")


@channels.command()
def check(context: typer.Context, channel: Channel) -> None:
    """Say what keeps a channel from working; ends with status 1 if something does."""
    options: Options = context.obj
    project, _ = options.begin()
    from chatbot.channels.messaging import check as checks

    account, found = checks.check_settings(channel.value, project.credentials)
    _tell(found)
    if account is None:
        raise typer.Exit(1)
    import asyncio

    more = asyncio.run(_module(channel).check(account))
    _tell(more)
    if any(one.good is False for one in (*found, *more)):
        raise typer.Exit(1)
    typer.echo(f"{channel.value} is in order")


@channels.command()
def setup(context: typer.Context, channel: Channel) -> None:
    """Tell the platform what it can be told: Telegram's address and menu, WeChat's menu."""
    options: Options = context.obj
    project, _ = options.begin()
    from chatbot.channels.messaging import check as checks

    account, found = checks.check_settings(channel.value, project.credentials)
    if account is not None and channel is not Channel.slack:
        import asyncio

        found = asyncio.run(_module(channel).setup(account))
    elif account is not None:
        found = [checks.hint("Slack is set up on its own pages: docs/channels/slack.md")]
    _tell(found)
    if any(one.good is False for one in found):
        raise typer.Exit(1)


def _module(channel: Channel) -> Any:
    # Only now, since it imports Rasa.
    from importlib import import_module

    from chatbot.settings import prepare_for_rasa

    prepare_for_rasa()
    return import_module(f"chatbot.channels.messaging.check_{channel.value}")


def _tell(found: list[Finding]) -> None:
    for one in found:
        typer.echo(f"{MARKS[one.good]}  {one.text}")
