"""The small patterns of English that the dialogue reads."""

from __future__ import annotations

import pytest

from chatbot.dialogue import english


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a shop of 15 people", 15),
        ("we are four of us", 4),
        ("a group with 3,000 employees", 3000),
        ("thousands of people work there", 3000),
        ("fifteen people", 15),
        ("15 duties of a buyer", None),
        ("people", None),
    ],
)
def test_numbers_of_people_are_read(text: str, number: int | None) -> None:
    assert english.people(text) == number


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("the warehouse one", "warehouse"),
        ("tell me about the seo guy", "seo"),
        ("chief of transport", "transport"),
        ("what does a buyer do", ""),
    ],
)
def test_the_word_of_a_name_is_found(text: str, part: str) -> None:
    assert english.part_of_name(text) == part


@pytest.mark.parametrize("before", ["jobs without ", "I hate ", "i don't like ", "no more "])
def test_what_is_not_wanted_is_noticed(before: str) -> None:
    assert english.is_negated(before)


@pytest.mark.parametrize("before", ["I like ", "not too much stress, but ", ""])
def test_what_is_wanted_is_not_taken_for_the_opposite(before: str) -> None:
    assert not english.is_negated(before)


def test_somebodys_own_trade_is_no_question() -> None:
    assert english.is_background("I was a ")
    assert english.is_background("After ten years as a ")
    assert not english.is_background("what does a ")


def test_a_message_that_goes_on_is_told_from_one_that_turns_to_something_new() -> None:
    assert english.goes_on("and the buyer?")
    assert not english.goes_on("anderson")
    assert english.introduces("tell me about the buyer")
    assert not english.introduces("what about the buyer")
