"""Start, watch and end the processes of the systems; nothing outlives a `with running(...)`."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.client import HOST
from chatbot.errors import ServiceError

# After this long a server that was asked to stop is killed.
GRACE_S = 15
LINES_SHOWN = 15
MB = 1_000_000


@dataclass(frozen=True)
class Command:
    """A command line, the folder it runs in and the file its output goes to."""

    line: Sequence[str]
    folder: Path
    log: Path

    def tail(self) -> str:
        """Return the last lines of the output."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-LINES_SHOWN:])


@dataclass(frozen=True)
class Memory:
    """Memory of a process tree in MB (10^6 bytes).

    `rss` counts a page once for each process that holds it; `pss` divides it among them and is None
    where the system does not tell (anywhere but Linux).
    """

    rss: float
    pss: float | None


@contextlib.contextmanager
def running(command: Command, grace_s: float = GRACE_S) -> Iterator[psutil.Popen]:
    """Run a command; at the end it and all that it started is stopped, on errors too.

    Args:
        command: what to run.
        grace_s: seconds it is given to stop by itself before it is killed.
    """
    with command.log.open("ab") as log:
        process = psutil.Popen(
            list(command.line),
            cwd=command.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _stop(process, grace_s)


def run(command: Command, longest_s: float) -> float:
    """Run a command to its end and return the seconds it took.

    Raises:
        ServiceError: if it fails or takes longer than `longest_s`.
    """
    start = time.perf_counter()
    with running(command) as process:
        try:
            code = process.wait(longest_s)
        except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
            raise ServiceError(
                f"{_shown(command)}: not done after {longest_s:.0f} s; its last lines:\n"
                f"{command.tail()}"
            ) from None
    if code != 0:
        raise ServiceError(
            f"{_shown(command)}: ended with {code}; its last lines:\n{command.tail()}"
        )
    return time.perf_counter() - start


def check_alive(process: psutil.Popen, command: Command) -> None:
    """Raise ServiceError, with the last lines of its output, if a server has ended."""
    if process.poll() is not None:
        raise ServiceError(
            f"{_shown(command)}: ended with {process.returncode} before it answered; its last "
            f"lines:\n{command.tail()}"
        )


def memory(process: psutil.Process) -> Memory:
    """Return the memory of a process and all its descendants."""
    parts = [_memory_of(one) for one in _tree(process)]
    shared = [part.pss for part in parts if part.pss is not None]
    return Memory(sum(part.rss for part in parts), sum(shared) if shared else None)


def processor_seconds(process: psutil.Process) -> float:
    """Return the processor time that a process and all its descendants have used so far."""
    return sum(_processor_seconds_of(one) for one in _tree(process))


def busy(seconds: float = 2.0) -> float:
    """Return the share of all processors (percent) that is in use, watched for some seconds."""
    return float(psutil.cpu_percent(interval=seconds))


def free_ports(number: int) -> list[int]:
    """Return ports of 127.0.0.1 that were free a moment ago."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]


def disk_use(folder: Path) -> float:
    """Return what a folder takes on the disk in MB (10^6 bytes), hard links counted once."""
    seen: dict[tuple[int, int], int] = {}
    for path in folder.rglob("*"):
        about = path.lstat()
        seen[about.st_dev, about.st_ino] = about.st_blocks * 512
    return sum(seen.values()) / MB


def _environment() -> Mapping[str, str]:
    # Only handed on, never read: the systems must see the same environment as this program.
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}


def _shown(command: Command) -> str:
    return " ".join(command.line)


def _tree(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _memory_of(process: psutil.Process) -> Memory:
    try:
        full = process.memory_full_info()
    except psutil.NoSuchProcess:
        return Memory(0, None)
    pss = getattr(full, "pss", None)
    return Memory(full.rss / MB, None if pss is None else pss / MB)


def _processor_seconds_of(process: psutil.Process) -> float:
    try:
        used = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(used.user + used.system)


def _stop(process: psutil.Popen, grace_s: float) -> None:
    tree = _tree(process)
    try:
        if process.poll() is None:
            process.terminate()
        psutil.wait_procs(tree, timeout=grace_s)
    finally:
        for one in tree:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        # Whatever was started after the tree was listed is in the session all the same.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        psutil.wait_procs(tree, timeout=GRACE_S)
