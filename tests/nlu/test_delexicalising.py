"""Names are replaced by their kind before the topic is guessed."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from chatbot.knowledge.find import Mention
from chatbot.nlu.delexicalise import KINDS, fill_slots, placeholder, slot_kinds, variants

ROLE = placeholder("role")


def mention(text: str, name: str, kind: str) -> Mention:
    start = text.index(name)
    return Mention(kind, "some-id", start, start + len(name), name)


def readings(text: str, *names: tuple[str, str]) -> Sequence[str]:
    return [v.text for v in variants(text, [mention(text, name, kind) for name, kind in names])]


def test_a_name_is_replaced_by_its_kind() -> None:
    text = "What does a CRM specialist do?"
    assert readings(text, ("CRM specialist", "role")) == [f"what does a {ROLE} do?"]


def test_two_names_are_both_replaced() -> None:
    text = "buyer or packer"
    assert readings(text, ("buyer", "role"), ("packer", "role")) == [f"{ROLE} or {ROLE}"]


def test_a_partial_name_counts_as_a_role() -> None:
    assert readings("the manager", ("manager", "role_hint")) == [f"the {ROLE}"]


def test_a_name_of_two_kinds_has_a_reading_for_each() -> None:
    found = readings("what is CRM", ("CRM", "term"), ("CRM", "skill"))
    assert sorted(found) == sorted(f"what is {placeholder(kind)}" for kind in ("term", "skill"))


def test_an_interest_stays_as_it_stands() -> None:
    assert readings("I like drawing", ("drawing", "interest")) == ["i like drawing"]


def test_a_message_without_names_is_only_lower_cased() -> None:
    assert readings("Hello   THERE") == ["hello there"]


def test_of_names_that_overlap_the_first_is_replaced() -> None:
    text = "data analyst tools"
    found = readings(text, ("data analyst", "role"), ("analyst tools", "tool"))
    assert found == [f"{ROLE} tools"]


def test_kinds_have_placeholders_of_their_own() -> None:
    assert len({placeholder(kind) for kind in KINDS}) == len(KINDS)


def test_a_reading_says_which_kinds_it_holds() -> None:
    text = "buyer"
    (found,) = variants(text, [mention(text, "buyer", "role")])
    assert found.kinds == frozenset({"role"})


def test_slots_are_filled_with_names_of_their_kind() -> None:
    names = {"role": ["buyer"], "business_model": ["own mall"]}
    filled = fill_slots("a {role}, a {role2}, {model}", names, random.Random(1))
    assert filled == "a buyer, a buyer, own mall"


def test_a_slot_without_names_stays() -> None:
    assert fill_slots("{term}?", {}, random.Random(1)) == "{term}?"


def test_the_same_seed_fills_alike() -> None:
    names = {"role": [str(number) for number in range(99)]}
    one, other = (fill_slots("{role} {role}", names, random.Random(4)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("text", "kinds"), [("{role} {role2}", {"role"}), ("{model}", {"business_model"}), ("x", set())]
)
def test_the_kinds_of_an_examples_slots(text: str, kinds: set[str]) -> None:
    assert slot_kinds(text) == kinds
