"""Put descriptions of roles into examples, so that jobs without a name are learnt as well.

"which tools does a {role} use" becomes "which tools does whoever checks the parcels use", with what
`described_as` of the knowledge base says.
"""

from __future__ import annotations

import random
import re

from chatbot.nlu.delexicalise import slot_kinds

# "a {role}", but not "{role}s" or "{role}'s", which no description fits into.
_SLOT = re.compile(
    r"(\b(?:an?|the|our|my|your|her|his|this|that|one|some) )?\{role\}(?![\w'’])", re.IGNORECASE
)
_DETERMINED = frozenset(
    ("the", "a", "an", "whoever", "someone", "sb", "somebody", "ppl", "people", "folks", "one")
    + ("that", "those", "anyone")
)
_NOUNS_IN_S = frozenset({"boss", "folks", "logistics", "sales"})


def as_noun(phrase: str) -> str | None:
    """Return a description in a form that can stand where a name stands; None if it has none."""
    first = phrase.split()[0].lower()
    if first == "my":
        return None
    if first == "who":
        return f"the person {phrase}"
    if first == "responsible":
        return f"the one {phrase}"
    if first.endswith("s") and first not in _NOUNS_IN_S:
        return f"someone who {phrase}"
    return phrase


def in_place_of_role(example: str, noun: str, chance: random.Random) -> str:
    """Return an example with a description where `{role}` stood, its article mended.

    Args:
        example: a line of data/nlu/.
        noun: what `as_noun` returned.
        chance: picks the article.
    """

    def name(slot: re.Match[str]) -> str:
        if noun.split()[0].lower() in _DETERMINED:
            return noun
        article = slot[1] or chance.choice(("the ", "the ", ""))
        if article.lower() in ("a ", "an ") and noun[0] in "aeiou":
            article = "the "
        return article + noun

    return _SLOT.sub(name, example)


def takes_description(example: str) -> bool:
    """Tell whether a description fits into an example: it names a role and nothing else."""
    one_slot = example.count("{") == 1 and slot_kinds(example) == {"role"}
    return one_slot and example.isascii() and _SLOT.search(example) is not None
