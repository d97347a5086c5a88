"""Take the figures: every part sends bounded numbers of messages, the systems taking turns."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import psutil

from benchmarks.client import Reply, User
from benchmarks.conversations import Conversation, Turn, all_turns, spread
from benchmarks.processes import Memory, check_alive, free_ports, memory, running
from benchmarks.systems import System
from chatbot.errors import ServiceError

Say = Callable[[str], None]

LONGEST_START_S = 300.0
LOOK_EVERY_S = 0.02
MESSAGES_BEFORE_MEMORY = 50
SETTLE_S = 3.0
USERS = 4
# Throughput is taken in this many parts, the systems taking turns.
PARTS = 3
# Turns of a long conversation that are measured, and how many turns around each.
LONG_TURNS = (20, 100, 400)
WIDTH = 15


@dataclass(frozen=True)
class Effort:
    """How much a run measures; `longest` is the last turn of the long conversation."""

    rounds: int
    starts: int
    messages: int
    longest: int


FULL = Effort(rounds=10, starts=3, messages=360, longest=400)
QUICK = Effort(rounds=2, starts=1, messages=96, longest=100)


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the process to the first answer, and memory afterwards."""

    seconds: float
    memory: Memory | None


class Served(NamedTuple):
    """A system that answers: its port and its process, the root of the tree."""

    port: int
    process: psutil.Process


# What the parts measure, by system.
Replies = dict[str, list[Reply]]
Servers = Mapping[str, Served]


def starts(
    systems: Sequence[System], talks: Sequence[Conversation], number: int, say: Say
) -> dict[str, list[Start]]:
    """Start each system `number` times, alone on the machine; the last time its memory is taken."""
    found: dict[str, list[Start]] = {system.name: [] for system in systems}
    for count in range(1, number + 1):
        for system in systems:
            say(f"start {count} of {number}: {system.name}")
            found[system.name].append(_start(system, talks, with_memory=count == number))
    return found


@contextlib.contextmanager
def all_serving(
    systems: Sequence[System], talks: Sequence[Conversation]
) -> Iterator[dict[str, Served]]:
    """Serve all systems at once."""
    with contextlib.ExitStack() as stack:
        yield {system.name: stack.enter_context(_serving(system, talks)) for system in systems}


def latency(servers: Servers, talks: Sequence[Conversation], rounds: int, say: Say) -> Replies:
    """Let one user hold each conversation with each system, in turns, `rounds` times.

    A first round, to warm up, is not counted.
    """
    found: Replies = {name: [] for name in servers}
    for count in range(rounds + 1):
        say(f"round {count} of {rounds}")
        for number, talk in enumerate(talks):
            for name in _rotated(list(servers), number + count):
                replies = _hold(servers[name].port, f"round-{count}-{number}", talk.turns)
                found[name] += replies if count else []
    return found


def throughput(
    servers: Servers, talks: Sequence[Conversation], messages: int, say: Say
) -> dict[str, float]:
    """Return the messages per second that each system answers to four users at once."""
    each = messages // (PARTS * USERS)
    seconds = dict.fromkeys(servers, 0.0)
    for part in range(PARTS):
        say(f"four users, part {part + 1} of {PARTS}")
        for name in _rotated(list(servers), part):
            seconds[name] += _crowd(servers[name].port, talks, each, f"crowd-{part}")
    return {name: each * USERS * PARTS / taken for name, taken in seconds.items()}


def growth(servers: Servers, talks: Sequence[Conversation], longest: int, say: Say) -> Replies:
    """Hold one long conversation with each system, turn by turn in turns.

    The same 15 messages come again and again, so any 15 turns in a row hold the same messages.
    """
    cycle = itertools.cycle(spread(all_turns(talks), WIDTH))
    found: Replies = {name: [] for name in servers}
    with contextlib.ExitStack() as stack:
        users = {
            name: stack.enter_context(User(served.port, "long-conversation"))
            for name, served in servers.items()
        }
        for count in range(longest + WIDTH // 2):
            text = next(cycle).text
            for name, user in users.items():
                found[name].append(user.say(text))
            if count % 50 == 0:
                say(f"long conversation, turn {count} of {longest}")
    return found


def _start(system: System, talks: Sequence[Conversation], with_memory: bool) -> Start:
    begin = time.perf_counter()
    with _serving(system, talks) as served:
        seconds = time.perf_counter() - begin
        return Start(seconds, _memory(served, talks) if with_memory else None)


def _memory(served: Served, talks: Sequence[Conversation]) -> Memory:
    turns = itertools.cycle(talks)
    left = MESSAGES_BEFORE_MEMORY
    for number, talk in enumerate(turns):
        left -= len(_hold(served.port, f"memory-{number}", talk.turns[:left]))
        if left == 0:
            break
    time.sleep(SETTLE_S)
    return memory(served.process)


@contextlib.contextmanager
def _serving(system: System, talks: Sequence[Conversation]) -> Iterator[Served]:
    port, actions_port = free_ports(2)
    command = system.command(port, actions_port)
    with running(command) as process:
        deadline = time.monotonic() + LONGEST_START_S
        while not _answers(port, _first_question(talks), system.sign):
            check_alive(process, command)
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"{system.name}: no answer after {LONGEST_START_S:.0f} s; its last lines:\n"
                    f"{command.tail()}"
                )
            time.sleep(LOOK_EVERY_S)
        yield Served(port, process)


def _first_question(talks: Sequence[Conversation]) -> str:
    return next(turn.text for turn in all_turns(talks) if turn.topic == "duties")


def _answers(port: int, text: str, sign: str) -> bool:
    try:
        with User(port, "first") as user:
            reply = user.say(text).text
    except (OSError, ServiceError):
        return False
    return sign in reply


def _hold(port: int, sender: str, turns: Sequence[Turn]) -> list[Reply]:
    with User(port, sender) as user:
        return [user.say(turn.text) for turn in turns]


def _crowd(port: int, talks: Sequence[Conversation], each: int, sender: str) -> float:
    turns = all_turns(talks)

    def one(number: int) -> None:
        first = number * len(turns) // USERS
        mine = itertools.islice(itertools.cycle(turns), first, first + each)
        _hold(port, f"{sender}-{number}", list(mine))

    begin = time.perf_counter()
    with ThreadPoolExecutor(USERS) as pool:
        list(pool.map(one, range(USERS)))
    return time.perf_counter() - begin


def _rotated(names: list[str], by: int) -> list[str]:
    by %= len(names)
    return names[by:] + names[:by]
