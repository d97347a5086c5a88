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


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("what is C2M", "C2M"),
        ("whats gmv mean", "gmv"),
        ("and what is fan service again?", "fan service"),
        ("what is that", ""),
        ("what does it mean", ""),
        ("what does a buyer do all day", ""),
    ],
)
def test_the_word_that_is_asked_for_is_found(text: str, word: str) -> None:
    assert english.asked_word(text) == word


@pytest.mark.parametrize("text", ["which one needs more writing", "is he more busy than her"])
def test_more_that_compares_wants_no_longer_answer(text: str) -> None:
    assert english.weighs(text)


@pytest.mark.parametrize("text", ["tell me more", "more on the first", "more about its tools"])
def test_more_that_wants_a_longer_answer_compares_nothing(text: str) -> None:
    assert not english.weighs(text)


def test_the_asking_sentence_of_a_story_is_found() -> None:
    story = "I was a nurse. Then I met a buyer, who laughed. What does he do? It is for my son."
    assert story[english.question_start(story) :].startswith("What does he do?")
    assert english.question_start("what does a buyer do") == 0


@pytest.mark.parametrize("before", ["I don't know the word ", "never heard of ", "not sure about "])
def test_what_is_not_known_is_not_unwanted(before: str) -> None:
    assert not english.is_negated(before)


@pytest.mark.parametrize("text", ["back to the first one", "the last one, please", "the other job"])
def test_a_place_in_a_list_is_no_word_of_a_name(text: str) -> None:
    assert english.part_of_name(text) == ""
