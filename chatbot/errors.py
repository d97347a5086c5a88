"""Every error this project raises on purpose.

ChatbotError
├── KnowledgeError      a file below data/knowledge/ is wrong or missing
├── SettingsError       an environment variable or a configuration file is wrong
├── ModelError          there is no trained model, or it cannot be used
├── PictureError        there is no picture of that name, or it cannot be drawn now
└── ServiceError        a port is busy, or a server did not come up

Each message names the file or value, what is allowed and how to mend it; the command line prints
the message alone, without a stack trace.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process


class ChatbotError(Exception):
    """Base of all errors below; `str(error)` is fit to be shown to a person."""


class KnowledgeError(ChatbotError):
    """The knowledge base cannot be used; `problems` holds one line per mistake."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        count = len(self.problems)
        head = f"{count} mistake{'s' if count != 1 else ''} in the knowledge base:"
        super().__init__("\n".join([head, *(f"  {line}" for line in self.problems)]))


class SettingsError(ChatbotError):
    """A setting has a value that cannot be used."""


class ModelError(ChatbotError):
    """There is no usable trained model."""


class PictureError(ChatbotError):
    """There is no such picture, or it cannot be drawn."""


class ServiceError(ChatbotError):
    """A server could not be started or reached."""


def nearest(value: str, allowed: Sequence[str]) -> str:
    """Return a hint such as ", did you mean 'sem-specialist'?" or an empty string.

    Args:
        value: what was written.
        allowed: what may be written.
    """
    found = process.extractOne(value, allowed, score_cutoff=60)
    return f", did you mean {found[0]!r}?" if found else ""
