"""Why a request is not served, said to people in their language and to the log without names."""

from __future__ import annotations

import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from chatbot import yaml_reader
from chatbot.channels.website.addresses import network_of

LANGUAGES = ("en", "zh")
STATUS = {
    "bad_request": 400,
    "no_session": 401,
    "expired": 401,
    "origin": 403,
    "local_only": 403,
    "too_large": 413,
    "too_many": 429,
    "unavailable": 503,
}
# A flood must not fill the disk: one line for each reason and network in so many seconds.
QUIET_SECONDS = 10.0
_REMEMBERED = 1000

logger = logging.getLogger(__name__)


class RefusedError(Exception):
    """A request that is not served.

    Args:
        code: a key of STATUS.
        why: for the log, without anything the person wrote.
        retry_after: seconds after which it may be tried again.
    """

    def __init__(self, code: str, why: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code}: {why}")
        self.code, self.why = code, why
        self.retry_after = None if retry_after is None else max(1, math.ceil(retry_after))

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.code]

    @property
    def headers(self) -> dict[str, str]:
        """Headers that belong to it."""
        headers = {"Cache-Control": "no-store"}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if self.status == STATUS["no_session"]:
            headers["WWW-Authenticate"] = "Bearer"
        return headers

    def body(self, language: str) -> dict[str, Any]:
        """Return what the widget is told: `error`, `message` and perhaps `retry_after`."""
        said = {"error": self.code, "message": wording(language)["errors"][self.code]}
        return said if self.retry_after is None else {**said, "retry_after": self.retry_after}


@lru_cache(maxsize=len(LANGUAGES))
def wording(language: str) -> Mapping[str, Any]:
    """Return the texts of the channel in one of LANGUAGES."""
    path = Path(__file__).with_name(f"{language}.yml")
    return dict(yaml_reader.parse(path.read_text("utf-8")))


def language_of(wanted: object, default: str = LANGUAGES[0]) -> str:
    """Return one of LANGUAGES for a language tag or an Accept-Language header."""
    tag = wanted.strip().lower()[:2] if isinstance(wanted, str) else ""
    return tag if tag in LANGUAGES else default


class RefusalLog:
    """Writes what was refused to the log; repetitions are counted instead of written.

    Args:
        clock: seconds; another one for tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()

    def note(self, refused: RefusedError, address: str) -> None:
        """Log a refusal with the network, not the whole address, that it came from."""
        key = (refused.code, network_of(address))
        since, count = self._seen.pop(key, (-math.inf, 0))
        if self._clock() - since < QUIET_SECONDS:
            self._seen[key] = (since, count + 1)
            return
        before = f" ({count} more since the last line)" if count else ""
        logger.warning("refused %s from %s: %s%s", refused.code, key[1], refused.why, before)
        self._seen[key] = (self._clock(), 0)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
