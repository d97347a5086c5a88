"""What `interview.yml` must hold, and that every mistake in it is told with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from chatbot.errors import KnowledgeError
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import load
from tests.support.paths import KNOWLEDGE, ROOT

FILE = "interview.yml"
Change = Callable[[dict[str, Any]], object]


def told(folder: Path, change: Change) -> list[str]:
    """Return what is told of a knowledge base whose interview was changed."""
    copied = Path(shutil.copytree(KNOWLEDGE, folder / "knowledge"))
    content = yaml.safe_load((copied / FILE).read_text("utf-8"))
    change(content)
    (copied / FILE).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(copied)
    return caught.value.problems


def first(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content["questions"][0]["options"][0]
    return found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: first(c)["interests"].update(poeple=1), ("'poeple'", "did you mean 'people'")),
        (lambda c: first(c).update(skills=["sqll"]), ("likes: people", "'sqll'", "'sql'")),
        (lambda c: first(c).update(groups=["marketting"]), ("'marketting'", "'marketing'")),
        (lambda c: c.update(sources=["onett"]), ("'onett'", "'onet'")),
        (lambda c: c["while_asking"].update(skipp=["x"]), ("'skipp' is no command", "'skip'")),
        (lambda c: c["while_asking"].pop("back"), ("while_asking: back is missing",)),
        (lambda c: c["questions"][1].update(id="likes"), ("'likes' stands there twice",)),
        (lambda c: c["questions"][0]["options"][1].update(id="people"), ("'people'", "twice")),
        (
            lambda c: first(c)["phrases"].append("numbers"),
            ("likes", "the phrase 'numbers'", "people and numbers"),
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, change: Change, says: tuple[str, ...]
) -> None:
    problems = told(tmp_path, change)
    assert any(FILE in line and all(part in line for part in says) for line in problems), problems


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: first(c).update(riasec={"X": 1}), "riasec"),
        (lambda c: first(c).update(interests={"people": -1}), "interests"),
        (lambda c: first(c).update(label="x" * 41), "label"),
        (lambda c: first(c).update(leads="soon"), "leads"),
        (lambda c: first(c).update(preparation=6), "preparation"),
        (lambda c: first(c).update(phrase=["x"]), "unknown key"),
        (lambda c: c["weights"].update(code=0), "weights.code"),
        (lambda c: c["questions"][0].update(options=[]), "needs at least 2"),
        (lambda c: c.pop("changing"), "changing"),
    ],
)
def test_what_does_not_fit_the_schema_is_told_with_its_key(
    tmp_path: Path, change: Change, says: str
) -> None:
    problems = told(tmp_path, change)
    assert problems
    assert all(FILE in line for line in problems)
    assert any(says in line for line in problems), problems


def test_each_question_has_its_slot_in_the_form(base: KnowledgeBase) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    slots = [f"interview_{key}" for key in base.interview.order]
    assert domain["forms"]["interview_form"]["required_slots"] == slots
    assert {*slots, "interview"} <= domain["slots"].keys()
    assert "validate_interview_form" in domain["actions"]


def test_there_are_five_to_seven_questions(base: KnowledgeBase) -> None:
    assert 5 <= len(base.interview.questions) <= 7
