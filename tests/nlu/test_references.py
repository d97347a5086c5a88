"""Words that point back, places in a list, and jobs nobody has told the bot about."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from chatbot.nlu import references
from chatbot.nlu.references import References

LEXICON = Path(references.__file__).with_name("lexicon.yml")


@pytest.fixture(scope="module")
def finder() -> References:
    return References(yaml.safe_load(LEXICON.read_text("utf-8")))


def found(finder: References, text: str, taken: str = "") -> set[tuple[str, str]]:
    start = text.index(taken)
    places = dict.fromkeys(range(start, start + len(taken)), "role")
    return {(entity["entity"], entity["value"]) for entity in finder.find(text, places)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("which skills does it need?", "it"),
        ("And its tools?", "it"),
        ("what does that person do", "it"),
        ("how do they work", "it"),
        ("jobs in this group", "group"),
        ("compare both", "both"),
        ("and the other one?", "other"),
        ("tell me more", "more"),
        ("Go back", "back"),
        ("what about a buyer", "same"),
    ],
)
def test_references(finder: References, text: str, value: str) -> None:
    assert ("reference", value) in found(finder, text)


@pytest.mark.parametrize(
    ("text", "place"),
    [("the first one", "1"), ("the second", "2"), ("3rd", "3"), ("number 4", "4"), ("the 5th", "5")]
    + [("the last one please", "-1"), ("the former", "1"), ("latter", "2")]
    + [("the middle one", "middle"), ("the sixth?", "6"), ("number seven", "7")],
)
def test_places_in_a_list(finder: References, text: str, place: str) -> None:
    assert ("ordinal", place) in found(finder, text)


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("what does a dog walker do?", "dog walker"),
        ("How do I become an astronaut", "astronaut"),
        ("skills for a plumber?", "plumber"),
    ],
)
def test_a_job_without_an_entry_is_seen_by_what_stands_around_it(
    finder: References, text: str, job: str
) -> None:
    assert ("unknown_role", job) in found(finder, text)


def test_a_thing_without_an_entry_is_seen_by_what_stands_around_it(finder: References) -> None:
    assert ("unknown_thing", "blockchain") in found(finder, "what is blockchain?")


def test_a_known_name_is_no_unknown_job(finder: References) -> None:
    text = "what does a data analyst do?"
    kinds = {kind for kind, _ in found(finder, text, "data analyst")}
    assert "unknown_role" not in kinds


@pytest.mark.parametrize("text", ["what does a team do?", "what do they do", "become a specialist"])
def test_everyday_words_are_no_unknown_jobs(finder: References, text: str) -> None:
    assert "unknown_role" not in {kind for kind, _ in found(finder, text)}


def test_a_reference_inside_a_known_name_does_not_count(finder: References) -> None:
    assert found(finder, "first line agent", "first line agent") == set()


def test_a_place_counts_although_a_word_of_it_is_also_something_one_can_like(
    finder: References,
) -> None:
    text = "number four, please"
    found_here = finder.find(text, dict.fromkeys(range(6), "interest"))
    assert [(one["entity"], one["value"]) for one in found_here] == [("ordinal", "4")]


def test_a_reference_inside_a_word_does_not_count(finder: References) -> None:
    assert found(finder, "Italy sits, commit, hershey, backend") == set()


def test_entities_say_where_they_stand(finder: References) -> None:
    text = "and the second one?"
    spans = {text[e["start"] : e["end"]] for e in finder.find(text, {})}
    assert "the second one" in spans


@pytest.mark.parametrize("text", ["", " ", "😀", "\x00\x07", "?" * 5000, "it " * 5000])
def test_odd_messages_do_no_harm(finder: References, text: str) -> None:
    finder.find(text, {})
