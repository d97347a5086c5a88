from __future__ import annotations

import json
import shutil
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from benchmarks import grown, growth
from benchmarks.budgets import judge
from benchmarks.probe import of_linking, of_messages
from benchmarks.report import Machine
from chatbot.evaluation.cases import Case
from chatbot.evaluation.judge import Answered
from chatbot.evaluation.outcome import Understood
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.find import Linker
from chatbot.knowledge.load import load
from chatbot.nlu.knowledge_linker import make_linker
from tests.support.base import knowledge_base
from tests.support.paths import ROOT

KNOWLEDGE = ROOT / "data" / "knowledge"
SIZE = 200
FIGURES = {
    "31": {measure.key: 10.0 for measure in growth.MEASURES},
    "10000": {measure.key: 30.0 for measure in growth.MEASURES},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the knowledge base with 200 roles, grown in two steps."""
    place = tmp_path_factory.mktemp("growth") / "knowledge"
    shutil.copytree(KNOWLEDGE, place)
    grown.grow(place, 100)
    grown.grow(place, SIZE)
    return place


@pytest.fixture(scope="module")
def base(folder: Path) -> KnowledgeBase:
    """Return that knowledge base; `load` reports every mistake, as `chatbot check` does."""
    return load(folder)


@pytest.fixture(scope="module")
def linker(folder: Path, base: KnowledgeBase) -> Linker:
    return make_linker(base, folder, [])


@lru_cache(maxsize=1)
def generated() -> tuple[grown.Words, ...]:
    return tuple(map(grown.words, range(SIZE - len(knowledge_base().roles))))


def test_a_grown_base_is_valid_and_has_the_roles_asked_for(base):
    assert len(base.roles) == SIZE
    assert base.roles.keys() == {*knowledge_base().roles, *(one.id for one in generated())}


def test_the_roles_that_were_there_stay_as_they_are(base):
    for key, role in knowledge_base().roles.items():
        assert base.roles[key] == role


def test_a_base_grown_in_one_step_is_the_same(folder, tmp_path):
    at_once = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, at_once)
    grown.grow(at_once, SIZE)
    for path in sorted((folder / "roles").glob("*.yml")):
        assert (at_once / "roles" / path.name).read_bytes() == path.read_bytes()
    groups = [
        yaml.safe_load((place / "groups.yml").read_text("utf-8")) for place in (folder, at_once)
    ]
    assert groups[0] == groups[1]


def test_nothing_is_added_to_a_base_of_the_size_asked_for(tmp_path):
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    grown.grow(tmp_path / "knowledge", len(knowledge_base().roles))
    assert load(tmp_path / "knowledge").roles == knowledge_base().roles


def test_a_base_does_not_shrink(folder):
    with pytest.raises(ValueError, match="100 roles: there are 200"):
        grown.grow(folder, 100)


def test_there_are_words_for_ten_thousand_different_roles():
    names = {grown.words(number).name for number in range(grown.most())}
    assert len(names) == grown.most() >= 10_000


def test_generated_roles_belong_to_new_groups_or_to_none(base):
    new = [base.roles[one.id] for one in generated()]
    assert {role.group for role in new} & knowledge_base().groups.keys() == set()
    assert None in {role.group for role in new}


def test_generated_roles_are_linked_by_name_and_alias(base, linker):
    for one in generated():
        for name in (base.roles[one.id].name, *base.roles[one.id].aliases.en):
            found = {mention.id for mention in linker.link(f"what does the {name} do")}
            assert one.id in found, name


def test_roles_that_were_there_are_linked_as_before(linker):
    for key, role in knowledge_base().roles.items():
        for name in (role.name, *role.aliases.en):
            found = {m.id for m in linker.link(f"what does the {name} do") if m.kind == "role"}
            assert key in found, name


def test_a_partial_name_of_many_offers_those_that_were_there(linker):
    [hint] = [m for m in linker.link("what does the manager do") if m.kind == "role_hint"]
    managers = {key for key in knowledge_base().roles if key.endswith("-manager")}
    assert managers <= set(hint.candidates)


def test_linking_takes_one_time_for_each_message():
    found = of_linking(lambda: Linker([]), ["hello there", "what does a buyer do"])
    assert 0 < found["link_p50"] <= found["link_p95"]


def test_a_message_counts_as_right_if_topic_and_roles_are():
    case = Case("what does a buyer do", "duties", ("purchasing-manager",))
    answered = [Answered("duties", ("purchasing-manager",)), Answered("duties"), Answered("skills")]
    found = [Understood(one, "duties", 1.0, (), 5.0) for one in answered]
    figures = of_messages([case] * 3, found)
    assert figures["topic"] == pytest.approx(200 / 3)
    assert figures["accuracy"] == pytest.approx(100 / 3)


def test_accuracy_is_lost_against_the_first_size():
    figures = {"31": {"accuracy": 90.0}, "100": {"accuracy": 88.5}}
    growth.add_losses(figures)
    assert [one["accuracy_lost"] for one in figures.values()] == [0.0, 1.5]


def test_the_limits_of_growth_are_those_that_were_promised():
    assert {(one.value, one.over): one.at_most for one in growth.read_budgets()} == {
        ("10000.training", None): 600,
        ("10000.link_p95", "31.link_p95"): 2,
        ("10000.accuracy_lost", None): 1,
    }


def test_the_table_has_a_column_for_each_size_and_says_what_is_missed(tmp_path):
    machine = Machine("A processor", 2, 16.0, "Linux 6", "3.10.13", 4.0)
    done = growth.Run("2026-01-02", machine, FIGURES, judge(growth.read_budgets(), FIGURES))
    lines = [line.strip("| ").split("|") for line in growth.markdown(done).splitlines()]
    rows = {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in lines}
    assert rows["roles"] == ["unit", "31", "10000", "10000 / 31"]
    assert rows["linking, p95"] == ["ms", "10", "30", "3"]
    assert rows["linking with 10000 roles"][-1] == "missed"
    verdicts = json.loads(growth.as_json(done))["verdicts"]
    assert [one["verdict"] for one in verdicts] == ["kept", "missed", "missed"]


@pytest.mark.parametrize(
    ("words", "problem"), [(["--output", "g.csv"], ".json or .md"), (["--sizes", "5"], "5 roles")]
)
def test_what_cannot_be_done_ends_the_run_with_two(words, problem, capsys, monkeypatch):
    monkeypatch.setattr("benchmarks.report.busy", lambda: 0.0)
    assert growth.main(words) == growth.BROKEN
    assert problem in capsys.readouterr().err
