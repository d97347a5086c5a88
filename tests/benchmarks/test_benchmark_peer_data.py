from __future__ import annotations

import random

import pytest
import yaml

from benchmarks.conversations import Turn
from benchmarks.peer_data import (
    digest,
    fill,
    floor_project,
    read_examples,
    reply,
    sample,
    stock_project,
)
from chatbot.errors import SettingsError

NAMES = {"role": ["buyer", "CRM specialist"], "skill": ["negotiation"]}
EXAMPLES = {"duties": ["what does a {role} do", "{role} tasks"], "greet": ["hello"]}


@pytest.fixture
def stock():
    return {name: yaml.safe_load(text) for name, text in stock_project(EXAMPLES, NAMES).items()}


@pytest.fixture
def floor():
    turns = [Turn("duties", "What does a buyer do?"), Turn("greet", "Hello there!")]
    return {name: yaml.safe_load(text) for name, text in floor_project(turns).items()}


def filled(example: str) -> str:
    return fill(example, NAMES, random.Random(1))


def test_a_slot_becomes_an_annotated_name():
    assert filled("who needs {skill}?") == "who needs [negotiation](skill)?"


def test_a_numbered_slot_is_filled_with_the_same_kind_of_name():
    assert filled("versus {skill2}") == "versus [negotiation](skill)"


def test_an_example_without_slots_stays_as_it_is():
    assert filled("good morning") == "good morning"


def test_a_slot_without_names_is_named_in_the_error():
    with pytest.raises(SettingsError, match=r"\{rolle\}.*did you mean 'role'"):
        filled("what does a {rolle} do")


def test_examples_of_all_files_are_read_by_intent(tmp_path):
    for intent in ("greet", "duties"):
        text = f"nlu:\n  - intent: {intent}\n    examples: |\n      - one {{role}}\n      - two\n"
        (tmp_path / f"{intent}.yml").write_text(text, encoding="utf-8")
    assert read_examples(tmp_path) == {
        "duties": ["one {role}", "two"],
        "greet": ["one {role}", "two"],
    }


def test_synonyms_and_lookup_tables_are_no_examples(tmp_path):
    entries = [{"intent": "a", "examples": "- x\n"}, {"lookup": "b", "examples": "- y\n"}]
    (tmp_path / "a.yml").write_text(yaml.safe_dump({"nlu": entries}), encoding="utf-8")
    assert read_examples(tmp_path) == {"a": ["x"]}


def test_a_folder_without_examples_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="no intent with examples"):
        read_examples(tmp_path)


def test_a_broken_file_is_named_in_the_error(tmp_path):
    (tmp_path / "bad.yml").write_text("nlu: [", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"bad\.yml"):
        read_examples(tmp_path)


def test_a_sample_holds_at_most_so_many_of_each_intent():
    found = sample({"a": [str(number) for number in range(9)], "b": ["x"]}, each=3)
    assert (len(set(found["a"])), found["b"]) == (3, ["x"])


def test_a_sample_of_none_each_is_everything():
    assert sample(EXAMPLES, each=0) == EXAMPLES


def test_stock_rasa_gets_an_empty_config_so_that_it_takes_its_defaults(stock):
    assert set(stock["config.yml"]) == {"recipe", "assistant_id", "language"}


def test_stock_rasa_gets_every_example(stock):
    lines = {entry["intent"]: entry["examples"] for entry in stock["data/nlu.yml"]["nlu"]}
    assert lines["greet"] == "- hello\n"
    assert len(lines["duties"].splitlines()) == 2


def test_every_intent_leads_by_one_rule_to_its_own_response(stock):
    steps = [rule["steps"] for rule in stock["data/rules.yml"]["rules"]]
    for intent in EXAMPLES:
        assert steps.count([{"intent": intent}, {"action": f"utter_{intent}"}]) == 1
        assert f"utter_{intent}" in stock["domain.yml"]["responses"]


def test_a_message_that_stock_rasa_does_not_understand_is_answered_too(stock):
    steps = [rule["steps"] for rule in stock["data/rules.yml"]["rules"]]
    assert [{"intent": "nlu_fallback"}, {"action": "utter_default"}] in steps


def test_stories_follow_the_rules(stock):
    for story in stock["data/stories.yml"]["stories"]:
        asked = [step["intent"] for step in story["steps"] if "intent" in step]
        answered = [step["action"] for step in story["steps"] if "action" in step]
        assert answered == [f"utter_{intent}" for intent in asked]


def test_the_entities_of_the_domain_are_the_kinds_of_the_slots(stock):
    assert stock["domain.yml"]["entities"] == ["role"]


def test_the_same_data_gives_the_same_project():
    assert stock_project(EXAMPLES, NAMES) == stock_project(EXAMPLES, NAMES)


def test_the_floor_has_no_machine_learning(floor):
    config = floor["config.yml"]
    assert config["pipeline"] == [{"name": "KeywordIntentClassifier"}]
    assert config["policies"] == [{"name": "RulePolicy"}]


def test_the_floor_knows_the_messages_as_keywords(floor):
    lines = {entry["intent"]: entry["examples"] for entry in floor["data/nlu.yml"]["nlu"]}
    assert lines == {"duties": "- What does a buyer do\n", "greet": "- Hello there\n"}


def test_characters_that_mean_something_in_a_regular_expression_match_any_character():
    project = floor_project([Turn("duties", "buyer (junior), what now")])
    assert "- buyer .junior., what now" not in project["data/nlu.yml"]
    assert "buyer .junior.. what now" in project["data/nlu.yml"]


@pytest.mark.parametrize("length", [40, 500, 900])
def test_a_reply_is_as_long_as_asked(length):
    assert len(reply("duties", length)) == length


def test_replies_differ_by_intent():
    assert reply("duties") != reply("skills")


def test_a_digest_changes_with_each_part_and_with_their_borders():
    assert len({digest("ab", "c"), digest("a", "bc"), digest("ab", "d")}) == 3
