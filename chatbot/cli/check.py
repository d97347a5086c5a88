"""`chatbot check`: read the knowledge base and report every mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chatbot.cli.context import Options


def check(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(help="A knowledge base; that of the project if not given."),
    ] = None,
) -> None:
    """Check the knowledge base and count its entries."""
    from chatbot.knowledge.load import load

    base = load(folder or _default(context.obj))
    counts = {kind: len(entries) for kind, entries in base.by_kind.items()}
    counts |= {"handover": len(base.handovers), "occupation": len(base.occupations)}
    counts |= {"source": len(base.sources)}
    for kind, count in counts.items():
        typer.echo(f"{count:6}  {kind.replace('_', ' ')}")
    typer.echo("no mistakes")


def _default(options: Options) -> Path:
    from chatbot.settings import load_settings

    return options.project().folder / load_settings().knowledge
