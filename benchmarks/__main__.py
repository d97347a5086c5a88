"""`python -m benchmarks`: train, serve and compare this bot, stock Rasa and the floor."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, NamedTuple, Optional

import typer

from benchmarks import budgets, conversations, figures, measure, report, systems
from benchmarks.processes import disk_use, processor_seconds
from benchmarks.systems import System
from chatbot.errors import ChatbotError, SettingsError, nearest

MISSED, BROKEN = 1, 2
# Above this the run says that the machine is not its own.
BUSY_PERCENT = 10


class Stock(NamedTuple):
    """How stock Rasa is trained: examples per intent (0: all), and whether to reuse its model."""

    examples: int
    reuse: bool


def main(
    rounds: Annotated[
        Optional[int],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option(min=1, help="Rounds of all conversations; 10, or 2 with --quick."),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Few messages, one start, 100 turns at most.")
    ] = False,
    only: Annotated[
        str, typer.Option(help="Systems to measure, with commas between: ours,stock,floor.")
    ] = ",".join(budgets.SYSTEMS),
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Also write the results to this .json or .md file."),
    ] = None,
    skip_stock_training: Annotated[
        bool,
        typer.Option("--skip-stock-training", help="Reuse stock Rasa's model if it fits the data."),
    ] = False,
    stock_examples: Annotated[
        int,
        typer.Option(
            min=0, help="Examples per intent for stock Rasa; 0: all (it trains for over an hour)."
        ),
    ] = 40,
    no_verdict: Annotated[
        bool, typer.Option("--no-verdict", help="End with 0 even if a budget is missed.")
    ] = False,
) -> None:
    """Compare this bot with stock Rasa and with the floor, in one run.

    Ends with 0 if all budgets are kept, 1 if one is missed (or, in a full run, was not measured),
    2 if the run did not get to its end.
    """
    # An asked end must unwind like Ctrl-C does, so that every process is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        names = chosen(only)
        effort = measure.QUICK if quick else measure.FULL
        effort = replace(effort, rounds=rounds) if rounds else effort
        if out is not None:
            report.check_ending(out)
        run = _run(names, effort, Stock(stock_examples, skip_stock_training))
        print(report.markdown(run))
        if out is not None:
            report.write(run, out)
    except ChatbotError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(BROKEN) from None
    full = not quick and set(names) == set(budgets.SYSTEMS)
    if not (no_verdict or budgets.passed(run.verdicts, all_measured=full)):
        raise typer.Exit(MISSED)


def chosen(only: str) -> list[str]:
    """Return the systems that `--only` names, in the order of the table.

    Raises:
        SettingsError: if it names one that does not exist.
    """
    asked = [name.strip() for name in only.split(",")]
    for name in asked:
        if name not in budgets.SYSTEMS:
            hint = nearest(name, budgets.SYSTEMS)
            raise SettingsError(
                f"--only {name!r}: no such system{hint}; there are {', '.join(budgets.SYSTEMS)}"
            )
    return [name for name in budgets.SYSTEMS if name in asked]


def _run(names: Sequence[str], effort: measure.Effort, peer: Stock) -> report.Run:
    limits, talks = budgets.read(), conversations.read()
    machine = report.this_machine()
    if machine.busy > BUSY_PERCENT:
        _say(f"others use {machine.busy:.0f}% of this machine: the figures will be too high")
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        prepared = list(_prepare(names, Path(folder), peer))
        found = _measure(prepared, talks, effort)
    return report.Run(
        date=report.today(),
        machine=machine,
        settings={**asdict(effort), "stock_examples": peer.examples},
        trained={system.name: system.trained for system in prepared},
        figures=found,
        verdicts=budgets.judge(limits, found),
    )


def _prepare(names: Sequence[str], work: Path, peer: Stock) -> Iterator[System]:
    if set(names) & {"stock", "floor"}:
        _say("environment of stock Rasa")
        systems.make_environment(work)
    for name in names:
        _say(f"training {name}")
        if name == "ours":
            yield systems.ours(work)
        elif name == "stock":
            yield systems.stock(work, peer.examples, peer.reuse)
        else:
            yield systems.floor(work)


def _measure(
    prepared: Sequence[System],
    talks: Sequence[conversations.Conversation],
    effort: measure.Effort,
) -> Mapping[str, Mapping[str, float]]:
    found = {system.name: _standing(system) for system in prepared}
    for name, begun in measure.starts(prepared, talks, effort.starts, _say).items():
        found[name] |= figures.of_starts(begun)
    with measure.all_serving(prepared, talks) as servers:
        for name, part in _messages(servers, talks, effort).items():
            found[name] |= part
    return found


def _messages(
    servers: measure.Servers,
    talks: Sequence[conversations.Conversation],
    effort: measure.Effort,
) -> Mapping[str, dict[str, float]]:
    used = {name: -processor_seconds(served.process) for name, served in servers.items()}
    replies = measure.latency(servers, talks, effort.rounds, _say)
    for name, served in servers.items():
        used[name] += processor_seconds(served.process)
    rates = measure.throughput(servers, talks, effort.messages, _say)
    long = measure.growth(servers, talks, effort.longest, _say)
    # The round that warms up used the processor too.
    sent = len(conversations.all_turns(talks)) * (effort.rounds + 1)
    return {
        name: {
            **figures.of_latency(replies[name]),
            **figures.of_growth(long[name]),
            "throughput": rates[name],
            "processor_time": 1000 * used[name] / sent,
        }
        for name in servers
    }


def _standing(system: System) -> dict[str, float]:
    return {"training": system.training_s, "environment": disk_use(system.packages)}


def _say(line: str) -> None:
    print(f"... {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    typer.run(main)
