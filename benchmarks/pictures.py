"""`python -m benchmarks.pictures`: whether a picture delays a message.

Serves this bot twice, once with and once without an address for pictures, and asks both the same
questions, in turn: so the same answers are sent with and without a picture. After each answer the
picture is fetched, as a channel would. Then once more, while other pictures are being drawn.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.client import HOST, WEBHOOK, User
from benchmarks.processes import Command, check_alive, free_ports, running
from benchmarks.stats import percentile
from benchmarks.systems import ROOT
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import load
from chatbot.pictures import names
from chatbot.wording.grammar import with_article

PUBLIC_URL = "CHATBOT_PUBLIC_URL"
# What a message with a picture may take at the 95th percentile, of one without.
BUDGET = 1.2
LONGEST_START_S = 90
WARM_UP = 20


def main(
    messages: Annotated[int, typer.Option(min=20, help="Messages to each bot in each part.")] = 200,
    project: Annotated[Path, typer.Option(help="The folder of a trained bot.")] = ROOT,
) -> None:
    """Print p50 and p95 of messages without and with a picture, and the verdict."""
    base = load(project / "data" / "knowledge")
    with tempfile.TemporaryDirectory() as work, contextlib.ExitStack() as stack:
        ports = [stack.enter_context(_bot(project, Path(work), shown)) for shown in (False, True)]
        _measure(ports, base, max(messages, WARM_UP))  # draws what is asked for below
        quiet = _measure(ports, base, messages)
        with _drawing(ports[1], base) as drawn:
            busy = _measure(ports, base, messages)
    verdicts = [_report("from the cache", quiet), _report("while others are drawn", busy)]
    typer.echo(f"{len(drawn)} other pictures were fetched or drawn meanwhile")
    sys.exit(0 if all(verdicts) else 1)


@contextlib.contextmanager
def _bot(project: Path, work: Path, shown: bool) -> Iterator[int]:
    """Serve this bot and yield its port."""
    port, actions_port = free_ports(2)
    os.environ.pop(PUBLIC_URL, None)
    if shown:
        os.environ[PUBLIC_URL] = f"http://{HOST}:{port}"
    bot = [sys.executable, "-m", "chatbot.cli.main", "serve"]
    line = [*bot, "--port", str(port), "--actions-port", str(actions_port)]
    command = Command(line, project, work / f"{port}.log")
    with running(command) as process:
        until = time.monotonic() + LONGEST_START_S
        while time.monotonic() < until:
            check_alive(process, command)
            with contextlib.suppress(OSError), User(port, "start") as user:
                user.say("hello")
                break
            time.sleep(0.2)
        yield port


def _questions(base: KnowledgeBase) -> Iterator[str]:
    """Yield questions whose answers have pictures, for ever."""
    roles = [role.name for role in base.roles.values()]
    for one, other in cycle(zip(roles, [*roles[1:], roles[0]], strict=True)):
        yield f"Who does {with_article(one)} work with?"
        yield f"How do {with_article(one)} and {with_article(other)} work together?"
        yield f"How do I become {with_article(one)}?"
        yield f"What is the difference between {with_article(one)} and {with_article(other)}?"


def _measure(ports: list[int], base: KnowledgeBase, messages: int) -> Mapping[int, list[float]]:
    """Return the milliseconds of each message by port; the second port's pictures are fetched."""
    times: dict[int, list[float]] = {port: [] for port in ports}
    with contextlib.ExitStack() as stack:
        users = {port: stack.enter_context(User(port, f"u{time.time()}")) for port in ports}
        for number, question in enumerate(islice(_questions(base), messages)):
            # Who comes first changes, so that neither gets the warm caches of the processor.
            for port in ports if number % 2 else ports[::-1]:
                times[port].append(users[port].say(question).ms)
            for address in _pictures_of(ports[1], question):
                _fetch(address)
    return times


def _pictures_of(port: int, question: str) -> list[str]:
    """Return the address of an answer's picture; asked by someone else, so not measured."""
    body = json.dumps({"sender": "viewer", "message": question}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://{HOST}:{port}{WEBHOOK}", body, headers)
    with urllib.request.urlopen(request) as answer:
        return [part["image"] for part in json.load(answer) if "image" in part]


def _fetch(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        answer.read()


@contextlib.contextmanager
def _drawing(port: int, base: KnowledgeBase) -> Iterator[list[str]]:
    """Ask for one new picture after the other meanwhile; yields the names of those that came."""
    came: list[str] = []
    end = threading.Event()

    def ask() -> None:
        for picture in list(names.every(base))[::-1]:
            if end.is_set():
                return
            _fetch(names.address(picture, f"http://{HOST}:{port}", "png", 1200))
            came.append(picture.name)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield came
    finally:
        end.set()
        thread.join()


def _report(what: str, times: Mapping[int, list[float]]) -> bool:
    without, shown = ([percentile(ms, share) for share in (0.5, 0.95)] for ms in times.values())
    ratio = shown[1] / without[1]
    typer.echo(
        f"{what}: without a picture p50 {without[0]:.1f} ms, p95 {without[1]:.1f} ms; "
        f"with one p50 {shown[0]:.1f} ms, p95 {shown[1]:.1f} ms; "
        f"p95 ratio {ratio:.2f}, at most {BUDGET}: {'met' if ratio <= BUDGET else 'MISSED'}"
    )
    return ratio <= BUDGET


if __name__ == "__main__":
    typer.run(main)
