"""A child process that ends with its parent, however the parent ends.

The parent holds the writing end of the child's standard input and never writes. When the parent
stops, crashes or is killed, the kernel closes that end and the child reads the end of the file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import chatbot
from chatbot.settings import child_environment

STDIN = 0


def watch() -> None:
    """Make this process end at once when its standard input does; called in the child."""
    threading.Thread(target=_end_with_stdin, name="lifeline", daemon=True).start()


def start(
    module: str,
    arguments: Sequence[str],
    captured: bool = False,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[str]:
    """Start `python -m module` tied to this process; the module must call `watch`.

    The child runs the same copy of this package as its parent, and is out of reach of a Ctrl-C in
    the terminal, so that its parent alone decides when it ends.

    Args:
        module: a module of this package.
        arguments: its command line.
        captured: standard output and error go to the returned process's `stdout`, instead of where
            the parent's go.
        pass_fds: open file descriptors that it inherits.
    """
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        cwd=Path(chatbot.__file__).parents[1],
        env=child_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if captured else None,
        stderr=subprocess.STDOUT if captured else None,
        pass_fds=pass_fds,
        start_new_session=True,
        encoding="utf-8",
        errors="replace",
    )


def stop(process: subprocess.Popen[str], patience: float = 2.0) -> None:
    """End a process that `start` started, and wait until it is gone; at most `patience` seconds."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_with_stdin() -> None:
    # Not sys.stdin: a thread that waits inside its buffer blocks the end of the interpreter.
    while os.read(STDIN, 1024):
        pass
    os._exit(0)
