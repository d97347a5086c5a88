"""A role is added to a copy of the project as one file, and nothing else is touched."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from chatbot.dialogue import topics
from chatbot.settings import child_environment
from tests.support.asking import put_in, wordings
from tests.support.paths import ROOT

FILE = Path(__file__).with_name("live-stream-host.yml")
ROLE = yaml.safe_load(FILE.read_text("utf-8"))
TOPICS = (topics.DUTIES, topics.SKILLS, topics.TOOLS, topics.COLLABORATION)
TOPICS += (topics.CAREER_PATH, topics.GROUP_OF_ROLE)
PROJECT = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "uv.lock", "data")

BY_ROLE = {topic: put_in(wordings(topic)[0], ROLE["name"]) for topic in TOPICS}
BY_ALIAS = {name: f"What does a {name} do?" for name in ROLE["aliases"]["en"]}
OTHERS = {
    "groups": "What e-commerce jobs are there?",
    "group": "Which jobs are in marketing?",
    "demand": "Which jobs are most in demand?",
    "skill": "Which jobs need livestream planning?",
    "pair": "How do a live-stream host and a warehouse manager work together?",
    "neighbour": "Who does a visual merchandiser work with?",
    "misspelt": "what does a livestreem host do",
}
QUESTIONS = [*BY_ROLE.values(), *BY_ALIAS.values(), *OTHERS.values()]


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file that somebody wrote."""
    files = [path for name in PROJECT for path in (folder / name, *(folder / name).rglob("*"))]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with the role added."""
    folder = tmp_path_factory.mktemp("added-role") / "project"
    folder.mkdir()
    for name in PROJECT:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    shutil.copy(FILE, folder / "data" / "knowledge" / "roles")
    return folder


@pytest.fixture(scope="module")
def before(project: Path) -> dict[str, str]:
    return digests(project)


@pytest.fixture(scope="module")
def answers(project: Path, before: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Return the answer to each question, from a bot that was trained on the copy."""
    command = [sys.executable, "-m", "chatbot.cli.main", "--project", str(project), "ask", "--json"]
    # Each question in a conversation of its own: a greeting in between changes nothing else.
    done = subprocess.run(
        [*command, *QUESTIONS],
        env=child_environment(),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {row["question"]: row for row in rows}


@pytest.mark.parametrize("topic", TOPICS)
def test_it_is_answered_for_every_topic(answers: dict[str, dict[str, Any]], topic: str) -> None:
    found = answers[BY_ROLE[topic]]
    assert found["answered"]["topic"] == topic
    assert found["answered"]["roles"] == ["live-stream-host"]
    facts = {
        topics.DUTIES: ROLE["duties"],
        topics.SKILLS: [use["for"] for use in ROLE["skills"]],
        topics.TOOLS: [use["for"] for use in ROLE["tools"]],
        topics.COLLABORATION: [handover["what"] for handover in ROLE["handovers"]],
        topics.CAREER_PATH: [ROLE["entry"]["education"], ROLE["entry"]["first_job"]],
        topics.GROUP_OF_ROLE: ["marketing planning and promotion", "digital marketing specialist"],
    }
    assert sum(fact in found["text"] for fact in facts[topic]) >= 2
    assert len(found["text"]) <= 900


@pytest.mark.parametrize("name", BY_ALIAS)
def test_it_is_found_by_every_alias(answers: dict[str, dict[str, Any]], name: str) -> None:
    assert answers[BY_ALIAS[name]]["answered"]["roles"] == ["live-stream-host"]


def test_it_is_found_when_misspelt(answers: dict[str, dict[str, Any]]) -> None:
    assert answers[OTHERS["misspelt"]]["answered"]["roles"] == ["live-stream-host"]


@pytest.mark.parametrize("key", ["group", "skill", "pair", "neighbour"])
def test_other_answers_know_of_it(answers: dict[str, dict[str, Any]], key: str) -> None:
    assert "live-stream host" in answers[OTHERS[key]]["text"].lower()


def test_the_list_of_jobs_counts_it(answers: dict[str, dict[str, Any]]) -> None:
    found = answers[OTHERS["groups"]]
    assert found["answered"]["topic"] == topics.LIST_GROUPS
    assert "32 jobs" in found["text"]
    assert len(found["text"]) <= 900


def test_it_is_not_said_to_be_in_demand(answers: dict[str, dict[str, Any]]) -> None:
    found = answers[OTHERS["demand"]]
    assert found["answered"]["topic"] == topics.DEMAND
    assert "live-stream" not in found["text"]
    assert len(found["text"]) <= 900


def test_no_other_file_was_touched(
    project: Path, before: dict[str, str], answers: dict[str, dict[str, Any]]
) -> None:
    assert answers
    assert digests(project) == before
    added = {"data/knowledge/roles/live-stream-host.yml"}
    assert before.keys() - digests(ROOT).keys() == added
