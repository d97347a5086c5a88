"""Keep the action server running beside Rasa.

The parent binds the port and keeps the socket open; each action server takes it over. So a message
that comes while the action server starts, or is started again, waits in the queue of the socket
instead of failing.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO

from chatbot.errors import ServiceError
from chatbot.serving import lifeline
from chatbot.serving.action_server import READY

MODULE = "chatbot.serving.action_server"
PATIENCE = 30.0
RESTARTS, WINDOW = 5, 60.0
_TAIL = 8
_POLL = 0.02

logger = logging.getLogger(__name__)


class ActionServer:
    """The action server of one project, started again when it dies.

    Args:
        folder: the project.
        listener: the listening socket that it serves; stays the caller's.
    """

    def __init__(self, folder: Path, listener: socket.socket) -> None:
        self._folder = folder
        self._listener = listener
        self._tail: deque[str] = deque(maxlen=_TAIL)
        self._ready = threading.Event()
        self._stopping = threading.Event()
        self._process = self._spawn()
        self._thread = threading.Thread(target=self._supervise, name="actions", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """Process id of the running action server."""
        return self._process.pid

    async def wait_ready(self, check: Callable[[], None], patience: float = PATIENCE) -> None:
        """Return when it answers.

        Args:
            check: called again and again meanwhile; may raise to end the waiting.
            patience: in seconds.

        Raises:
            ServiceError: it ended, or did not answer within `patience` seconds; the message holds
                its last lines of output.
        """
        give_up = time.monotonic() + patience
        while not self._ready.is_set():
            if not self._thread.is_alive():
                raise ServiceError(self._report(f"ended at once (code {self._process.poll()})"))
            if time.monotonic() > give_up:
                raise ServiceError(self._report(f"did not answer within {patience:g} seconds"))
            check()
            await asyncio.sleep(_POLL)

    def stop(self) -> None:
        """End it for good; takes at most a few seconds."""
        self._stopping.set()
        lifeline.stop(self._process)
        self._thread.join(_POLL)

    def _spawn(self) -> subprocess.Popen[str]:
        descriptor = self._listener.fileno()
        return lifeline.start(
            MODULE,
            [str(self._folder), str(descriptor)],
            captured=True,
            pass_fds=[descriptor],
        )

    def _supervise(self) -> None:
        limit = RateLimit(RESTARTS, WINDOW)
        while True:
            self._read(self._process.stdout)
            code = self._process.wait()
            if self._stopping.is_set() or not self._ready.is_set():
                return
            pause = limit.pause()
            logger.warning("the action server ended (code %s); again in %.0f s", code, pause)
            if self._stopping.wait(pause):
                return
            self._process = self._spawn()
            # `stop` may have looked at the old process only.
            if self._stopping.is_set():
                lifeline.stop(self._process)
                return

    def _read(self, output: IO[str] | None) -> None:
        for line in output or ():
            if line.strip() == READY:
                self._ready.set()
            elif line.strip():
                self._tail.append(line.rstrip())
                logger.info("actions: %s", line.rstrip())

    def _report(self, what: str) -> str:
        lines = "\n".join(f"  {line}" for line in self._tail) or "  (nothing)"
        return f"the action server {what}; it last said:\n{lines}"


class RateLimit:
    """Tell how long to wait so that something happens at most `times` in `window` seconds."""

    def __init__(
        self, times: int, window: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._window = window
        self._clock = clock
        self._past: deque[float] = deque(maxlen=times)

    def pause(self) -> float:
        """Return the seconds to wait before the next time, which this call counts."""
        now = self._clock()
        full = len(self._past) == self._past.maxlen
        wait = max(0.0, self._past[0] + self._window - now) if full else 0.0
        self._past.append(now + wait)
        return wait
