from __future__ import annotations

import random

import pytest

from chatbot.nlu.delexicalise import KINDS, placeholder
from chatbot.nlu.encoder import parts, plain_words
from training.encoder.examples import as_noun, in_place_of_role, part_of


@pytest.mark.parametrize(
    ("read", "plain"),
    [
        ("what does a xrolex do", "what does a role do"),
        ("who uses xtoolx in xgroupx ?", "who uses software in department ?"),
        ("is xbusinessmodelx better", "is business model better"),
        ("no names here", "no names here"),
        ("", ""),
    ],
)
def test_placeholders_become_words_that_the_model_knows(read: str, plain: str) -> None:
    assert plain_words(read) == plain


def test_every_kind_has_a_word() -> None:
    found = plain_words(" ".join(placeholder(kind) for kind in KINDS))
    assert not [word for word in found.split() if word.startswith("x")]


def test_a_short_message_is_its_only_part() -> None:
    assert parts("what is CRM") == ["what is CRM"]


def test_clauses_and_descriptions_are_parts() -> None:
    assert parts("My mum asked, over tea, what the guy who packs boxes earns") == [
        "My mum asked, over tea, what the guy who packs boxes earns",
        "My mum asked",
        "what the guy who packs boxes earns",
        "guy who packs boxes earns",
        "who packs boxes earns",
    ]


def test_no_part_comes_twice() -> None:
    found = parts("who packs the boxes; who packs the boxes")
    assert len(found) == len(set(found))


def test_an_empty_message_has_one_empty_part() -> None:
    assert parts("") == [""]


@pytest.mark.parametrize(
    ("phrase", "noun"),
    [
        ("the one who packs", "the one who packs"),
        ("who packs boxes", "the person who packs boxes"),
        ("responsible for the boxes", "the one responsible for the boxes"),
        ("packs boxes", "someone who packs boxes"),
        ("boss of the packers", "boss of the packers"),
        ("my aunt packs boxes", None),
    ],
)
def test_a_description_gets_a_form_that_stands_for_a_name(phrase: str, noun: str | None) -> None:
    assert as_noun(phrase) == noun


@pytest.mark.parametrize(
    ("example", "noun", "message"),
    [
        ("what does a {role} do", "the one who packs", "what does the one who packs do"),
        ("what does a {role} do", "parcel packer", "what does a parcel packer do"),
        ("what does a {role} do", "older packer", "what does the older packer do"),
        ("Our {role} left", "whoever packs", "whoever packs left"),
    ],
)
def test_a_description_takes_the_place_of_a_role(example: str, noun: str, message: str) -> None:
    assert in_place_of_role(example, noun, random.Random(0)) == message


def test_a_phrase_stays_in_its_part_whatever_else_is_there() -> None:
    # Held-out phrases must stay held out when others are added; so the number is fixed.
    assert [part_of(text) for text in ("parcel packer", "who packs boxes")] == [5, 0]
