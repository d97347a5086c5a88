"""The command line `chatbot`: its commands, common options, and how errors are shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from chatbot.cli.ask import ask
from chatbot.cli.channels import channels
from chatbot.cli.chat import chat
from chatbot.cli.check import check
from chatbot.cli.context import Options
from chatbot.cli.evaluate import evaluate
from chatbot.cli.pictures import pictures
from chatbot.cli.serve import serve
from chatbot.cli.train import train
from chatbot.errors import ChatbotError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for command in (chat, serve, ask, train, check, evaluate, pictures):
    app.command()(command)
app.add_typer(channels, name="channels")


@app.callback()
def main(
    context: typer.Context,
    project: Annotated[Path, typer.Option(help="The bot's folder.")] = Path(),
    debug: Annotated[bool, typer.Option("--debug", help="Log more, show stack traces.")] = False,
) -> None:
    """Ask about the jobs of an online shop: train the bot, serve it, talk to it."""
    context.obj.folder = project
    context.obj.debug = debug


def run() -> None:
    """Run the command line; an error that is meant for people is shown without its trace."""
    options = Options()
    try:
        app(obj=options, prog_name="chatbot")
    except ChatbotError as error:
        if options.debug:
            raise
        sys.exit(str(error))
    except Exception as error:
        if options.debug:
            raise
        sys.exit(_unexpected(error, options))


def _unexpected(error: Exception, options: Options) -> str:
    import logging

    message = f"unexpected {type(error).__name__}: {error}"
    # Without a handler, logging itself would print the trace.
    if not logging.getLogger().handlers:
        return f"{message}; `chatbot --debug ...` shows where"
    logging.getLogger("chatbot.cli").error(message, exc_info=error)
    return f"{message}; the trace is in {options.project().log}"


if __name__ == "__main__":
    run()
