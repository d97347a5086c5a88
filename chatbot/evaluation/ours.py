"""A model of this project as a system: its pipeline, then the dialogue and the answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot import bot
from chatbot.evaluation.judge import from_slot
from chatbot.evaluation.outcome import Understood

# A channel with buttons; which one does not change what is understood.
CHANNEL = "rest"
# Messages that are parsed before the clock runs, and how often progress is told.
WARM_UP, STEP = 10, 200

Parse = Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True)
class Bot:
    """The bot with one of its models.

    Attributes:
        name: what its columns are headed with.
        about: how it was made.
        parse: what turns a text into Rasa's `parse_data`.
        tell: gets a few words now and then.
    """

    name: str
    about: tuple[str, ...]
    parse: Parse
    tell: Callable[[str], None]

    def understand(self, talks: Sequence[Sequence[str]]) -> Iterator[Sequence[Understood]]:
        """Yield what the bot makes of the messages of each talk."""
        bot.warm_up()
        for texts in talks[:WARM_UP]:
            understand(texts[0], {}, self.parse)
        done = 0
        for texts in talks:
            if done % STEP < len(texts):
                self.tell(f"asking {self.name}: {done} of {sum(map(len, talks))} messages")
            done += len(texts)
            yield self._conversation(texts)

    def _conversation(self, texts: Sequence[str]) -> list[Understood]:
        slots: Mapping[str, Any] = {}
        found = []
        for text in texts:
            understood, slots = understand(text, slots, self.parse)
            found.append(understood)
        return found


def load(name: str, about: Sequence[str], model: Path, tell: Callable[[str], None]) -> Bot:
    """Return the bot with a model.

    Raises:
        ModelError: the model cannot be loaded.
    """
    from chatbot.settings import prepare_for_rasa

    tell(f"loading {model.name}")
    prepare_for_rasa()
    from chatbot.serving.nlu import Interpreter

    return Bot(name, tuple(about), Interpreter(model).parse, tell)


def understand(
    text: str, slots: Mapping[str, Any], parse: Parse
) -> tuple[Understood, Mapping[str, Any]]:
    """Return what the bot makes of a message, and the slots after it."""
    start = time.perf_counter()
    parsed = {**parse(text), "text": text}
    reply = bot.reply(parsed, slots, CHANNEL)
    milliseconds = 1000 * (time.perf_counter() - start)
    intent = parsed.get("intent") or {}
    understood = Understood(
        answered=from_slot(reply.slots[bot.ANSWERED]),
        intent=str(intent.get("name")),
        confidence=float(intent.get("confidence") or 0),
        entities=tuple((str(e["entity"]), str(e["value"])) for e in parsed.get("entities") or ()),
        milliseconds=milliseconds,
    )
    return understood, {**slots, **reply.slots}
