"""Replace names by their kind, so that what is asked does not hang on which role is named.

"what does a CRM specialist do" becomes "what does a xrolex do": the classifier learns one sentence
instead of one per role, and a role added later needs no new examples.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatbot.knowledge.find import Mention
from chatbot.knowledge.names import HINT, OCCUPATION

# Kinds that are replaced, in the order of preference where one stretch names several things.
# Interests are left as they stand: "I like drawing" is plain language.
KINDS = (
    "role",
    OCCUPATION,
    "group",
    "skill",
    "tool",
    "term",
    "process",
    "company",
    "business_model",
    "shop_size",
)
_COUNTED = re.compile(r"(?:people|person|staff|men|women|employees|workers|heads|x\w+x|jobs|roles)")
# A sentence of fewer words is a greeting or an exclamation.
_SHORTEST = 4
# How a question begins, or what a keyword asks for.
# "The man who is responsible for stock" asks nothing by itself, nor does "there is a junior here".
_ASKING = re.compile(
    r"^(?:\S+ ){0,3}(?:what|wat|whats|which|how|where"
    r"|skills?|tools?|software|programs?|apps?|dut(?:y|ies)|tasks?|responsibilities|career|meaning)\b"
    r"|^(?:(?:and|n|so|ok|but|also|then|well|please)[ ,]+)*(?:(?:with|to|from|for) )?"
    r"(?:who|whom|whos|does|do|is|are|can|should|must)\b(?! whatever)"
)
# "Person which answers the clients" asks nothing either.
_RELATIVE = re.compile(
    r"(?:\S+ ){0,2}(?:persons?|people|ppl|ones?|man|woman|guys?|girl|lady|colleague|worker|somebody"
    r"|someone|sb|those) (?:which|who|that|where|what)\b"
)
# Messages of more parts are stories or lists.
_MOST_QUESTIONS = 4
# What only asks to be answered, behind a question.
_BEGS = re.compile(
    r"(?:(?:so|and|please|pls|now|well)[ ,]+)*(?:can|could|would|will) (?:you|u|anyone|anybody"
    r"|someone|somebody) (?:please |pls |maybe |perhaps )*(?:help|tell|explain|advise|enlighten)\b"
    r"(?: (?:me|us|out|with (?:that|this|it)|here|a bit|please|pls|about (?:it|that)))*[?.! ]*$"
    r"|(?:any|some) (?:ideas?|help|advice|clue|thoughts?)\b.{0,15}$|thank(?:s| you)\b.{0,25}$"
)
_SENTENCE = re.compile(r"(?<=[.?!…])\s+")
# Where one question may end and another begin ("what does he do and which tools does he need").
_JOINT = re.compile(
    r"\s*[?;]\s+(?=\w)|,?\s+(?:and|n|&|\+|plus|also|as well as)\s+(?:also\s+)?"
    r"|,\s+(?=(?:what|which|how|who|where)\b)"
)
_SLOT = re.compile(r"\{([a-z_]+?)2?\}")
_SLOT_KINDS = {"model": "business_model", "size": "shop_size", "job": OCCUPATION}


def placeholder(kind: str) -> str:
    """Return the word that stands for a name of this kind, e.g. `xrolex`."""
    return f"x{'role' if kind == HINT else kind.replace('_', '')}x"


@dataclass(frozen=True)
class Variant:
    """A delexicalised message and the kinds of the names that were replaced in it."""

    text: str
    kinds: frozenset[str]


def variants(text: str, mentions: Sequence[Mention]) -> list[Variant]:
    """Return the delexicalised readings of a message.

    Where one stretch names things of several kinds ("CRM" is a term and stands for a role), there
    is one reading for each kind; which of them makes sense depends on what is asked.
    """
    spans: dict[tuple[int, int], set[str]] = {}
    for mention in mentions:
        kind = "role" if mention.kind == HINT else mention.kind
        if kind in KINDS:
            spans.setdefault((mention.start, mention.end), set()).add(kind)
    shared = {kind for kinds in spans.values() if len(kinds) > 1 for kind in kinds}
    preferred = [kind for kind in KINDS if kind in shared] or [KINDS[0]]
    return list(dict.fromkeys(_variant(text, spans, kind) for kind in preferred))


def _variant(text: str, spans: Mapping[tuple[int, int], set[str]], preferred: str) -> Variant:
    parts: list[str] = []
    used: set[str] = set()
    last = 0
    for (start, end), kinds in sorted(spans.items()):
        if start < last:
            continue
        kind = preferred if preferred in kinds else min(kinds, key=KINDS.index)
        used.add(kind)
        parts += [text[last:start], f" {placeholder(kind)} "]
        last = end
    parts.append(text[last:])
    return Variant(" ".join("".join(parts).lower().split()), frozenset(used))


def question_part(text: str) -> str:
    """Return the last sentence that asks something, or the last one, of a longer message.

    People tell a story and ask at its end; "can you help me out?" behind it asks nothing more.
    Empty for a message of one sentence.
    """
    sentences = [part.strip() for part in _SENTENCE.split(text) if len(part.split()) >= _SHORTEST]
    if len(sentences) < 2:
        return ""
    sentences = [part for part in sentences if not _BEGS.match(part)] or sentences
    asking = [part for part in sentences if part.endswith("?")]
    return (asking or sentences)[-1]


def joined_questions(text: str) -> list[str]:
    """Return the parts of a message that may be questions of their own; empty if it has one part.

    Args:
        text: a delexicalised message.
    """
    parts = [part.strip(" ,.!?") for part in _JOINT.split(text)]
    parts = [part for part in parts if part]
    asking = all(_ASKING.search(part) and not _RELATIVE.match(part) for part in parts)
    return parts if asking and 1 < len(parts) <= _MOST_QUESTIONS else []


def spell_out(text: str, texting: Mapping[str, str]) -> str:
    """Return a delexicalised message with texting forms ("wat r u") spelt out.

    A figure stands for itself before a word for people or a name ("2 people").
    """
    words = text.split(" ")
    return " ".join(
        word if word.isdigit() and _COUNTED.match(" ".join(words[place + 1 : place + 2])) else said
        for place, word in enumerate(words)
        if (said := texting.get(word.rstrip("?.,!"), word))
    )


def fill_slots(text: str, names: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """Return a training example with each slot such as `{role}` replaced by a name of that kind.

    Args:
        text: the example as `data/nlu/` holds it.
        names: names by kind.
        chance: picks the names; seed it to get the same examples again.
    """

    def name(match: re.Match[str]) -> str:
        kind = _SLOT_KINDS.get(match[1], match[1])
        return chance.choice(names[kind]) if names.get(kind) else match[0]

    return _SLOT.sub(name, text)


def slot_kinds(text: str) -> set[str]:
    """Return the kinds of the slots of an example."""
    return {_SLOT_KINDS.get(name, name) for name in _SLOT.findall(text)}
