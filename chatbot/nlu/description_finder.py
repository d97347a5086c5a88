"""Rasa entity extractor for what a message describes without naming it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.knowledge import moments
from chatbot.knowledge.describe import (
    DESCRIBABLE,
    MOMENT,
    Describer,
    Guess,
    documents,
    with_roles,
)
from chatbot.knowledge.find import LONGEST_MESSAGE
from chatbot.knowledge.load import fingerprint, load
from chatbot.knowledge.names import CUSTOMERS, HINT, are_dealt_with
from chatbot.nlu.encoder import Array, Encoder, parts
from chatbot.nlu.lexicon import load_lexicon
from chatbot.settings import load_settings

# What may be described instead of named, by intent.
_ROLE = dict.fromkeys(("duties", "skills", "tools", "career_path", "group_of_role"), ("role",))
_WANTED: Mapping[str, tuple[str, ...]] = {
    **_ROLE,
    "collaboration": ("role",),
    "compare": ("role",),
    "recommend": ("role",),
    "demand": ("role",),
    "roles_by_skill": ("skill", "tool"),
    "define": ("term", "role"),
    "process": ("process",),
    "business_models": ("business_model",),
    "follow_up": ("role",),
    "deny": ("role",),
}
# Intents about two things: each part of the message is compared for itself.
_TWO = frozenset({"compare", "collaboration"})
_PARTS = re.compile(
    r"[,;:?]|\b(?:and|or|vs\.?|versus|between|with|from|than|n)\b|&|/", re.IGNORECASE
)
# A description has at least this many words that tell something; one is enough in a message of a
# few words ("the banners one") and after "the person who".
_SHORT = 4
_FEWEST_WORDS = 2
# Guesses that are told; the dialogue may choose among them.
_GUESSES = 5
# Moments that are ranked by their roles as well, the roles ranked for that, and their share.
_MOMENTS, _ROLES, _OF_ROLE = 15, 40, 0.5
# A reply to a clarifying question has at most this many words.
_REPLY = 6
# Such a reply is looked at whatever it seems to ask, unless the intent is at least this sure.
_SURE = 0.8
_REPLIES = ("out_of_scope", "affirm")
# Parts of messages whose vectors are kept: one message is often compared with two kinds.
_REMEMBERED = 256
# "Back" within so many characters of the beginning goes back to an earlier question.
_BEGINNING = 8
# Intents of messages that describe nothing.
SMALL_TALK = ("greet", "goodbye", "thanks", "help", "bot_challenge", "feedback", "affirm")
# Words that only point back or name half a job say nothing about what is described.
_CUT_OUT = frozenset({HINT, "reference", "ordinal"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class DescriptionFinder(GraphComponent):
    """Adds entities such as `described_role` with the best guess, its score and its lead.

    Stands last in the pipeline, because the intent says what kind of thing to look for; whether a
    guess is taken is decided in the dialogue, where the conversation is known.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options and their defaults."""
        return {
            # Whether sentence vectors count beside words; off for measuring what they add.
            "vectors": True,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._encoder = Encoder.shared() if config["vectors"] else None
        self._meanings = lru_cache(maxsize=_REMEMBERED)(self._encoded)
        self._storage = storage
        self._resource = resource
        self._describers: dict[str, Describer] = {}
        self._topic_words = _patterns(load_lexicon()["not_described"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DescriptionFinder:
        """Return an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DescriptionFinder:
        """Return the component with the documents that the model holds."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._describers = {
                kind: Describer.load(Path(folder) / f"{kind}.npz") for kind in DESCRIBABLE
            }
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a digest of the knowledge base, so that a changed role retrains the component."""
        return fingerprint(load_settings().knowledge)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the texts about all entries in the model."""
        base = load(load_settings().knowledge)
        encode = self._encoder.encode if self._encoder else None
        with self._storage.write_to(self._resource) as folder:
            for kind in DESCRIBABLE:
                Describer(documents(base, kind), encode).save(Path(folder) / f"{kind}.npz")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the best guesses to each message that does not name what its intent asks about."""
        for message in messages:
            entities = message.get(ENTITIES, [])
            intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY, "")
            text = (message.get(TEXT) or "")[:LONGEST_MESSAGE]
            found = [
                entity
                for kind in _wanted(message, text, entities)
                for start, end in _spans(text, entities, kind, intent)
                for entity in self._guess(kind, text, entities, start, end, intent)
            ]
            message.set(ENTITIES, [*entities, *found], add_to_output=True)
        return messages

    def _guess(
        self,
        kind: str,
        text: str,
        entities: list[dict[str, Any]],
        start: int,
        end: int,
        intent: str,
    ) -> Iterator[dict[str, Any]]:
        part = moments.situation(text) if kind == MOMENT else _without(text, entities, start, end)
        if intent in self._topic_words:
            part = self._topic_words[intent].sub(" ", part)
        describer = self._describers[kind]
        person = any(entity["value"] == "person" for entity in entities)
        few = person or kind == MOMENT or len(text.split()) <= _SHORT
        fewest = 1 if few else _FEWEST_WORDS
        if describer.known_words(part) < fewest:
            return
        meanings = self._meanings(part)
        guesses = describer.rank(part, _MOMENTS if kind == MOMENT else _GUESSES, meanings)
        led = {e["value"] for e in entities if e["entity"] == kind and _is_led(e, text)}
        guesses = [guess for guess in guesses if guess.id not in led]
        if kind == MOMENT:
            roles = self._describers["role"].rank(part, _ROLES, meanings)
            guesses = with_roles(guesses, roles, _OF_ROLE)[:_GUESSES]
        if guesses:
            yield _entity(kind, guesses, start, end)

    def _encoded(self, text: str) -> Array | None:
        return self._encoder.encode(parts(text)) if self._encoder else None


