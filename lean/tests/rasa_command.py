"""Rasa's command line, run as a user runs it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = Path(sys.executable).with_name("rasa")
# The settings of TensorFlow are those of a deployment written for stock Rasa.
ENVIRONMENT = os.environ | {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_INTER_OP_PARALLELISM_THREADS": "2",
    "TF_INTRA_OP_PARALLELISM_THREADS": "2",
    "TF_GPU_MEMORY_ALLOC": "0:1024",
}


class Rasa:
    """Rasa's command line, run in a project's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self, *arguments: str, typed: str = "", timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; the output holds what it printed to either stream."""
        return subprocess.run(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=ENVIRONMENT,
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=False,
        )

    @contextmanager
    def serve(self, *arguments: str) -> Iterator[int]:
        """Run a command that serves; yields its port and stops it afterwards."""
        port = free_port()
        process = subprocess.Popen(
            [COMMAND, *arguments, "--port", str(port)],
            cwd=self.folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]
