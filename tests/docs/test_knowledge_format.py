"""docs/knowledge-format.md says what the schema says."""

from __future__ import annotations

import re

import pytest
import yaml
from pydantic import BaseModel

from chatbot.knowledge import model
from chatbot.knowledge.base import KINDS
from tests.support.paths import KNOWLEDGE, ROOT

TEXT = (ROOT / "docs" / "knowledge-format.md").read_text("utf-8")
PARTS = [
    cls
    for cls in vars(model).values()
    if isinstance(cls, type) and issubclass(cls, model.Part) and cls not in (model.Part, model.Node)
]
# Made by the program, or explained under another heading.
_NOT_WRITTEN = {model.Handover}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_key_of_the_schema_is_explained(part: type[BaseModel]) -> None:
    keys = [field.alias for field in part.__fields__.values() if part not in _NOT_WRITTEN]
    assert [key for key in keys if not re.search(rf"\b{key}\b", TEXT)] == []


@pytest.mark.parametrize("place", [place for _, place in KINDS.values()])
def test_every_file_is_explained(place: str) -> None:
    assert (place if "." in place else f"{place}/<") in TEXT
    assert (KNOWLEDGE / place).exists()


def test_the_example_of_a_role_fits_the_schema() -> None:
    block = next(b for b in re.findall(r"```yaml\n(.*?)```", TEXT, re.S) if "works_most_with" in b)
    example = yaml.safe_load(block)
    assert set(example) <= {field.alias for field in model.Role.__fields__.values()}


def test_the_limits_are_not_wider_than_those_of_the_schema() -> None:
    written = {int(number) for number in re.findall(r"<=\s?(\d+)", TEXT)}
    assert written
    assert max(written) <= 220


def test_every_file_that_the_bot_reads_is_named_in_the_guide() -> None:
    files = [path.name for path in KNOWLEDGE.glob("*.yml")]
    assert [name for name in files if name not in TEXT] == []