def _patterns(words: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    """Return for each intent what finds the words that only say what is asked."""
    return {
        intent: re.compile(rf"\b(?:{'|'.join(map(re.escape, some))})\b", re.IGNORECASE)
        for intent, some in words.items()
    }


def _wanted(message: Message, text: str, entities: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the kinds that may be described.

    A few words may answer a clarifying question, whatever they look like; a few words that point
    back ("which skills does it need") describe nobody.
    """
    intent = message.get(INTENT) or {}
    name, sure = intent.get(INTENT_NAME_KEY, ""), intent.get(PREDICTED_CONFIDENCE_KEY, 0.0)
    few = len(text.split()) <= _REPLY
    values = {entity["value"] for entity in entities if entity["entity"] == "reference"}
    if moments.asks_whom_to_call(text) or (name == "process" and moments.asks_for_step(text)):
        return (*_WANTED.get(name, ()), MOMENT)
    if few and "it" in values and "person" not in values:
        return ()
    if name in _WANTED:
        return _WANTED[name]
    reply = few and " " in text.strip() and name not in SMALL_TALK
    return ("role",) if reply and (sure < _SURE or name in _REPLIES) else ()


def _spans(
    text: str, entities: list[dict[str, Any]], kind: str, intent: str
) -> Iterator[tuple[int, int]]:
    """Yield the parts of a message that may describe something of a kind."""
    named = [
        entity
        for entity in entities
        if entity["entity"] == kind and not _may_be_dealt_with(entity, entities, text)
    ]
    if intent not in _TWO or kind == MOMENT:
        if not named:
            yield 0, len(text)
        return
    start = 0
    for cut in [*_PARTS.finditer(text), None]:
        end = cut.start() if cut else len(text)
        if not any(entity["start"] < end and start < entity["end"] for entity in named):
            yield start, end
        start = cut.end() if cut else end


def _may_be_dealt_with(entity: dict[str, Any], entities: list[dict[str, Any]], text: str) -> bool:
    """Tell whether a name may stand for those that a described person deals with."""
    name = entity.get("text", "").lower()
    person = any(e["value"] == "person" and e["end"] <= entity["start"] for e in entities)
    return name in CUSTOMERS or _is_led(entity, text) or (person and name.endswith("s"))


def _is_led(entity: dict[str, Any], text: str) -> bool:
    """Tell whether a name stands for those whom the described person leads or helps."""
    return are_dealt_with(text[: entity["start"]], entity.get("text", ""))


def _without(text: str, entities: list[dict[str, Any]], start: int, end: int) -> str:
    """Return a part of the text without the words that only point back or name half a job."""
    letters = list(text)
    for entity in entities:
        # "Goods come back" points at nothing said before, unless the message begins so.
        comes_back = entity["value"] == "back" and entity["start"] > _BEGINNING
        if entity["entity"] in _CUT_OUT and not comes_back:
            letters[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return "".join(letters)[start:end]


def _entity(kind: str, guesses: list[Guess], start: int, end: int) -> dict[str, Any]:
    best = guesses[0].score
    second = guesses[1].score if len(guesses) > 1 else 0.0
    return {
        "entity": f"described_{kind}",
        "value": guesses[0].id,
        "start": start,
        "end": end,
        "score": round(best, 3),
        "lead": round(best - second, 3),
        "candidates": [guess.id for guess in guesses],
        "extractor": DescriptionFinder.__name__,
    }
