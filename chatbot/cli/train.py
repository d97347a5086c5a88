"""`chatbot train`: make a model from the project as it is now."""

from __future__ import annotations

from typing import Annotated

import typer

from chatbot.cli.context import Options


def train(
    context: typer.Context,
    force: Annotated[
        bool, typer.Option("--force", help="Train everything, even if nothing has changed.")
    ] = False,
    for_parent: Annotated[bool, typer.Option("--for-parent", hidden=True)] = False,
) -> None:
    """Train the model, unless nothing that it depends on has changed."""
    from chatbot.cli.progress import progress
    from chatbot.serving import lifeline, models, training

    if for_parent:
        lifeline.watch()
    options: Options = context.obj
    project, settings = options.begin()
    model = None if force else models.current(project, settings)
    if model:
        typer.echo(f"nothing has changed since {model.relative_to(project.folder)} was trained")
        return
    with progress() as tell:
        model = training.train(project, settings, tell, force)
    typer.echo(f"trained {model.relative_to(project.folder)}", err=for_parent)
