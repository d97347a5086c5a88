"""Keeps conversations in an SQLite file, so that they survive a restart of the server."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from rasa.shared.core.events import Event, deserialise_events

from chatbot.errors import SettingsError

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (sender TEXT PRIMARY KEY, saved REAL, events TEXT);
CREATE INDEX IF NOT EXISTS conversation_saved ON conversation (saved);
"""
_WRITE = "INSERT OR REPLACE INTO conversation VALUES (?, ?, ?)"
_PRUNE = """
DELETE FROM conversation WHERE sender IN
(SELECT sender FROM conversation ORDER BY saved DESC LIMIT -1 OFFSET ?)
"""


class ConversationFile:
    """A table of conversations, their events as JSON, no more than a fixed number of them.

    A file that cannot be opened is an error at start. If a later access fails (disk full, file
    removed) that is logged, and the bot talks on from memory.
    """

    def __init__(self, path: str, limit: int) -> None:
        """Open the file, made if it does not exist.

        Args:
            path: the file; its folder must exist.
            limit: conversations kept; the one saved longest ago is deleted first.

        Raises:
            SettingsError: if the file cannot be opened as an SQLite database.
        """
        self._path, self._limit = path, limit
        try:
            self._database = _open(path)
        except sqlite3.Error as error:
            raise SettingsError(
                f"endpoints.yml: tracker_store has path: {path!r}, which cannot be used: {error}. "
                f"It must name an SQLite file, or a new file in the existing folder "
                f"{str(Path(path).absolute().parent)!r}."
            ) from error

    def read(self, sender: str) -> list[Event]:
        """Return the events of a conversation; none if it is not in the file."""

        def fetch() -> list[Event]:
            query = "SELECT events FROM conversation WHERE sender = ?"
            row = self._database.execute(query, (sender,)).fetchone()
            return deserialise_events(json.loads(row[0])) if row else []

        return self._try(fetch, [])

    def write(self, sender: str, events: Sequence[Event]) -> None:
        """Store a conversation in place of what the file had of it."""
        text = json.dumps([event.as_dict() for event in events])

        def store() -> None:
            with self._database as transaction:
                transaction.execute(_WRITE, (sender, time.time(), text))
                transaction.execute(_PRUNE, (self._limit,))

        self._try(store, None)

    def delete(self, sender: str) -> None:
        """Remove a conversation from the file, if it is there."""

        def remove() -> None:
            with self._database as transaction:
                transaction.execute("DELETE FROM conversation WHERE sender = ?", (sender,))

        self._try(remove, None)

    def keys(self) -> list[str]:
        """Return the ids of the conversations in the file."""

        def fetch() -> list[str]:
            rows = self._database.execute("SELECT sender FROM conversation").fetchall()
            return [sender for (sender,) in rows]

        return self._try(fetch, [])

    def _try(self, access: Callable[[], Result], otherwise: Result) -> Result:
        try:
            return access()
        # ValueError: a row that is no JSON, or has events that this Rasa does not know.
        except (sqlite3.Error, ValueError) as error:
            logger.error(
                "The conversations in %r could not be accessed: %s. The bot goes on without "
                "them; what is said now may be lost when it stops.",
                self._path,
                error,
            )
            return otherwise


def _open(path: str) -> sqlite3.Connection:
    # Rasa may close the loop in another thread than the one that opened the file; it never uses
    # both at once.
    database = sqlite3.connect(path, check_same_thread=False)
    # A write-ahead log without a wait for the disk: a power cut may cost the last seconds, a
    # crash of the process nothing.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(_SCHEMA)
    return database
