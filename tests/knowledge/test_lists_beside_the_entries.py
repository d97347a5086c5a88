"""Words for persons, and the order in which a group tells its roles."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from chatbot.errors import KnowledgeError
from chatbot.knowledge.abbreviations import load_person_words
from chatbot.knowledge.graph import roles_in_group
from chatbot.knowledge.load import load
from tests.support.paths import KNOWLEDGE

FILE = "person_words.yml"
VISUAL = "order: [visual-designer, visual-merchandiser]"


def test_the_words_for_persons_are_read() -> None:
    words = load_person_words(KNOWLEDGE)
    assert {"guy", "person", "ppl"} <= set(words)
    assert len(words) == len(set(words))


def test_no_word_for_a_person_is_the_name_of_an_entry() -> None:
    base = load(KNOWLEDGE)
    entries = [*base.roles.values(), *base.groups.values()]
    names = {name.lower() for entry in entries for name in entry.names}
    assert names.isdisjoint(load_person_words(KNOWLEDGE))


def test_an_empty_list_of_words_is_one(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("# none\n", "utf-8")
    assert load_person_words(tmp_path) == []


def told(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load_person_words(folder)
    return caught.value.problems


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("word: guy", "must be a list"),
        ("guy", "must be a list"),
        ("[guy, [lady]]", "['lady'] must be a word"),
        ("[guy, 5]", "5 must be a word"),
        ("[guy, {lady: 1}]", "{'lady': 1} must be a word"),
        ("[guy", "expected"),
    ],
)
def test_what_is_no_list_of_words_is_told_with_its_file(
    tmp_path: Path, content: str, says: str
) -> None:
    (tmp_path / FILE).write_text(content, "utf-8")
    (line,) = told(tmp_path)
    assert FILE in line
    assert says in line


def test_every_row_that_is_no_word_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[5, guy, 6]", "utf-8")
    assert len(told(tmp_path)) == 2


def test_a_missing_list_of_words_is_told(tmp_path: Path) -> None:
    (line,) = told(tmp_path)
    assert FILE in line


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "groups.yml"
    text = path.read_text("utf-8")
    assert old in text, "groups.yml has changed; adapt the test"
    path.write_text(text.replace(old, new, 1), "utf-8")


def members(folder: Path, group: str) -> list[str]:
    return [role.id for role in roles_in_group(load(folder), group)]


@pytest.mark.parametrize(
    "order",
    [["visual-designer", "visual-merchandiser"], ["visual-merchandiser", "visual-designer"]],
)
def test_a_group_tells_its_roles_in_its_order(copy: Path, order: list[str]) -> None:
    change(copy, VISUAL, f"order: [{', '.join(order)}]")
    assert members(copy, "visual-design") == order


def test_roles_that_the_order_leaves_out_come_behind_by_their_zone(copy: Path) -> None:
    groups = yaml.safe_load((copy / "groups.yml").read_text("utf-8"))["entries"]
    (order,) = [row["order"] for row in groups if row["id"] == "supply-chain"]
    change(copy, f"order: [{', '.join(order)}]", f"order: [{order[-1]}]")
    base = load(copy)
    first, *others = roles_in_group(base, "supply-chain")
    assert first.id == order[-1]
    assert {role.id for role in others} == set(order[:-1])
    zones = [role.job_zone or 0 for role in others]
    assert zones == sorted(zones)


def test_an_unknown_role_in_an_order_is_told_with_the_nearest_match(copy: Path) -> None:
    change(copy, VISUAL, "order: [visual-desinger, visual-merchandiser]")
    with pytest.raises(KnowledgeError) as caught:
        load(copy)
    (line,) = caught.value.problems
    for part in ("groups.yml", "visual-design", "'visual-desinger'", "'visual-designer'"):
        assert part in line
