"""`chatbot pictures`: draw pictures ahead, or into a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatbot.cli.context import Options

if TYPE_CHECKING:
    from chatbot.knowledge.base import KnowledgeBase
    from chatbot.pictures.orders import Order
    from chatbot.settings import Settings


def pictures(
    context: typer.Context,
    wanted: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Such as collaboration--warehouse-manager."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All pictures but comparisons of three roles.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write them to this folder too: NAME-WIDTH.svg and .png.")
    ] = None,
) -> None:
    """Draw pictures ahead, so that nobody waits; say how they are named when none is."""
    from chatbot.knowledge.load import load

    options: Options = context.obj
    project, settings = options.begin()
    base = load(project.folder / settings.knowledge)
    if not wanted and not every:
        _explain()
        return
    orders = list(_orders(wanted or [], every, base, settings))
    drawn = sum(_finish(order, base, out) for order in orders)
    typer.echo(f"drew {drawn} of {len(orders)} files; the others were there")


def _explain() -> None:
    from chatbot.pictures.names import KINDS, SEPARATOR

    for kind, (shown, counts) in KINDS.items():
        names = [SEPARATOR.join([kind, *[f"<{shown}>"] * count]) for count in counts]
        typer.echo(" or ".join(names))


def _orders(
    wanted: list[str], every: bool, base: KnowledgeBase, settings: Settings
) -> Iterator[Order]:
    """Yield each picture in each width and form."""
    from chatbot.knowledge.load import fingerprint
    from chatbot.pictures import names
    from chatbot.pictures.orders import FORMATS
    from chatbot.pictures.style import WIDTHS
    from chatbot.wording.pictures import order

    knowledge = fingerprint(settings.knowledge)
    named = [names.parse(name, base) for name in wanted]
    for picture in dict.fromkeys([*named, *(names.every(base) if every else ())]):
        for width in WIDTHS:
            for form in FORMATS:
                yield order(picture, base, knowledge, settings.language, width, form)


def _finish(order: Order, base: KnowledgeBase, out: Path | None) -> bool:
    """Make sure that a picture is drawn, and copy it; return whether it had to be drawn."""
    from chatbot.pictures.draw import draw
    from chatbot.pictures.orders import Cache

    cache = Cache()
    content = cache.read(order)
    missing = content is None
    if content is None:
        content = draw(order, base)
        cache.keep(order, content)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{order.picture.name}-{order.width}.{order.form}").write_bytes(content)
    return missing
