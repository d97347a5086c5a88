"""Roles are found by what somebody says of them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from chatbot.knowledge.describe import DESCRIBABLE, Describer, documents, shortened, stems
from tests.support.base import knowledge_base


@lru_cache(maxsize=1)
def roles() -> Describer:
    return Describer(documents(knowledge_base(), "role"))


# Worded for this test; none of these stands in the knowledge base.
@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("somebody who opens cartons to look for faulty goods", "quality-controller"),
        ("the man deciding which trucks bring the parcels", "logistics-manager"),
        ("she retouches photos and makes banners", "visual-designer"),
        ("bids on search words so that the ad stands on top", "sem-specialist"),
        ("repairs the shop's computers when a system is down", "technical-support-engineer"),
        ("answers angry buyers who want their money back", "after-sales-customer-service"),
    ],
)
def test_a_description_leads_to_its_role(text: str, role: str) -> None:
    assert roles().rank(text)[0].id == role


def test_words_of_every_job_say_nothing() -> None:
    assert stems("what does the person in this job do all day?") == []
    assert roles().rank("what does the person in this job do?") == []


def test_guesses_come_best_first() -> None:
    scores = [guess.score for guess in roles().rank("packs parcels and counts the stock")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1


@pytest.mark.parametrize("kind", DESCRIBABLE)
def test_a_stored_describer_guesses_the_same(tmp_path: Path, kind: str) -> None:
    describer = Describer(documents(knowledge_base(), kind))
    describer.save(tmp_path / "it.npz")
    again = Describer.load(tmp_path / "it.npz")
    text = "checks returned parcels and the stock on the shelf"
    mine, theirs = describer.rank(text), again.rank(text)
    assert [guess.id for guess in mine] == [guess.id for guess in theirs]
    assert [guess.score for guess in mine] == pytest.approx([g.score for g in theirs], abs=1e-5)


def test_every_role_is_found_by_its_own_descriptions() -> None:
    base = knowledge_base()
    wrong = [
        f"{role.id}: {text!r}"
        for role in base.roles.values()
        for text in role.described_as
        if role.id not in [guess.id for guess in roles().rank(text)[:2]]
    ]
    assert wrong == []


def rows(**sizes: int) -> list[tuple[str, str]]:
    return [(key, f"{key} {place}") for key, size in sizes.items() for place in range(size)]


def test_few_texts_are_all_kept() -> None:
    assert shortened(rows(a=3, b=5), 8) == rows(a=3, b=5)


def test_of_too_many_texts_the_first_entries_keep_all_and_the_others_their_first() -> None:
    kept = shortened(rows(a=6, b=6, c=6, d=2), 12)
    assert kept == rows(a=6, b=4, c=1, d=1)


def test_every_entry_keeps_a_text_however_many_there_are() -> None:
    many = rows(**{f"e{place}": 4 for place in range(50)})
    assert {key for key, _ in shortened(many, 10)} == {key for key, _ in many}


def test_a_text_that_is_kept_without_a_vector_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.knowledge.describe.MOST_VECTORS", 2)
    texts = [("packer", "packs parcels"), ("packer", "counts boxes"), ("host", "films lipsticks")]
    unit = np.array([[1.0, 0.0]], np.float32)
    describer = Describer(texts, lambda said: np.repeat(unit, len(said), axis=0))
    found = describer.rank("counts boxes", meanings=unit)
    assert found[0].id == "packer"
    assert {guess.id for guess in found} == {"packer", "host"}


def test_the_roles_that_most_others_work_with_come_first() -> None:
    base = knowledge_base()
    ties = [base.ties(key) for key in dict.fromkeys(key for key, _ in documents(base, "role"))]
    assert ties == sorted(ties, reverse=True)
