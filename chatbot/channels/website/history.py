"""What was said lately in each session, so that a page that is loaded again can show it."""

from __future__ import annotations

import itertools
import json
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from chatbot.errors import SettingsError

KEPT = 50
# All sessions together; some 200 MB if every entry were as long as can be.
MOST_ENTRIES = 200_000
_SWEEP_SECONDS = 60.0
_FILE = "history.db"

logger = logging.getLogger(__name__)

Entry = dict[str, Any]

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
_INSERT = "INSERT INTO entry (sender, said, message, content) VALUES (?, ?, ?, ?)"
_BOUND = "DELETE FROM entry WHERE id <= (SELECT MAX(id) FROM entry) - ?"
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
    the bot runs (disk full), that is logged and people talk on without their history. All but
    `answers` happens in a thread of its own, in the order asked for.

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
            self._database, self._reader = _open(self._path), _open(self._path)
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(
                f"{self._path}: what is said cannot be kept there ({error}); let CHATBOT_STATE "
                "name a folder that may be written to"
            ) from error
        # A disk may be slow; nobody's answer waits for it.
        self._thread = ThreadPoolExecutor(1, "history")

    def add(self, sender: str, entries: Iterable[Entry]) -> Future[None]:
        """Add what was said, oldest first; each entry has an `id` and a `role`."""
        rows = [(entry["id"], json.dumps(entry, ensure_ascii=False)) for entry in entries]
        return self._thread.submit(self._add, sender, rows, self._clock())

    def read(self, sender: str) -> Future[list[Entry]]:
        """Return what was said in a session lately, oldest first, all that was added included."""
        since = self._clock() - self._lifetime
        query = "SELECT content FROM entry WHERE sender = ? AND said > ? ORDER BY id"
        return self._thread.submit(self._fetch, self._database, query, (sender, since))

    def forget(self, sender: str) -> Future[None]:
        """Delete all of a session."""
        statement = "DELETE FROM entry WHERE sender = ?"
        return self._thread.submit(self._change, [(statement, (sender,))])

    def answers(self, sender: str, message: str) -> list[Entry] | None:
        """Return at once what the bot said to a message; None if the message is not known.

        What is just being added is not known yet.
        """
        said = self._fetch(self._reader, _AFTER, (sender, sender, message))
        later = itertools.takewhile(lambda entry: entry["role"] == "bot", said[1:])
        return list(later) if said else None

    def close(self) -> None:
        """Close the file."""
        self._thread.submit(self._database.close).result()
        self._reader.close()

    def _add(self, sender: str, rows: Sequence[tuple[str, str]], now: float) -> None:
        added = [(_INSERT, (sender, now, message, content)) for message, content in rows]
        self._change([*added, (_TRIM, (sender, sender, KEPT))])
        if now - self._swept > _SWEEP_SECONDS:
            self._swept = now
            # Sessions that have expired, and the oldest entries where there are too many.
            self._change([(_SWEEP, (now - self._lifetime,)), (_BOUND, (MOST_ENTRIES,))])

    def _change(self, statements: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
        try:
            with self._database as transaction:
                for statement, values in statements:
                    transaction.execute(statement, values)
        except sqlite3.Error as error:
            logger.warning("%s cannot be used: %s", self._path, error)

    def _fetch(
        self, database: sqlite3.Connection, query: str, values: tuple[Any, ...]
    ) -> list[Entry]:
        try:
            return [json.loads(content) for (content,) in database.execute(query, values)]
        except sqlite3.Error as error:
            logger.warning("%s cannot be used: %s", self._path, error)
            return []


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
