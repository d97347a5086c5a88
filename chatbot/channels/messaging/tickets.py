"""Short stand-ins for button payloads that a platform finds too long, mapped back without state."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from chatbot.channels.limits import Limit
from chatbot.channels.messaging.memory import Memory
from chatbot.channels.messaging.said import Offer

MARK = "~"
_DIGEST_BYTES = 15
_KEPT = 10_000


class Tickets:
    """Puts payloads into the room there is, and gets them back when the button is pressed.

    A payload that fits stands for itself. A longer one is replaced by a digest. It is found again
    among those issued lately; after a restart, among the words on the buttons of the pressed
    message, which nearly always are the payload: the digest proves it.

    Args:
        limit: of a payload.
    """

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._issued: Memory[str] = Memory(_KEPT)

    def issue(self, payload: str) -> str:
        """Return the payload, or what stands for it."""
        if self._limit.fits(payload) and not payload.startswith(MARK):
            return payload
        ticket = ticket_of(payload)
        self._issued.put(ticket, payload)
        return ticket

    def redeem(self, data: str, shown: Iterable[Offer] = ()) -> str | None:
        """Return the payload that `data` stands for, or None if nobody knows any more.

        Args:
            data: what came back from the platform.
            shown: the buttons of the message whose button was pressed, with their data as payload.
        """
        if not data.startswith(MARK):
            return data
        known = self._issued.get(data)
        if known is not None:
            return known
        titles = [offer.title for offer in shown if offer.payload == data]
        proven = [title for title in titles if ticket_of(title) == data]
        # Words that were shortened, or that stand for a command: as if the person had typed them.
        return next(iter([*proven, *(title.rstrip("…") for title in titles)]), None)


def ticket_of(payload: str) -> str:
    """Return what stands for a payload: 21 characters."""
    digest = hashlib.sha256(payload.encode("utf-8", "surrogatepass")).digest()[:_DIGEST_BYTES]
    return MARK + base64.urlsafe_b64encode(digest).decode()
