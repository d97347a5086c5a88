"""`chatbot evaluate`, run as a person runs it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from chatbot.evaluation import ours
from tests.cli.command import Chatbot
from tests.evaluation.made import write_cases
from tests.support.paths import ROOT
from tests.support.sources import modules

SINGLES = """
voice: plain
messages:
  - {text: "What does a CRM specialist do?", topic: duties, roles: [crm-specialist]}
  - {text: "what is the weather tomorrow", topic: out_of_scope, roles: []}
  - {text: "Which tools does a data analyst use?", topic: greet, roles: []}
"""
DIALOGUES = """
voice: plain
dialogues:
  - name: crm
    turns:
      - {user: "What does a CRM specialist do?", topic: duties, roles: [crm-specialist]}
      - {user: "which skills does it need?", topic: skills, roles: [crm-specialist]}
"""
# Modules that compute: no files of models, no Rasa, no processes.
PURE = ("cases", "judge", "outcome", "figures", "changes", "requirements", "report")
PURE += ("stock_data", "stock_memory")


@pytest.fixture
def bot(trained_project: Path) -> Chatbot:
    return Chatbot(trained_project)


@pytest.fixture
def model(trained_project: Path) -> str:
    return str(max((trained_project / "models").glob("*.tar.gz")))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_cases(tmp_path / "data", SINGLES, DIALOGUES)


def test_cases_are_asked_and_judged(bot: Chatbot, model: str, data: Path, tmp_path: Path) -> None:
    files = [tmp_path / "r.json", tmp_path / "r.html", tmp_path / "r.txt"]
    outputs = [word for path in files for word in ("--output", str(path))]
    done = bot.run("evaluate", str(data), "--model", model, "--require", "singles=0.9", *outputs)
    assert done.returncode == 1, done.stderr
    assert "singles is 0.5, must be at least 0.9" in done.stderr
    system = json.loads(files[0].read_text("utf-8"))["systems"][0]
    assert system["singles"]["total"]["all"]["both"] == 2
    assert system["dialogues"] == {"plain": {"dialogues": 1, "right": 1}}
    assert [path.read_text("utf-8")[:9] for path in files[1:]] == ["<!DOCTYPE", "How messa"]


def test_the_report_goes_to_standard_output(bot: Chatbot, model: str, data: Path) -> None:
    done = bot.run("evaluate", str(data), "--model", model, "--dialogues", "--format", "json")
    assert done.returncode == 0, done.stderr
    content = json.loads(done.stdout)
    assert (content["systems"][0]["singles"], content["part"]) == (None, "all")


def test_two_models_stand_side_by_side(bot: Chatbot, data: Path) -> None:
    model = max((bot.folder / "models").glob("*.tar.gz"))
    done = bot.run("evaluate", str(data), "--singles", "--against", str(model))
    assert done.returncode == 0, done.stderr
    assert (
        f"|              this bot  | {model.name.removesuffix('.tar.gz')[:21]:>21}" in done.stdout
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--against", "stok"], "--against"),
        (["--model", "none.tar.gz"], "none.tar.gz: no such file"),
        (["--config", "none.yml"], "none.yml: no such file"),
        (["--require", "speed=1"], "no figure 'speed'"),
        (["--baseline", "none.json"], "none.json: cannot be read"),
    ],
)
def test_a_mistake_is_told_before_anything_is_trained(
    arguments: list[str], told: str, tmp_path: Path
) -> None:
    done = Chatbot(tmp_path).run("--project", str(tmp_path), "evaluate", *arguments)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    done = Chatbot(tmp_path).run("evaluate", "--part", "half")
    assert done.returncode == 2
    assert "held-out" in done.stderr


def test_a_folder_without_cases_is_an_error(tmp_path: Path) -> None:
    done = Chatbot(ROOT).run("evaluate", str(tmp_path))
    assert done.returncode == 1
    assert "no evaluation data" in done.stderr


def test_slots_go_from_turn_to_turn_and_not_from_talk_to_talk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    tools = {"name": "tools", "confidence": 0.9}
    buyer = {"entity": "role", "value": "purchasing-manager", "start": 0, "end": 5}

    def parse(text: str) -> Mapping[str, Any]:
        return {"intent": tools, "entities": [buyer] if "buyer" in text else []}

    bot = ours.Bot("bot", (), parse, lambda words: None)
    first, second = bot.understand([["buyer tools", "and its tools"], ["and its tools"]])
    assert [one.answered.roles for one in first] == [("purchasing-manager",)] * 2
    assert second[0].answered.roles == ()


def test_time_is_that_of_parse_and_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    def slow(text: str) -> Mapping[str, Any]:
        time.sleep(0.03)
        return {"intent": {"name": "greet", "confidence": 1.0}}

    understood, _ = ours.understand("hi", {}, slow)
    assert 30 <= understood.milliseconds < 5000


def test_the_figures_know_neither_rasa_nor_files_of_models() -> None:
    pure = {f"chatbot.evaluation.{name}" for name in PURE}
    found = [module for module in modules() if module.name in pure]
    assert len(found) == len(pure)
    banned = ("rasa", "subprocess", "chatbot.serving", "chatbot.cli", "chatbot.core")
    assert [
        f"{module.name} imports {name}"
        for module in found
        for name in module.imports
        if name.startswith(banned)
    ] == []


def test_only_the_command_uses_the_evaluation() -> None:
    users = {
        module.name
        for module in modules()
        for name in module.imports
        if name.startswith("chatbot.evaluation")
        and not module.name.startswith("chatbot.evaluation")
    }
    assert users == {"chatbot.cli.evaluate"}


def test_the_evaluation_knows_no_command() -> None:
    wrong = [
        module.name
        for module in modules()
        if module.name.startswith("chatbot.evaluation")
        and any(name.startswith("chatbot.cli") for name in module.imports)
    ]
    assert wrong == []
