"""Rasa entity extractor that finds the entries of the knowledge base in a message."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.knowledge.abbreviations import load_abbreviations, load_person_words
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.find import Linker, Mention, readable
from chatbot.knowledge.load import fingerprint, load
from chatbot.knowledge.names import HINT, Name, all_names, hints, short_names
from chatbot.nlu.delexicalise import Variant, fill_slots, variants
from chatbot.nlu.describing import as_noun, in_place_of_role, takes_description
from chatbot.nlu.dictionary import dictionary_words
from chatbot.nlu.lexicon import load_lexicon
from chatbot.settings import load_settings

# Where the message with names replaced by kinds is kept for the components that follow.
DELEXICALISED = "delexicalised_text"
# An example for each of its delexicalised texts, as people write it; set while training only.
AS_WRITTEN = "texts_as_written"
_SEED = 7
# Descriptions that examples are made with; there are fewer such examples.
MOST_DESCRIPTIONS = 2_000
_FILE = "names.json"
# What examples are filled with, which is read while training only.
_FILLINGS_FILE = "fillings.json"


# Rasa runs only tokenizers and featurizers over the training data; the classifier needs the
# examples with their names replaced, so the linker is registered as a featurizer too.
# Several jobs, and the kinds of entries that such jobs are told by.
_JOBS = re.compile(r"\s+(?:jobs|roles|positions|posts)$", re.IGNORECASE)
_ABOUT_JOBS = ("group", "skill", "tool")
# A place in a list.
_PLACE = re.compile(r"number (?:\d|one|two|three|four|five|six|seven)\b", re.IGNORECASE)


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class KnowledgeLinker(GraphComponent):
    """Adds an entity per mention whose value is the entry's id.

    Needs no annotated examples: the names come from the knowledge base when the model is trained
    and are stored in the model, so a model answers alike wherever it is loaded.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options and their defaults."""
        return {
            # How many times each example with slots is filled with other names.
            "fillings": 2,
            # Share of the examples about a role in which it is also described instead of named.
            "described": 0.5,
            # Whether the classifier reads kinds in place of names; off for measuring only.
            "delexicalise": True,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KnowledgeLinker:
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
    ) -> KnowledgeLinker:
        """Return the component with the names that the model holds."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._use(json.loads((folder / _FILE).read_text("utf-8")))
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a digest of the knowledge base, so that a changed role retrains the component."""
        return fingerprint(load_settings().knowledge)

    def train(self, training_data: TrainingData) -> Resource:
        """Collect the names of the knowledge base and keep them in the model."""
        folder = load_settings().knowledge
        base = load(folder)
        examples = [str(message.get(TEXT, "")) for message in training_data.intent_examples]
        # "Actualy" is no misspelt actuary.
        known = dictionary_words([*examples, *load_lexicon()["texting"]])
        names = all_names(base)
        content = {
            "linker": make_linker(base, folder, known).as_dict(),
            "generic": [term.id for term in base.terms.values() if term.generic],
        }
        fillings = {"names": names_by_kind(names), "described": descriptions(base)}
        with self._storage.write_to(self._resource) as target:
            for name, part in ((_FILE, content), (_FILLINGS_FILE, fillings)):
                (Path(target) / name).write_text(json.dumps(part, ensure_ascii=False), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Fill the slots of the examples with names and give each its delexicalised text."""
        chance = random.Random(_SEED)
        with self._storage.read_from(self._resource) as folder:
            stored = json.loads((folder / _FILLINGS_FILE).read_text("utf-8"))
        names, described = stored["names"], stored["described"]
        for message in training_data.intent_examples:
            text = str(message.get(TEXT, ""))
            fillings = {
                fill_slots(text, names, chance) for _ in range(int(self._config["fillings"]))
            }
            share = float(self._config["described"]) if described else 0.0
            if takes_description(text) and chance.random() < share:
                fillings.add(in_place_of_role(text, chance.choice(described), chance))
            written = {
                self._variants(one, self._mentions(one))[0].text: one for one in sorted(fillings)
            }
            message.set(DELEXICALISED, list(written))
            message.set(AS_WRITTEN, list(written.values()))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add entities and the delexicalised text to each message."""
        for message in messages:
            text = readable(message.get(TEXT) or "")
            mentions = self._mentions(text)
            found = [_entity(mention) for mention in mentions]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
            message.set(DELEXICALISED, self._variants(text, mentions))
        return messages

    def _mentions(self, text: str) -> list[Mention]:
        """Return what a text names; "number four" names no liking for numbers."""
        found = self._linker.link(text)
        kept = [m for m in found if m.kind != "interest" or not _PLACE.match(text[m.start :])]
        return [one for mention in kept for one in self._in_plural(mention)]

    def _in_plural(self, mention: Mention) -> list[Mention]:
        """Return what "operations roles" or "sql jobs" names: not the one who has such a job."""
        jobs = _JOBS.search(mention.text) if mention.kind == "role" else None
        if jobs is None:
            return [mention]
        before = self._linker.link(mention.text[: jobs.start()])
        named = [m for m in before if m.kind in _ABOUT_JOBS]
        start = mention.start
        return [replace(m, start=start + m.start, end=start + m.end) for m in named] or [mention]

    def _variants(self, text: str, mentions: list[Mention]) -> list[Variant]:
        """Return the delexicalised readings; generic terms ("online shop") stand as they are."""
        if not self._config["delexicalise"]:
            return [Variant(text.lower(), frozenset())]
        return variants(
            text, [m for m in mentions if m.kind != "term" or m.id not in self._generic]
        )

    def _use(self, content: dict[str, Any]) -> None:
        self._linker = Linker.from_dict(content["linker"])
        self._generic = frozenset(content["generic"])


def make_linker(base: KnowledgeBase, folder: Path, known: Iterable[str]) -> Linker:
    """Return a linker for all names of a knowledge base.

    Args:
        base: the knowledge base.
        folder: where it lies, for the lists beside the entries.
        known: dictionary words, which are never taken for a misspelling.
    """
    short = short_names(base, load_person_words(folder))
    return Linker([*all_names(base), *short], hints(base), load_abbreviations(folder), known)


def descriptions(base: KnowledgeBase) -> list[str]:
    """Return what can be said in place of a role's name.

    Of very many descriptions those of the roles that most others work with.
    """
    roles = list(base.roles.values())
    if sum(len(role.described_as) for role in roles) > MOST_DESCRIPTIONS:
        roles.sort(key=lambda role: base.ties(role.id), reverse=True)
    phrases = (phrase for role in roles for phrase in role.described_as)
    nouns = (noun for phrase in phrases if (noun := as_noun(phrase)))
    return list(islice(nouns, MOST_DESCRIPTIONS))


def names_by_kind(names: Sequence[Name]) -> dict[str, list[str]]:
    """Return the names to fill slots with: those that name one kind of thing only."""
    kinds: dict[str, set[str]] = {}
    for name in names:
        kinds.setdefault(name.text.lower(), set()).add(name.kind)
    found: dict[str, list[str]] = {}
    for name in names:
        if len(kinds[name.text.lower()]) == 1:
            found.setdefault(name.kind, []).append(name.text)
    return found


def _entity(mention: Mention) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "entity": mention.kind,
        "value": mention.id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "confidence_entity": round(mention.score, 3),
        "extractor": KnowledgeLinker.__name__,
    }
    if mention.kind == HINT:
        entity["candidates"] = list(mention.candidates)
    return entity
