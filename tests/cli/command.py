"""The command `chatbot`, run as a person runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

COMMAND = [sys.executable, "-m", "chatbot.cli.main"]
PATIENCE_SECONDS = 40.0


class Chatbot:
    """The commands of the bot in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str, typed: str = "", **variables: str) -> Done:
        """Run a command to its end; keywords are environment variables."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env={**os.environ, **variables},
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    @contextmanager
    def serve(self, *arguments: str, **variables: str) -> Iterator[Server]:
        """Run `chatbot serve` on a free port; yields it when it listens, kills it at the end.

        Keywords are environment variables.
        """
        server = Server(self.folder, "--port", "0", *arguments, **variables)
        try:
            server.wait_listening()
            yield server
        finally:
            server.process.kill()
            server.process.communicate()


class Server:
    """A running `chatbot serve`."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", *arguments],
            cwd=folder,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = ""

    def wait_listening(self) -> None:
        """Wait for the line that says where it listens."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"listening on (http://\S+)", line)
        assert found, f"{line!r}; {self.process.communicate()}"
        self.url = found[1]

    def ask(self, text: str, sender: str = "test") -> list[str]:
        """Return the bot's replies to a message."""
        message = {"sender": sender, "message": text}
        answer = httpx.post(f"{self.url}/webhooks/rest/webhook", json=message, timeout=20)
        return [reply["text"] for reply in answer.json()]

    def get(self, path: str) -> httpx.Response:
        """Return what it answers to a GET."""
        return httpx.get(self.url + path, timeout=10)

    def action_server(self) -> psutil.Process:
        """Return the action server's process."""
        return children(self.process.pid)[0]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> Stopped:
        """Send a signal and return how the server ended."""
        process, offspring = self.process, children(self.process.pid)
        assert offspring, "it has no action server"
        start = time.monotonic()
        process.send_signal(how)
        process.wait(timeout=10)
        # Not `communicate`, which loses what `readline` has read ahead.
        output = "".join(stream.read() for stream in (process.stdout, process.stderr) if stream)
        seconds = time.monotonic() - start
        _, alive = psutil.wait_procs(offspring, timeout=3)
        orphans = [child.pid for child in alive if child.status() != psutil.STATUS_ZOMBIE]
        return Stopped(process.returncode, seconds, output, orphans)


class Stopped:
    """How a server ended: exit code, seconds it took, what it said last, children left behind."""

    def __init__(self, code: int, seconds: float, output: str, orphans: list[int]) -> None:
        self.code, self.seconds, self.output, self.orphans = code, seconds, output, orphans


def children(pid: int) -> list[psutil.Process]:
    """Return the processes that a process started."""
    return psutil.Process(pid).children(recursive=True)


Done = subprocess.CompletedProcess[str]
