"""`python -m benchmarks.web`: what the web channel costs, and who else suffers from a flood.

Two questions, each answered within one run on one server:

- How long does a message take over the web channel, compared with Rasa's REST channel?
- How long do people wait while one address sends 10,000 messages in a minute, and forged tokens,
  requests of other sites and bodies of 5 MB besides, compared with quiet times?
"""

from __future__ import annotations

import contextlib
import itertools
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import conversations
from benchmarks.client import User
from benchmarks.conversations import Conversation
from benchmarks.processes import Command, busy, check_alive, free_ports, running
from benchmarks.stats import percentile
from benchmarks.systems import ROOT
from benchmarks.web_client import WebUser
from chatbot.errors import ServiceError

MOST_P50, MOST_P95 = 1.1, 1.5
LONGEST_START_S = 300.0
BUSY_PERCENT = 10
# People at different places; each says something this often, and starts anew after 8 messages.
PEOPLE = ("127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14")
PAUSE_S, SESSION = 0.7, 8
# What a copy of the project needs; credentials.yml is made for each part.
_LINKED = ("config.yml", "domain.yml", "endpoints.yml", "data", "actions", "models", "uv.lock")
_CHANNEL = "chatbot.channels.web.WebInput"
_NO_LIMITS = {"messages_per_minute": 1_000_000, "address_messages_per_minute": 1_000_000}


@dataclass(frozen=True)
class Waits:
    """How long people waited, in milliseconds."""

    ms: Sequence[float]

    @property
    def p50(self) -> float:
        """What half of them waited at most."""
        return statistics.median(self.ms)

    @property
    def p95(self) -> float:
        """What 19 of 20 waited at most."""
        return percentile(self.ms, 0.95)


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of all conversations.")] = 8,
    seconds: Annotated[int, typer.Option(min=2, help="How long the siege lasts.")] = 60,
    no_verdict: Annotated[
        bool, typer.Option("--no-verdict", help="End with 0 even if a budget is missed.")
    ] = False,
) -> None:
    """Measure the web channel beside the REST channel, and in a siege."""
    use = busy()
    if use > BUSY_PERCENT:
        _say(f"others use {use:.0f}% of this machine: the figures will be too high")
    with _serving(_NO_LIMITS) as port:
        rest, web = latency(port, conversations.read(), rounds)
    with _serving({}) as port:
        _say(f"{seconds} quiet seconds")
        quiet = waits(port, seconds)
        _say(f"{seconds} seconds of siege")
        besieged, answers = _siege(port, seconds)
    print(report(rest, web, quiet, besieged, answers))
    kept = web.p50 / rest.p50 <= MOST_P50 and besieged.p95 / quiet.p95 <= MOST_P95
    if not (kept or no_verdict):
        raise typer.Exit(1)


def latency(port: int, talks: Sequence[Conversation], rounds: int) -> tuple[Waits, Waits]:
    """Hold each conversation over both channels, message by message in turns.

    A first round, to warm up, is not counted.

    Returns: the waits over the REST channel and over the web channel.
    """
    rest: list[float] = []
    web: list[float] = []
    for count in range(rounds + 1):
        _say(f"round {count} of {rounds}")
        for number, talk in enumerate(talks):
            with User(port, f"round-{count}-{number}") as one, WebUser(port) as other:
                for place, turn in enumerate(talk.turns):
                    # Whoever comes second finds the caches warm, so they take turns in that too.
                    pairs = [(one, rest), (other, web)]
                    for user, found in pairs if (place + count) % 2 else reversed(pairs):
                        ms = user.say(turn.text).ms
                        found += [ms] if count else []
    return Waits(rest), Waits(web)


def waits(port: int, seconds: float) -> Waits:
    """Let people at several places talk for some seconds; returns how long they waited."""
    found: list[float] = []
    threads = [
        threading.Thread(target=_person, args=(port, address, number, seconds, found))
        for number, address in enumerate(PEOPLE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Waits(found)


def report(
    rest: Waits, web: Waits, quiet: Waits, besieged: Waits, answers: dict[str, dict[str, int]]
) -> str:
    """Return the figures as Markdown."""
    rows = [
        "| | p50 ms | p95 ms | messages |",
        "|---|---|---|---|",
        *(
            f"| {name} | {waits.p50:.1f} | {waits.p95:.1f} | {len(waits.ms)} |"
            for name, waits in [
                ("REST channel", rest),
                ("web channel", web),
                ("people, quiet", quiet),
                ("people, besieged", besieged),
            ]
        ),
        "",
        f"web / REST, p50: {web.p50 / rest.p50:.2f} (at most {MOST_P50})",
        f"besieged / quiet, p95: {besieged.p95 / quiet.p95:.2f} (at most {MOST_P95})",
        "",
        "How the ill-wishers were answered (status: times):",
        *(f"- {name}: {_shown(statuses)}" for name, statuses in answers.items()),
    ]
    return "\n".join(rows)


def _shown(statuses: dict[str, int]) -> str:
    return ", ".join(f"{status}: {times}" for status, times in sorted(statuses.items()))


def _person(port: int, address: str, number: int, seconds: float, found: list[float]) -> None:
    texts = itertools.cycle(turn.text for talk in conversations.read() for turn in talk.turns)
    texts = itertools.islice(texts, number * 5, None)
    end = time.monotonic() + seconds
    time.sleep(number * PAUSE_S / len(PEOPLE))
    with WebUser(port, address) as user:
        for count, text in enumerate(texts):
            if time.monotonic() > end:
                return
            if count and count % SESSION == 0:
                user.begin()
            found.append(user.say(text).ms)
            time.sleep(PAUSE_S)


def _siege(port: int, seconds: float) -> tuple[Waits, dict[str, dict[str, int]]]:
    with tempfile.TemporaryDirectory(prefix="siege-") as folder:
        line = [sys.executable, "-m", "benchmarks.siege", str(port), str(seconds)]
        command = Command(line, ROOT, Path(folder) / "siege.json")
        with running(command) as process:
            found = waits(port, seconds)
            process.wait(LONGEST_START_S)
        return found, json.loads(command.log.read_text())


@contextlib.contextmanager
def _serving(options: dict[str, int]) -> Iterator[int]:
    """Serve the bot with these options of the web channel on a free port; yields the port."""
    with tempfile.TemporaryDirectory(prefix="web-") as work:
        folder = Path(work)
        (ROOT / "models").mkdir(exist_ok=True)
        for name in _LINKED:
            (folder / name).symlink_to(ROOT / name)
        credentials = {_CHANNEL: options, "rest": None}
        (folder / "credentials.yml").write_text(json.dumps(credentials))
        [port] = free_ports(1)
        line = [sys.executable, "-m", "chatbot.cli.main", "--project", work, "serve"]
        command = Command([*line, "--port", str(port)], ROOT, folder / "serve.log")
        with running(command) as process:
            deadline = time.monotonic() + LONGEST_START_S
            while "listening on" not in command.log.read_text("utf-8", "replace"):
                check_alive(process, command)
                if time.monotonic() > deadline:
                    raise ServiceError(f"it does not listen; its last lines:\n{command.tail()}")
                time.sleep(0.1)
            yield port


def _say(line: str) -> None:
    print(f"... {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    typer.run(main)
