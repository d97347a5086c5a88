from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.errors import SettingsError
from chatbot.evaluation.cases import DIALOGUES, SINGLES, Case, Part, Talk, of_part, read
from chatbot.knowledge.base import KnowledgeBase
from tests.evaluation.made import DEV_TEXT, HELD_OUT_TEXT, write_cases

BOTH = (SINGLES, DIALOGUES)
GOOD = """
voice: plain
messages:
  - {text: "What does a buyer do?", topic: duties, roles: [purchasing-manager]}
  - {text: "What is C2B?", topic: define, term: c2b}
"""
TALK = """
voice: plain
dialogues:
  - name: two-turns
    turns:
      - {user: "Hi", topic: greet, roles: []}
      - {user: "Who works in supply chain?", topic: roles_in_group, roles: [], group: supply-chain}
"""


def talk(text: str) -> Talk:
    return Talk("plain", "", (Case(text, "duties"),))


def test_messages_and_dialogues_are_read(base: KnowledgeBase, tmp_path: Path) -> None:
    found = read(write_cases(tmp_path, GOOD, TALK), base, BOTH)
    assert [(one.voice, one.name, len(one.turns)) for one in found] == [
        ("plain", "", 1),
        ("plain", "", 1),
        ("plain", "two-turns", 2),
    ]
    assert found[0].turns == (Case("What does a buyer do?", "duties", ("purchasing-manager",)),)
    assert found[2].turns[1].group == "supply-chain"


@pytest.mark.parametrize(("kind", "count"), [(SINGLES, 2), (DIALOGUES, 1)])
def test_one_kind_can_be_read_alone(
    base: KnowledgeBase, tmp_path: Path, kind: str, count: int
) -> None:
    assert len(read(write_cases(tmp_path, GOOD, TALK), base, (kind,))) == count


def test_a_folder_without_cases_is_an_error(base: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no evaluation data.*singles/\*\.yml or"):
        read(tmp_path, base, BOTH)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            '{text: "a b", topic: dutys}',
            r"topic 'dutys' is unknown, did you mean 'duties'\?; allowed",
        ),
        ('{text: "a b", topic: duties, roles: [bayer]}', r"roles 'bayer' is unknown"),
        (
            '{text: "a b", topic: duties, roles: data-analyst}',
            r"roles 'data-analyst' must be a list",
        ),
        ('{text: "a b", topic: define, term: c2c2b}', r"term 'c2c2b' is unknown"),
        (
            '{text: "a b", topic: duties, rolls: []}',
            r"key 'rolls' is unknown, did you mean 'roles'\?",
        ),
        ("{topic: duties}", r"'text' must be what the person says"),
        ('{text: "a b"}', r"topic None is unknown"),
    ],
)
def test_a_mistake_names_file_value_and_what_is_allowed(
    base: KnowledgeBase, tmp_path: Path, row: str, told: str
) -> None:
    folder = write_cases(tmp_path, f"voice: plain\nmessages:\n  - {row}\n")
    with pytest.raises(SettingsError, match=told) as raised:
        read(folder, base, (SINGLES,))
    assert "singles/some.yml" in str(raised.value)


def test_all_mistakes_are_told_at_once(base: KnowledgeBase, tmp_path: Path) -> None:
    folder = write_cases(tmp_path, GOOD.replace("duties", "x").replace("define", "y"), "voice: [")
    with pytest.raises(SettingsError, match=r"(?s)'x'.*'y'.*not YAML"):
        read(folder, base, BOTH)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("messages: []", "voice None must be a word"),
        ("voice: plain\nmessages: no", "'messages' must be a list"),
        ("just text", "voice None must be a word"),
    ],
)
def test_a_file_of_another_shape_is_an_error(
    base: KnowledgeBase, tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        read(write_cases(tmp_path, text), base, (SINGLES,))


def test_a_dialogue_without_turns_is_an_error(base: KnowledgeBase, tmp_path: Path) -> None:
    text = "voice: plain\ndialogues:\n  - {name: empty, turns: []}\n"
    with pytest.raises(SettingsError, match="'empty' has no turns"):
        read(write_cases(tmp_path, dialogues=text), base, (DIALOGUES,))


def test_a_message_that_stands_twice_is_an_error(base: KnowledgeBase, tmp_path: Path) -> None:
    row = '  - {text: "What is C2B?", topic: define, term: c2b}\n'
    with pytest.raises(SettingsError, match="'What is C2B[?]' stands twice in the voice 'plain'"):
        read(write_cases(tmp_path, GOOD + row), base, (SINGLES,))


def test_a_message_belongs_to_a_half_by_its_text() -> None:
    assert (talk(DEV_TEXT).part, talk(HELD_OUT_TEXT).part) == (Part.DEV, Part.HELD_OUT)


def test_a_dialogue_belongs_to_a_half_by_its_name_and_voice() -> None:
    turns = (Case("anything", "greet"),)
    halves = {Talk("v", f"d{number}", turns).part for number in range(8)}
    assert halves == {Part.DEV, Part.HELD_OUT}


@pytest.mark.parametrize(("part", "count"), [(Part.DEV, 1), (Part.HELD_OUT, 1), (Part.ALL, 2)])
def test_a_part_is_chosen(part: Part, count: int) -> None:
    assert len(of_part([talk(DEV_TEXT), talk(HELD_OUT_TEXT)], part)) == count
