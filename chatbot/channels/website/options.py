"""The options of the web channel in credentials.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from chatbot.errors import SettingsError, nearest

CHANNEL = "chatbot.channels.web.WebInput"
# What may be said at once, in parts of what may be said in a minute.
BURST = 3
HOUR_SECONDS = 3600


@dataclass(frozen=True)
class Options:
    """How much people may ask for.

    Attributes:
        messages_per_minute: of one session in the long run; a third of it at once.
        address_messages_per_minute: of all sessions from one address; a third of it at once.
        session_hours: after so many hours of silence a conversation is forgotten.
    """

    messages_per_minute: int = 30
    address_messages_per_minute: int = 120
    session_hours: int = 24

    @property
    def lifetime(self) -> int:
        """Seconds until a session token expires and its conversation is forgotten."""
        return self.session_hours * HOUR_SECONDS


def read_options(said: Mapping[str, Any] | None) -> Options:
    """Return the options that credentials.yml names; the others keep their values.

    Raises:
        SettingsError: there is no such option, or its value is no whole number above 0.
    """
    known = [field.name for field in fields(Options)]
    for name, value in (said or {}).items():
        if name not in known:
            raise SettingsError(
                f"credentials.yml: {CHANNEL} has no option {name!r}{nearest(str(name), known)}; "
                f"its options are {', '.join(known)}"
            )
        if not str(value).isdecimal() or int(value) < 1:
            raise SettingsError(
                f"credentials.yml: {CHANNEL} has {name}: {value!r}; it must be a whole number "
                "above 0"
            )
    return Options(**{name: int(value) for name, value in (said or {}).items()})
