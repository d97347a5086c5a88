"""Rasa's default pipeline: its training data, its memory and how its progress is read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from chatbot.errors import ServiceError, SettingsError
from chatbot.evaluation import stock, stock_data
from chatbot.evaluation.judge import Answered
from chatbot.evaluation.stock_memory import Memory, Parsed
from chatbot.knowledge.names import Name
from chatbot.nlu.delexicalise import fill_slots
from tests.support.paths import ROOT

NAMES = [
    Name("role", "purchasing-manager", "buyer"),
    Name("role", "sem-specialist", "SEM"),
    Name("term", "sem", "SEM"),
    Name("tool", "excel", "Excel"),
]
FILLINGS = {"role": ["buyer", "SEM"], "tool": ["Excel"]}
IDS = {
    "role": {"a", "b"},
    "group": {"g"},
    "skill": {"s"},
    "term": {"t"},
    "tool": {"x"},
    "process": set(),
}


def annotated() -> dict[str, list[str]]:
    return stock_data.annotated(FILLINGS, NAMES)


def answers(*talk: tuple[str, list[tuple[str, str]]]) -> list[Answered]:
    return list(Memory(IDS).answers([Parsed(*turn) for turn in talk]))


def test_a_name_is_annotated_with_its_kind_and_id() -> None:
    assert annotated()["role"][0] == '[buyer]{"entity": "role", "value": "purchasing-manager"}'


def test_slots_are_filled_with_the_names_that_the_bots_training_draws() -> None:
    lines = ["what does a {role} do", "{role} or {role2}", "who uses {tool}"]
    chance = random.Random(stock_data.SEED)
    plain = [
        fill_slots(line, FILLINGS, chance) for line in lines for _ in range(stock_data.FILLINGS)
    ]
    filled = stock_data.filled({"x": lines}, annotated())["x"]
    bare = [line.replace("[", "").split("]{")[0] for line in filled]
    assert [
        line for line in bare if line in plain or any(p.startswith(line) for p in plain)
    ] == bare
    assert "{role}" not in " ".join(filled)


def test_an_example_that_is_filled_twice_alike_counts_once() -> None:
    assert len(stock_data.filled({"x": ["who uses {tool}"]}, annotated())["x"]) == 1


def test_a_name_of_two_kinds_is_the_synonym_of_one_entry() -> None:
    found = stock_data.synonyms(NAMES)
    assert found["sem-specialist"] == ["sem"]
    assert "sem" not in found


def test_a_sample_holds_at_most_so_many_of_each_intent() -> None:
    examples = {"a": [str(number) for number in range(9)], "b": ["x"]}
    assert {k: len(v) for k, v in stock_data.sample(examples, 3).items()} == {"a": 3, "b": 1}
    assert stock_data.sample(examples, 0) == examples


def test_the_nlu_file_holds_examples_and_synonyms() -> None:
    text = stock_data.nlu_file({"tools": ["one", "two"]}, {"excel": ["ms excel"]})
    assert yaml.safe_load(text)["nlu"] == [
        {"intent": "tools", "examples": "- one\n- two\n"},
        {"synonym": "excel", "examples": "- ms excel\n"},
    ]


def test_the_pipeline_is_that_of_rasa_init() -> None:
    pipeline = yaml.safe_load(stock_data.config_file(stock_data.Settings()))["pipeline"]
    parts = {part["name"]: part for part in pipeline}
    assert list(parts) == [
        "WhitespaceTokenizer",
        "RegexFeaturizer",
        "LexicalSyntacticFeaturizer",
        "CountVectorsFeaturizer",
        "DIETClassifier",
        "EntitySynonymMapper",
        "FallbackClassifier",
    ]
    assert parts["DIETClassifier"]["epochs"] == 100
    assert parts["FallbackClassifier"]["threshold"] == 0.3


def test_examples_are_read_by_intent(tmp_path: Path) -> None:
    text = "nlu:\n  - intent: greet\n    examples: |\n      - hi\n      - hello - there\n"
    (tmp_path / "greet.yml").write_text(text, "utf-8")
    assert stock_data.read_examples(tmp_path) == {"greet": ["hi", "hello - there"]}


@pytest.mark.parametrize(
    ("text", "told"), [("nlu: [", "x.yml: not a Rasa"), ("nlu: []", "no intent")]
)
def test_a_folder_without_examples_is_an_error(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "x.yml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=told):
        stock_data.read_examples(tmp_path)


def test_the_topic_is_the_intent_and_the_roles_are_the_entities() -> None:
    (found,) = answers(("compare", [("role", "a"), ("role", "b"), ("role", "a")]))
    assert found == Answered("compare", ("a", "b"))


def test_the_fallback_declines() -> None:
    assert answers(("nlu_fallback", []))[0].topic == "out_of_scope"


def test_an_entity_that_is_no_id_is_left_out() -> None:
    assert answers(("duties", [("role", "the boss"), ("colour", "red")]))[0].roles == ()


def test_a_role_is_kept_until_another_is_named() -> None:
    found = answers(
        ("duties", [("role", "a")]), ("tools", []), ("tools", [("role", "b")]), ("skills", [])
    )
    assert [one.roles for one in found] == [("a",), ("a",), ("b",), ("b",)]


def test_a_topic_that_is_not_about_roles_does_not_take_the_kept_one() -> None:
    found = answers(("duties", [("role", "a")]), ("list_groups", []), ("tools", []))
    assert [one.roles for one in found] == [("a",), (), ("a",)]


def test_group_and_term_are_kept_too() -> None:
    found = answers(("group_overview", [("group", "g")]), ("roles_in_group", []))
    assert found[1].group == "g"
    found = answers(
        ("define", [("term", "t")]), ("define", []), ("roles_by_skill", [("skill", "s")])
    )
    assert (found[1].term, found[2].skill, found[2].term) == ("t", "s", None)


@pytest.mark.parametrize("intent", ["follow_up", "affirm", "deny"])
def test_going_on_takes_up_the_last_topic(intent: str) -> None:
    found = answers(("tools", [("role", "a")]), ("thanks", []), (intent, [("role", "b")]))
    assert found[2] == Answered("tools", ("b",))


def test_going_on_from_nothing_is_declined() -> None:
    assert answers(("follow_up", []))[0].topic == "out_of_scope"


def test_what_the_worker_writes_is_understood() -> None:
    row = {
        "intent": "duties",
        "confidence": 0.5,
        "entities": [{"entity": "role", "value": "a"}],
        "milliseconds": 3.0,
    }
    (found,) = stock.understood([row], Memory(IDS))
    assert (found.answered, found.confidence) == (Answered("duties", ("a",)), 0.5)
    assert found.entities == (("role", "a"),)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Epochs:  25%|##  | 25/100 [00:10<00:30, t_loss=3]", "trained 25 %"),
        ("Epochs:  26%|##  | 26/100", ""),
        ("parsed 200 of 1000", "parsed 200 of 1000"),
        ("INFO something else", ""),
    ],
)
def test_progress_is_told_in_steps(line: str, shown: str) -> None:
    assert stock.progress(line) == shown


def test_lines_are_put_together_from_pieces() -> None:
    assert list(stock.told(iter(["one\ntw", "o\rthr", "ee\r\n", "rest"]))) == [
        "one",
        "two",
        "three",
        "rest",
    ]


def test_without_an_environment_and_uv_the_error_says_how_to_make_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: object
) -> None:
    monkeypatch.setattr(stock, "ENVIRONMENT", tmp_path / "none")
    with pytest.raises(ServiceError, match=r"none/\.venv.*missing.*uv sync --locked"):
        stock.prepare(tmp_path, base, tmp_path, stock_data.Settings(), print)  # type: ignore[arg-type]


def test_the_worker_stands_alone() -> None:
    text = (ROOT / "benchmarks" / "stock" / "worker.py").read_text("utf-8")
    assert "chatbot" not in text
    compile(text, "worker.py", "exec")


def test_trial_settings_are_named_as_such() -> None:
    def told(settings: stock_data.Settings) -> str:
        training = stock.Training(Path("m"), settings, 9, 1.0, "2026-01-01")
        return "; ".join(stock.Stock(training, IDS, print).about)

    assert "TRIAL" in told(stock_data.Settings(epochs=1, examples=5))
    assert "at most 5 per intent" in told(stock_data.Settings(epochs=1, examples=5))
    assert "TRIAL" not in told(stock_data.Settings())
