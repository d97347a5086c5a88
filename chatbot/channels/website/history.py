"""What was said lately in each session, so that a page that is loaded again can show it."""

from __future__ import annotations

import itertools
import json
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from chatbot.errors import SettingsError

KEPT = 50
# All sessions together; some 200 MB if every entry were as long as can be.
MOST_ENTRIES = 200_000
_SWEEP_SECONDS = 60.0
_FILE = "history.db"

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry
    (id INTEGER PRIMARY KEY, sender TEXT NOT NULL, said REAL NOT NULL, message TEXT NOT NULL,
    content TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entry_sender ON entry (sender, id);
"""
_TRIM = """
DELETE FROM entry WHERE sender = ? AND id <=
(SELECT id FROM entry WHERE sender = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
"""
_AFTER = """
SELECT content FROM entry WHERE sender = ? AND id >=
(SELECT id FROM entry WHERE sender = ? AND message = ?) ORDER BY id
"""
_SWEEP = """
DELETE FROM entry WHERE sender IN
(SELECT sender FROM entry GROUP BY sender HAVING MAX(said) <= ?)
"""


class History:
    """A table of what was said, 50 entries of a session at most, in an SQLite file.

    A session in which nothing was said for `lifetime` seconds is forgotten. If the file fails while
    the bot runs (disk full), that is logged and people talk on without their history.

    Args:
        folder: where the file is made.
        lifetime: in seconds.
        clock: seconds since the epoch; another one for tests.

    Raises:
        SettingsError: the file cannot be opened.
    """

    def __init__(
        self, folder: Path, lifetime: float, clock: Callable[[], float] = time.time
    ) -> None:
        self._lifetime, self._clock = lifetime, clock
        self._path = folder / _FILE
        self._swept = 0.0
        try:
            self._database = _open(self._path)
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(
                f"{self._path}: what is said cannot be kept there ({error}); let CHATBOT_STATE "
                "name a folder that may be written to"
            ) from error

    def add(self, sender: str, entries: Iterable[dict[str, Any]]) -> None:
        """Add what was said, oldest first; each entry has an `id` and a `role`."""
        now = self._clock()
        rows = [
            (sender, now, entry["id"], json.dumps(entry, ensure_ascii=False)) for entry in entries
        ]

        def store() -> None:
            with self._database as transaction:
                transaction.executemany(
                    "INSERT INTO entry (sender, said, message, content) VALUES (?, ?, ?, ?)", rows
                )
                transaction.execute(_TRIM, (sender, sender, KEPT))

        self._try(store, None)
        if now - self._swept > _SWEEP_SECONDS:
            self.sweep()

    def read(self, sender: str) -> list[dict[str, Any]]:
        """Return what was said in a session lately, oldest first."""

        def fetch() -> list[dict[str, Any]]:
            query = "SELECT content FROM entry WHERE sender = ? AND said > ? ORDER BY id"
            rows = self._database.execute(query, (sender, self._clock() - self._lifetime))
            return [json.loads(content) for (content,) in rows]

        return self._try(fetch, [])

    def answers(self, sender: str, message: str) -> list[dict[str, Any]] | None:
        """Return what the bot said to a message; None if the message is not known."""

        def fetch() -> list[dict[str, Any]] | None:
            rows = self._database.execute(_AFTER, (sender, sender, message))
            said = [json.loads(content) for (content,) in rows]
            later = itertools.takewhile(lambda entry: entry["role"] == "bot", said[1:])
            return list(later) if said else None

        return self._try(fetch, None)

    def forget(self, sender: str) -> None:
        """Delete all of a session."""

        def delete() -> None:
            with self._database as transaction:
                transaction.execute("DELETE FROM entry WHERE sender = ?", (sender,))

        self._try(delete, None)

    def sweep(self) -> None:
        """Delete sessions that have expired, and the oldest entries where there are too many."""
        self._swept = now = self._clock()

        def delete() -> None:
            with self._database as transaction:
                transaction.execute(_SWEEP, (now - self._lifetime,))
                transaction.execute(
                    "DELETE FROM entry WHERE id <= (SELECT MAX(id) FROM entry) - ?", (MOST_ENTRIES,)
                )

        self._try(delete, None)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _try(self, action: Callable[[], Result], otherwise: Result) -> Result:
        try:
            return action()
        except sqlite3.Error as error:
            logger.warning("%s cannot be used: %s", self._path, error)
            return otherwise


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # What people wrote is nobody else's business; SQLite gives its other files the same mode.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    database = sqlite3.connect(path, check_same_thread=False)
    # A crash of the machine may cost the last entries, but never the file; no wait for the disk.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA secure_delete = ON")
    database.executescript(_SCHEMA)
    return database
