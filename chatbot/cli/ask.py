"""`chatbot ask`: one question, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from chatbot.cli.context import Options

if TYPE_CHECKING:
    from chatbot.bot import Reply

CHANNEL = "cmdline"


def ask(
    context: typer.Context,
    questions: Annotated[list[str], typer.Argument(help="In quotes; several make a conversation.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Print the answer and exit; trains the bot first if it has changed."""
    from chatbot.serving import training

    options: Options = context.obj
    project, settings = options.begin()
    model = training.ensure(project, settings)

    from chatbot.serving.answering import answers

    for question, reply in zip(questions, answers(model, questions, CHANNEL), strict=True):
        typer.echo(_json(question, reply) if as_json else _plain(reply))


def _plain(reply: Reply) -> str:
    """Return what the Rasa shell would show."""
    return f"{reply.text}\nImage: {reply.image}" if reply.image else reply.text


def _json(question: str, reply: Reply) -> str:
    import json

    shown = {
        "question": question,
        "text": reply.text,
        "quick_replies": list(reply.quick_replies),
        "image": reply.image,
        "answered": reply.slots.get("answered"),
    }
    return json.dumps(shown, ensure_ascii=False)
