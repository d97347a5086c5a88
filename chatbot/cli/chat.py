"""`chatbot chat`: talk to the bot in the Rasa shell."""

from __future__ import annotations

import typer

from chatbot.cli.context import Options


def chat(context: typer.Context) -> None:
    """Talk to the bot in this terminal; trains it first if it has changed."""
    from chatbot.serving import bot

    options: Options = context.obj
    # A log line would break into what the person is typing.
    project, settings = options.begin(terminal=options.debug)
    bot.run(project, settings, bot.Places(), bot.Manner(lambda url: None, shell=True))
