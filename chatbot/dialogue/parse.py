"""What Rasa NLU found in a message, as the dialogue reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chatbot.dialogue import topics


@dataclass(frozen=True)
class Found:
    """An entity: its kind, value and place in the text.

    A guess (`described_role`) has a score and a lead over the next best, 0 to 1.
    """

    kind: str
    value: str
    start: int = 0
    end: int = 0
    candidates: tuple[str, ...] = ()
    score: float = 1.0
    lead: float = 1.0


@dataclass(frozen=True)
class Parse:
    """A message: its text, the ranked intents, the entities in their order and who wrote it."""

    text: str
    ranking: tuple[tuple[str, float], ...] = ()
    found: tuple[Found, ...] = ()
    sender: str = ""

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return self.ranking[0][0] if self.ranking else topics.OUT_OF_SCOPE

    @property
    def confidence(self) -> float:
        """The probability of the likeliest intent, 0 to 1."""
        return self.ranking[0][1] if self.ranking else 0.0

    def values(self, *kinds: str) -> list[str]:
        """Return the values of the entities of these kinds, each once."""
        return list(dict.fromkeys(item.value for item in self.found if item.kind in kinds))

    def has(self, kind: str, *values: str) -> bool:
        """Tell whether an entity of this kind (with one of these values) was found."""
        return any(i.kind == kind and (not values or i.value in values) for i in self.found)

    def words(self) -> int:
        """Return the number of words of the message."""
        return len(self.text.split())


def from_rasa(message: Mapping[str, Any], sender: str = "") -> Parse:
    """Return the parse of Rasa's `latest_message`; anything that is missing counts as not found.

    Args:
        message: Rasa's `latest_message`.
        sender: id of the conversation.
    """
    intent = message.get("intent") or {}
    ranking = message.get("intent_ranking") or [intent]
    if intent.get("name") and ranking[0].get("name") != intent["name"]:
        ranking = [intent, *ranking]  # an intent sent as a payload has no ranking of its own
    return Parse(
        text=(message.get("text") or "").strip(),
        ranking=tuple(
            (r["name"], float(r.get("confidence") or 0)) for r in ranking if r.get("name")
        ),
        found=tuple(_found(entity) for entity in message.get("entities") or ()),
        sender=sender,
    )


def _found(entity: Mapping[str, Any]) -> Found:
    return Found(
        kind=str(entity.get("entity")),
        value=str(entity.get("value")),
        start=int(entity.get("start") or 0),
        end=int(entity.get("end") or 0),
        candidates=tuple(entity.get("candidates") or ()),
        score=float(entity.get("score") or 0),
        lead=float(entity.get("lead") or 0),
    )
