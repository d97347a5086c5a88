"""Rasa entity extractor for words that point back ("it", "the second one") and unknown names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from chatbot.knowledge.find import english, readable
from chatbot.nlu.lexicon import load_lexicon

REFERENCE, ORDINAL = "reference", "ordinal"
# Entities for what no entry is known of, by the frame of `lexicon.yml` in which it stands.
UNKNOWN = {"job": "unknown_role", "thing": "unknown_thing"}
# The entity for what somebody likes, whose names are common words.
_LIKING = "interest"
# An unknown job has at most this many words.
_LONGEST_JOB = 3


class References:
    """Finds references, ordinals and unknown names with spaCy.

    Args:
        lexicon: the content of `lexicon.yml`.
    """

    def __init__(self, lexicon: Mapping[str, Any]) -> None:
        self._nlp = english()
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        for kind in (REFERENCE, ORDINAL):
            for value, phrases in lexicon[kind].items():
                docs = [self._nlp.make_doc(phrase) for phrase in phrases]
                self._matcher.add(f"{kind} {value}", docs)
        frames = lexicon["unknown"]
        for frame, entity in UNKNOWN.items():
            self._matcher.add(entity, [self._nlp.make_doc(phrase) for phrase in frames[frame]])
        self._behind = frozenset(frames["behind"])
        self._not_a_job = frozenset(frames["not_a_job"])

    def find(self, text: str, taken: Mapping[int, str]) -> list[dict[str, Any]]:
        """Return entities for a message.

        Args:
            text: the message.
            taken: places of characters that already belong to a named entry, and its kind.
        """
        doc = self._nlp.make_doc(readable(text))
        found: dict[tuple[int, int], dict[str, Any]] = {}
        for span in sorted(self._matcher(doc, as_spans=True), key=len, reverse=True):
            if any(start < span.end and span.start < end for start, end in found):
                continue
            entity = self._entity(span, doc, taken)
            if entity:
                found[span.start, span.end] = entity
        return list(found.values())

    def _entity(self, span: Span, doc: Doc, taken: Mapping[int, str]) -> dict[str, Any] | None:
        if span.label_ in UNKNOWN.values():
            name = self._unknown_name(span, doc, taken)
            return _entity(span.label_, name.text.lower(), name) if name else None
        kind, value = span.label_.split(" ")
        owner = taken.get(span.start_char)
        if owner and not (owner == _LIKING and kind == ORDINAL):
            return None
        return _entity(kind, value, span)

    def _unknown_name(self, frame: Span, doc: Doc, taken: Mapping[int, str]) -> Span | None:
        end = frame.end
        while end < len(doc) and end - frame.end < _LONGEST_JOB and self._may_name(doc, end, taken):
            end += 1
        behind = doc[end].lower_ if end < len(doc) else "?"
        if end == frame.end or behind not in self._behind:
            return None
        return doc[frame.end : end]

    def _may_name(self, doc: Doc, number: int, taken: Mapping[int, str]) -> bool:
        token = doc[number]
        if token.idx in taken or not (token.is_alpha or token.lower_ == "-"):
            return False
        return token.lower_ not in self._not_a_job and token.lower_ not in self._behind


def _places(entities: Iterable[dict[str, Any]]) -> dict[int, str]:
    """Return the kind of the named entry to which each character belongs that has one."""
    return {n: e["entity"] for e in entities for n in range(e["start"], e["end"])}


def _overlaps(entity: dict[str, Any], others: Iterable[dict[str, Any]]) -> bool:
    return any(e["start"] < entity["end"] and entity["start"] < e["end"] for e in others)


def _entity(kind: str, value: str, span: Span) -> dict[str, Any]:
    return {
        "entity": kind,
        "value": value,
        "start": span.start_char,
        "end": span.end_char,
        "extractor": ReferenceExtractor.__name__,
    }


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ReferenceExtractor(GraphComponent):
    """Adds entities for references, ordinals and unknown names; stands behind the linker."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReferenceExtractor:
        """Return the component."""
        return cls(References(load_lexicon()))

    def __init__(self, references: References) -> None:
        self._references = references

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message."""
        for message in messages:
            entities = message.get(ENTITIES, [])
            found = self._references.find(message.get(TEXT) or "", _places(entities))
            places = [e for e in found if e["entity"] == ORDINAL]
            # "number four" is no liking for numbers.
            kept = [e for e in entities if e["entity"] != _LIKING or not _overlaps(e, places)]
            message.set(ENTITIES, kept + found, add_to_output=True)
        return messages
