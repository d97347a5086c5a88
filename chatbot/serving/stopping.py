"""Ctrl-C and SIGTERM: the ordinary end of a bot, at any moment of its life."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def until_stopped() -> Iterator[None]:
    """Let SIGTERM unwind the `with` block as Ctrl-C does, and both end it without an error."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        return


class StopRequest:
    """Heeds the signals from the import of Rasa until Rasa's server does so itself.

    To raise KeyboardInterrupt at any point would hit the machinery of imports, which may swallow
    it. So before the server is made, the process ends on the spot; then, at the next `check`.
    """

    def __init__(self, clean_up: Callable[[], None]) -> None:
        self._on_the_spot = True
        self._requested = False
        self._clean_up = clean_up
        signal.signal(signal.SIGINT, self._request)
        signal.signal(signal.SIGTERM, self._request)

    def wait_for_check(self) -> None:
        """From now on there is something that must not be broken off."""
        self._on_the_spot = False

    def check(self) -> None:
        """Raise KeyboardInterrupt if a signal came."""
        if self._requested:
            raise KeyboardInterrupt

    def _request(self, *_: object) -> None:
        if self._on_the_spot:
            self._clean_up()
            os._exit(0)
        self._requested = True
