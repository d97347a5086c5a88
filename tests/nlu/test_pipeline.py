"""The trained pipeline of config.yml as a whole."""

from __future__ import annotations

import pytest
import yaml

from chatbot.dialogue import topics
from tests.support.paths import ROOT
from tests.support.understanding import Parser


def test_entities_have_the_ids_of_their_entries_as_values(parser: Parser) -> None:
    found = parser("What does a CRM specialist do?")["entities"]
    assert ("role", "crm-specialist") in {(e["entity"], e["value"]) for e in found}


def test_an_entity_says_where_it_stands_and_how_sure_it_is(parser: Parser) -> None:
    text = "skills of a wareghouse manager"
    entity = next(e for e in parser(text)["entities"] if e["value"] == "warehouse-manager")
    assert text[entity["start"] : entity["end"]] == "wareghouse manager"
    assert 0 < entity["confidence_entity"] < 1


def test_a_hint_brings_its_candidates(parser: Parser) -> None:
    entities = parser("what does the manager do?")["entities"]
    (hint,) = [e for e in entities if e["entity"] == "role_hint"]
    assert "warehouse-manager" in hint["candidates"]


def test_the_ranking_starts_with_the_intent_and_falls(parser: Parser) -> None:
    parsed = parser("who does the buyer work with?")
    chances = [row["confidence"] for row in parsed["intent_ranking"]]
    assert parsed["intent_ranking"][0] == parsed["intent"]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)


def test_intents_and_entities_are_those_of_the_domain(parser: Parser) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    intents = {name for row in domain["intents"] for name in row}
    assert intents == set(topics.INTENTS)
    for text in ("what is C2B?", "the second one", "nurse?", "a shop of 5 people", "I like people"):
        parsed = parser(text)
        assert parsed["intent"]["name"] in intents
        assert {e["entity"] for e in parsed["entities"]} <= set(domain["entities"])


@pytest.mark.parametrize(
    "text",
    ["warehouse manager", "Data analyst", "buyer", "仓库经理"],
)
def test_what_is_asked_does_not_hang_on_who_is_named(parser: Parser, text: str) -> None:
    assert parser(f"Which skills does a {text} need?")["intent"]["name"] == "skills"


def test_the_same_message_is_parsed_alike(parser: Parser) -> None:
    text = "compare the buyer and the logistics manager"
    assert parser(text) == parser.again(text)
