"""Examples in which a job is described instead of named."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.knowledge.base import KnowledgeBase
from chatbot.nlu.delexicalise import placeholder
from chatbot.nlu.describing import as_noun, in_place_of_role, takes_description
from chatbot.nlu.knowledge_linker import DELEXICALISED, KnowledgeLinker, descriptions
from tests.support.checks import assert_none
from tests.support.linking import EXAMPLES, examples
from tests.support.paths import ROOT

ROLE = placeholder("role")
# An article too many, one that does not fit, a slot or a space that is left over.
_BAD = re.compile(
    r"\b(?:an?|the|our|my|your) (?:an?|the|whoever|someone|somebody|people)\b|\ba [aeio]|\{|  ",
    re.IGNORECASE,
)


def bad(text: str) -> int:
    return len(_BAD.findall(text))


@pytest.mark.parametrize(
    ("phrase", "noun"),
    [
        ("checks the parcels", "someone who checks the parcels"),
        ("who checks the parcels", "the person who checks the parcels"),
        ("Who checks the parcels", "the person Who checks the parcels"),
        ("responsible for the parcels", "the one responsible for the parcels"),
        ("boss of the parcels", "boss of the parcels"),
        ("logistics boss", "logistics boss"),
        ("people with headsets", "people with headsets"),
        ("my friend at the parcels", None),
    ],
)
def test_a_description_takes_a_form_that_stands_where_a_name_does(
    phrase: str, noun: str | None
) -> None:
    assert as_noun(phrase) == noun


@pytest.mark.parametrize(
    ("example", "noun", "text"),
    [
        ("tools of a {role}?", "someone who packs", "tools of someone who packs?"),
        ("tools of the {role}", "the one responsible", "tools of the one responsible"),
        ("what about your {role}", "people who pack", "what about people who pack"),
        ("tools of a {role}", "head of the packers", "tools of a head of the packers"),
        ("tools of a {role}", "owner of the boxes", "tools of the owner of the boxes"),
        ("all {role}s", "someone who packs", "all {role}s"),
        ("the {role}'s day", "someone who packs", "the {role}'s day"),
    ],
)
def test_a_description_stands_in_place_of_a_name(example: str, noun: str, text: str) -> None:
    assert in_place_of_role(example, noun, random.Random(1)) == text


@pytest.mark.parametrize("noun", ["boss of the parcels", "packing boss"])
def test_a_name_without_an_article_gets_one_or_none(noun: str) -> None:
    found = {in_place_of_role("{role} tools", noun, random.Random(seed)) for seed in range(20)}
    assert found == {f"{noun} tools", f"the {noun} tools"}


@pytest.mark.parametrize(
    ("example", "takes"),
    [
        ("tools of a {role}", True),
        ("{role} tools", True),
        ("tools of {role}s", False),
        ("the {role}'s tools", False),
        ("a {role} or a {role2}", False),
        ("does a {role} need {skill}", False),
        ("what is {term}", False),
        ("hello", False),
        ("{role} 需要什么", False),
    ],
)
def test_which_examples_take_a_description(example: str, takes: bool) -> None:
    assert takes_description(example) is takes


def test_every_example_with_any_description_reads_as_one_text(base: KnowledgeBase) -> None:
    chance = random.Random(3)
    nouns = descriptions(base)
    taking = [
        text
        for path in EXAMPLES.glob("*.yml")
        for text in examples(path)
        if takes_description(text)
    ]
    assert len(taking) > 100
    wrong = [
        made
        for text in taking
        for noun in nouns[::40]
        if bad(made := in_place_of_role(text, noun, chance))
        > bad(noun) + bad(text.replace("{role}", "buyer"))
    ]
    assert_none(wrong, "texts are badly joined")


def test_every_role_is_described_in_some_example(base: KnowledgeBase) -> None:
    nouns = set(descriptions(base))
    missing = [
        role.id
        for role in base.roles.values()
        if not nouns & {as_noun(phrase) for phrase in role.described_as}
    ]
    assert_none(missing, "roles are never described")


ROWS = [
    ("which tools does a {role} use", "tools"),
    ("what must a {role} know", "skills"),
    ("what sets a {role} apart from a {role2}", "compare"),
    ("does a {role} need {skill}", "skills"),
    ("what is {term}", "define"),
    ("good morning", "greet"),
]


def made_of(folder: Path, described: float) -> dict[str, list[str]]:
    """Return what the linker makes of the examples, by example."""
    config = KnowledgeLinker.get_default_config() | {"described": described}
    args: tuple[Any, ...] = (config, LocalModelStorage(folder), Resource("names"), None)
    data = TrainingData([Message(data={TEXT: text, INTENT: topic}) for text, topic in ROWS])
    KnowledgeLinker.create(*args).train(data)
    KnowledgeLinker.load(*args).process_training_data(data)
    return {message.get(TEXT): message.get(DELEXICALISED) for message in data.intent_examples}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[float, dict[str, list[str]]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)  # the settings name the knowledge base relative to the project
        shares = {0.0: "none", 1.0: "all"}
        return {
            share: made_of(tmp_path_factory.mktemp(name), share) for share, name in shares.items()
        }


def test_examples_about_one_role_are_also_learnt_with_a_description(
    made: dict[float, dict[str, list[str]]],
) -> None:
    for text, _ in ROWS[:2]:
        assert made[0.0][text] == [text.replace("{role}", ROLE)]
        more = [one for one in made[1.0][text] if f"a {ROLE} " not in one]
        assert len(more) == 1
        begin, end = text.split(" a {role} ")
        assert more[0].startswith(f"{begin} ")
        assert more[0].endswith(f" {end}")


def test_other_examples_are_learnt_as_they_are(
    made: dict[float, dict[str, list[str]]],
) -> None:
    for text, _ in ROWS[2:]:
        assert len(made[1.0][text]) == len(made[0.0][text])
        assert not any("someone" in one or "whoever" in one for one in made[1.0][text])


def test_no_share_of_described_examples_changes_what_names_make(
    made: dict[float, dict[str, list[str]]],
) -> None:
    for text, _ in ROWS:
        assert set(made[0.0][text]) & set(made[1.0][text])
