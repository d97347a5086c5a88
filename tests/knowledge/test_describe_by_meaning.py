"""Descriptions compared by their meaning as well as by their words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chatbot.knowledge.describe import Describer

PACKS, FILMS, COUNTS = np.eye(3, dtype=np.float32)
TEXTS = [
    ("packer", "packs parcels"),
    ("packer", "seals cartons"),
    ("host", "films lipsticks"),
    ("clerk", "counts boxes"),
]
_MEANINGS = {"packs parcels": PACKS, "seals cartons": PACKS, "films lipsticks": FILMS}


def encode(texts: Sequence[str]) -> np.ndarray[Any, Any]:
    return np.array([_MEANINGS.get(text, COUNTS) for text in texts], np.float32)


def meanings(*rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.array(rows, np.float32)


@pytest.fixture
def describer() -> Describer:
    return Describer(TEXTS, encode)


@pytest.mark.parametrize(
    ("meaning", "entry"), [(PACKS, "packer"), (FILMS, "host"), (COUNTS, "clerk")]
)
def test_what_no_text_says_is_found_by_what_it_means(
    describer: Describer, meaning: np.ndarray[Any, Any], entry: str
) -> None:
    assert describer.rank("hugs babies") == []
    assert describer.rank("hugs babies", meanings=meanings(meaning))[0].id == entry


def test_the_nearest_of_several_parts_counts(describer: Describer) -> None:
    far = (PACKS + FILMS + COUNTS) / np.sqrt(3)
    vague = describer.rank("hugs babies", meanings=meanings(far))
    clear = describer.rank("hugs babies", meanings=meanings(far, FILMS))
    assert clear[0].id == "host"
    assert clear[0].score > max(guess.score for guess in vague)


def test_words_and_meaning_count_together(describer: Describer) -> None:
    words = {guess.id: guess.score for guess in describer.rank("films lipsticks")}
    both = {g.id: g.score for g in describer.rank("films lipsticks", meanings=meanings(FILMS))}
    only = {g.id: g.score for g in describer.rank("hugs babies", meanings=meanings(FILMS))}
    assert both["host"] == pytest.approx(words["host"] + only["host"], rel=1e-5)


def test_a_text_that_says_nothing_is_not_guessed_by_its_meaning(describer: Describer) -> None:
    assert describer.rank("what does the person do", meanings=meanings(PACKS)) == []


def test_a_describer_with_vectors_ranks_words_alone_as_one_without(describer: Describer) -> None:
    plain = Describer(TEXTS)
    for text in ("packs boxes", "films parcels", "seals and counts"):
        assert describer.rank(text) == plain.rank(text)


def test_a_describer_without_vectors_leaves_meanings_aside() -> None:
    plain = Describer(TEXTS)
    assert plain.rank("packs boxes", meanings=meanings(FILMS)) == plain.rank("packs boxes")


@pytest.mark.parametrize("with_vectors", [True, False])
def test_a_stored_describer_ranks_meanings_alike(tmp_path: Path, with_vectors: bool) -> None:
    describer = Describer(TEXTS, encode if with_vectors else None)
    describer.save(tmp_path / "it.npz")
    again = Describer.load(tmp_path / "it.npz")
    for text, meaning in (("packs boxes", FILMS), ("films parcels", COUNTS)):
        mine = describer.rank(text, meanings=meanings(meaning))
        theirs = again.rank(text, meanings=meanings(meaning))
        assert [guess.id for guess in mine] == [guess.id for guess in theirs]
        assert [g.score for g in theirs] == pytest.approx([g.score for g in mine], abs=1e-3)
