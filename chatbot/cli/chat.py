"""`chatbot chat`: talk to the bot in the Rasa shell."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from chatbot.cli.context import Options


def chat(context: typer.Context) -> None:
    """Talk to the bot in this terminal; trains it first if it has changed."""
    from chatbot.serving import bot

    options: Options = context.obj
    # A log line would break into what the person is typing.
    project, settings = options.begin(terminal=options.debug)
    with _terminal_kept():
        bot.run(project, settings, bot.Places(), bot.Manner(lambda url, notes: None, shell=True))


@contextmanager
def _terminal_kept() -> Iterator[None]:
    """Leave the terminal as it was; a prompt that a signal breaks off does not."""
    if not sys.stdin.isatty():
        yield
        return
    import termios

    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
