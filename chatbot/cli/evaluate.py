"""`chatbot evaluate`: how well the bot understands, in figures, and compared with others."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatbot.cli.context import Options

if TYPE_CHECKING:
    from chatbot.evaluation.report import Report
    from chatbot.evaluation.run import Task

DATA = Path("tests/understanding")


class Format(str, Enum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class Half(str, Enum):
    """Which cases are asked; the words of `chatbot.evaluation.cases.Part`."""

    DEV = "dev"
    HELD_OUT = "held-out"
    ALL = "all"


Data = Annotated[
    Path | None, typer.Argument(help=f"Folder of the cases; {DATA} of the project if not given.")
]
Singles = Annotated[bool, typer.Option("--singles", help="Ask only messages that stand alone.")]
Dialogues = Annotated[bool, typer.Option("--dialogues", help="Ask only dialogues.")]
Chosen = Annotated[
    Half, typer.Option("--part", help="The half that developers look at, the other one, or both.")
]
ShowWrong = Annotated[
    bool, typer.Option("--show-wrong", help="Show wrong cases of the held-out half too.")
]
Form = Annotated[Format, typer.Option("--format", help="Of the report on standard output.")]
Output = Annotated[
    list[Path] | None,
    typer.Option(help="Write it to this .txt, .json or .html file instead; may be repeated."),
]
Model = Annotated[
    Path | None, typer.Option(help="A model; that of the project as it is now if not given.")
]
Against = Annotated[
    str | None,
    typer.Option(help="Compare with `stock` (Rasa's default pipeline) or with another model."),
]
Config = Annotated[
    Path | None, typer.Option(help="Compare with a model trained from another config.yml.")
]
Baseline = Annotated[Path | None, typer.Option(help="A .json report: show what has changed since.")]
Require = Annotated[
    list[str] | None,
    typer.Option(help="End with 1 if a figure is worse: singles=0.9; may be repeated."),
]
StockEpochs = Annotated[int, typer.Option(min=1, help="Epochs of DIET; fewer: for trying it out.")]
StockExamples = Annotated[
    int, typer.Option(min=0, help="Examples per intent, 0: all; a few: for trying it out.")
]


def evaluate(
    context: typer.Context,
    data: Data = None,
    singles: Singles = False,
    dialogues: Dialogues = False,
    part: Chosen = Half.ALL,
    show_wrong: ShowWrong = False,
    form: Form = Format.TEXT,
    output: Output = None,
    model: Model = None,
    against: Against = None,
    config: Config = None,
    baseline: Baseline = None,
    require: Require = None,
    stock_epochs: StockEpochs = 100,
    stock_examples: StockExamples = 0,
) -> None:
    """Ask the bot the cases of a folder and report how well it understood them."""
    from chatbot.evaluation import cases, run, stock_data, systems

    task = run.Task(
        data=_absolute(data),
        kinds=_kinds(singles, dialogues),
        part=cases.Part(part.value),
        show_wrong=show_wrong,
        wanted=systems.Wanted(
            model=_absolute(model),
            against=systems.STOCK if against == systems.STOCK else _absolute(against),
            config=_absolute(config),
            stock=stock_data.Settings(stock_epochs, stock_examples),
        ),
        baseline=_absolute(baseline),
        require=tuple(require or ()),
    )
    outputs = [path.resolve() for path in output or ()]
    _finish(_run(context.obj, task), form, outputs)


def _run(options: Options, task: Task) -> Report:
    from chatbot.cli.progress import progress
    from chatbot.evaluation import run

    run.check(task)
    project, settings = options.begin()
    with progress() as tell:
        return run.evaluate(task, project, settings, project.folder / DATA, tell)


def _finish(report: Report, form: Format, outputs: list[Path]) -> None:
    """Write the report and end with 1 if a requirement is not kept."""
    from chatbot.evaluation.report import format_of, render

    for path in outputs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(report, format_of(path, form.value)), "utf-8")
        typer.echo(f"wrote {path}", err=True)
    if not outputs:
        typer.echo(render(report, form.value), nl=False)
    missed = [verdict for verdict in report.verdicts if not verdict.kept]
    for verdict in missed:
        measured = "not measured" if verdict.figure is None else f"{verdict.figure:.4g}"
        bound = f"at {'most' if verdict.at_most else 'least'} {verdict.bound:g}"
        typer.echo(f"{verdict.name} is {measured}, must be {bound}", err=True)
    if missed:
        raise typer.Exit(1)


def _kinds(singles: bool, dialogues: bool) -> tuple[str, ...]:
    from chatbot.evaluation.cases import DIALOGUES, SINGLES

    chosen = {SINGLES: singles, DIALOGUES: dialogues}
    return tuple(kind for kind, asked in chosen.items() if asked) or tuple(chosen)


def _absolute(path: Path | str | None) -> Path | None:
    """Return a path that still leads there when the project's folder is the current one."""
    return Path(path).resolve() if path else None
