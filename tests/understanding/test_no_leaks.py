"""No message of the evaluation stands in the training data, nor a near copy of it.

Otherwise the figures would tell how well the bot remembers. Two people may well ask the same short
thing ("hi", "skills of a buyer"), so only messages with enough words of their own are looked at.
"""

from __future__ import annotations

from functools import lru_cache

import pytest
import yaml

from chatbot.evaluation.cases import DIALOGUES, SINGLES, read
from chatbot.evaluation.stock_data import read_examples
from tests.support.base import knowledge_base
from tests.support.checks import assert_none
from tests.support.likeness import likeness, nearest, own_words, without_names, words
from tests.support.paths import ROOT

# From this likeness on a message counts as a near copy; see the examples below.
NEAR_COPY = 0.75
# Shorter messages are alike because there are few ways to ask; so many words, names not counted.
LEAST_OWN_WORDS = 5
# A message of so many words must not stand in the training data as it is.
LEAST_WORDS = 4
EVALUATION = ROOT / "tests" / "understanding"


@lru_cache(maxsize=1)
def examples() -> list[tuple[str, str]]:
    """Return file and text of every training example."""
    found = read_examples(ROOT / "data" / "nlu")
    return [(f"{intent}.yml", text) for intent, texts in found.items() for text in texts]


@lru_cache(maxsize=1)
def messages() -> list[str]:
    talks = read(EVALUATION, knowledge_base(), (SINGLES, DIALOGUES))
    return list(dict.fromkeys(case.text for talk in talks for case in talk.turns))


def test_no_message_stands_in_the_training_data() -> None:
    known = {tuple(words(text)): file for file, text in examples()}
    copies = [text for text in messages() if tuple(words(text)) in known]
    assert_none(
        (
            f"{known[tuple(words(text))]} has {text!r}"
            for text in copies
            if len(words(text)) >= LEAST_WORDS
        ),
        "messages of the evaluation stand in the training data",
    )


def test_no_message_is_a_near_copy_of_a_training_example() -> None:
    asked = [text for text in messages() if own_words(text) >= LEAST_OWN_WORDS]
    found = nearest(asked, [text for _, text in examples()])
    assert_none(
        (
            f"{one.likeness:.2f} {text!r} is like {examples()[one.place][1]!r} "
            f"in {examples()[one.place][0]}"
            for text, one in zip(asked, found, strict=True)
            if one.likeness >= NEAR_COPY
        ),
        "messages of the evaluation are near copies of training examples",
    )


@pytest.mark.parametrize(
    ("message", "example"),
    [
        ("who won the match last nite", "who won the match last night"),
        (
            "What does a CRM specialist actually do all day?",
            "what does a {role} actually do all day",
        ),
        ("what's the difference between them", "what's the difference between those two"),
    ],
)
def test_a_message_with_another_name_or_another_ending_is_a_near_copy(
    message: str, example: str
) -> None:
    assert likeness(message, example) >= NEAR_COPY


@pytest.mark.parametrize(
    ("message", "example"),
    [
        (
            "Which further positions does that department comprise?",
            "Which positions are in {group}?",
        ),
        ("what do I have to learn to be a buyer", "What should I study to become a {role}?"),
        (
            "How does Tmall organise its service people?",
            "How does {company} organise its e-commerce?",
        ),
    ],
)
def test_the_same_question_in_other_words_is_none(message: str, example: str) -> None:
    assert likeness(message, example) < NEAR_COPY


def test_names_do_not_make_messages_differ() -> None:
    assert without_names("What do CRM specialists do?") == without_names("what do {role} do")


def test_the_whole_text_counts_not_only_what_an_example_has() -> None:
    assert (
        likeness("tell me more about it and about everything else you know", "tell me more") < 0.5
    )


def test_every_file_of_the_evaluation_is_read() -> None:
    files = {path.name for path in EVALUATION.rglob("*.yml")}
    assert files == {
        path.name for kind in (SINGLES, DIALOGUES) for path in (EVALUATION / kind).glob("*")
    }
    assert all(
        yaml.safe_load(path.read_text("utf-8"))["voice"] for path in EVALUATION.rglob("*.yml")
    )
