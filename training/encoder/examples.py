"""Collect what the encoder is tuned on: `data/nlu/` and `data/knowledge/`, nothing else.

Runs in the environment of the bot:

    uv run python -m training.encoder.examples /tmp/examples.json

Written to the file:
    topics   [message, topic]: examples of data/nlu/, names replaced by their kind
    asked    [message, the same with names replaced, topic, role]: examples with {role} in which the
             role is described instead of named
    phrases  {role: descriptions of it}
    texts    {kind: {entry: texts about it}}
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.describe import DESCRIBABLE, documents
from chatbot.knowledge.find import Linker
from chatbot.knowledge.load import load
from chatbot.knowledge.names import OCCUPATION, all_names
from chatbot.nlu.delexicalise import fill_slots, placeholder, spell_out, variants
from chatbot.nlu.describing import as_noun, in_place_of_role, takes_description
from chatbot.nlu.dictionary import dictionary_words
from chatbot.nlu.encoder import plain_words
from chatbot.nlu.knowledge_linker import make_linker, names_by_kind
from chatbot.nlu.lexicon import load_lexicon

KNOWLEDGE, NLU = Path("data/knowledge"), Path("data/nlu")
# Phrases are dealt into so many parts, of which one can be left out to be tested on.
PARTS = 6
_SEED = 7
_FILLINGS = 2
_ASKED_PER_EXAMPLE = 5
_OUT_OF_SCOPE = "out_of_scope"


class Example(NamedTuple):
    """A line of data/nlu/ and its topic."""

    text: str
    topic: str


@dataclass(frozen=True)
class Reader:
    """Reads messages as the bot does: names linked and replaced by their kind."""

    linker: Linker
    generic: frozenset[str]
    texting: Mapping[str, str]

    def delexicalise(self, message: str) -> str:
        """Return a message with names replaced by placeholders, as the topic model reads it."""
        mentions = [m for m in self.linker.link(message) if m.id not in self.generic]
        return spell_out(variants(message, mentions)[0].text, self.texting)

    def names_role(self, message: str) -> bool:
        """Tell whether a role is named."""
        return any(mention.kind == "role" for mention in self.linker.link(message))


def main() -> None:
    """Write the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("target", type=Path, help="the JSON file to write")
    parser.add_argument(
        "--without", type=Path, nargs="*", default=[], help="files of held-out messages, see README"
    )
    parser.add_argument("--without-part", type=int, help=f"phrases to leave out, 0..{PARTS - 1}")
    options = parser.parse_args()
    held_out = {example.text for path in options.without for example in read_tsv(path)}
    examples = [example for example in read_nlu(NLU) if example.text not in held_out]
    content = collect(load(KNOWLEDGE), examples, options.without_part)
    options.target.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def collect(
    base: KnowledgeBase, examples: Sequence[Example], without_part: int | None
) -> dict[str, Any]:
    """Return what is written."""
    reader = make_reader(base, examples)
    phrases = {
        str(role.id): [text for text in role.described_as if part_of(text) != without_part]
        for role in base.roles.values()
    }
    left_out = {text for role in base.roles.values() for text in role.described_as}
    left_out -= {text for texts in phrases.values() for text in texts}
    asked = describe_roles(examples, phrases, reader)
    return {
        "topics": topics(examples, base, reader),
        "asked": [[text, plain(text, reader), topic, role] for text, topic, role in asked],
        "phrases": phrases,
        "texts": {kind: _texts(base, kind, left_out) for kind in DESCRIBABLE},
    }


def read_nlu(folder: Path) -> list[Example]:
    """Return the examples of Rasa's training files."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in block.get("examples", "").splitlines():
                if "intent" in block and line.startswith("- "):
                    found.append(Example(line[2:].strip(), block["intent"]))
    return found


def read_tsv(path: Path) -> list[Example]:
    """Return the messages of a file with `topic TAB text` in each line."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [Example(row[1].strip(), row[0]) for row in rows]


def make_reader(base: KnowledgeBase, examples: Sequence[Example]) -> Reader:
    """Return a reader that knows all names of the base."""
    known = dictionary_words(example.text for example in examples)
    linker = make_linker(base, KNOWLEDGE, known)
    generic = frozenset(term.id for term in base.terms.values() if term.generic)
    return Reader(linker, generic, load_lexicon()["texting"])


def part_of(phrase: str) -> int:
    """Return the part that a phrase belongs to, whatever other phrases there are."""
    return zlib.crc32(phrase.encode()) % PARTS


def plain(message: str, reader: Reader) -> str:
    """Return a message as the encoder reads it for its topic."""
    return plain_words(reader.delexicalise(message))


def topics(
    examples: Sequence[Example], base: KnowledgeBase, reader: Reader
) -> list[tuple[str, str]]:
    """Return the examples filled with names and read by the bot, each once."""
    chance = random.Random(_SEED)
    fill = partial(fill_slots, names=names_by_kind(all_names(base)), chance=chance)
    found: dict[tuple[str, str], None] = {}
    for text, topic in examples:
        for message in sorted({fill(text) for _ in range(_FILLINGS)}):
            read = reader.delexicalise(message)
            # As the topic classifier does: to ask about an unknown job is not off the subject.
            if topic != _OUT_OF_SCOPE or placeholder(OCCUPATION) not in read:
                found[plain_words(read), topic] = None
    return list(found)


def describe_roles(
    examples: Sequence[Example], phrases: Mapping[str, Sequence[str]], reader: Reader
) -> list[tuple[str, str, str]]:
    """Return (message, topic, role) in which a phrase stands where an example has {role}."""
    chance = random.Random(_SEED)
    pairs = [(role, noun) for role in phrases for text in phrases[role] if (noun := as_noun(text))]
    fitting = [example for example in examples if takes_description(example.text)]
    found = [
        (in_place_of_role(example.text, noun, chance), example.topic, role)
        for example in fitting
        for role, noun in chance.sample(pairs, _ASKED_PER_EXAMPLE)
    ]
    return [row for row in found if not reader.names_role(row[0])]


def _texts(base: KnowledgeBase, kind: str, left_out: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, text in documents(base, kind):
        if text not in left_out:
            found.setdefault(key, []).append(text)
    return found


if __name__ == "__main__":
    main()
