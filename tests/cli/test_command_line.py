"""The commands: what they print, how they fail."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Chatbot

COMMANDS = ("chat", "serve", "ask", "train", "check", "evaluate", "pictures")
TRACE = "Traceback"


def modules_after(*arguments: str, cwd: Path) -> set[str]:
    """Return the modules that a command has imported when it ends."""
    code = (
        "import atexit, sys; sys.argv[0] = 'chatbot'\n"
        "atexit.register(lambda: print(' '.join(sys.modules), file=sys.stderr))\n"
        "from chatbot.cli.main import run; run()"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


def test_help_names_every_command(small_bot: Chatbot) -> None:
    said = small_bot.run("--help").stdout
    assert [command for command in COMMANDS if command not in said] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(small_bot: Chatbot, command: str) -> None:
    assert f"chatbot {command}" in small_bot.run(command, "--help").stdout


@pytest.mark.parametrize("module", ["rasa", "pydantic", "yaml", "asyncio"])
def test_help_imports_nothing_slow(module: str, tmp_path: Path) -> None:
    assert module not in modules_after("--help", cwd=tmp_path)


def test_check_does_not_import_rasa(trained_small_bot: Path) -> None:
    assert "rasa" not in modules_after("check", cwd=trained_small_bot)


def test_check_counts_the_entries(small_bot: Chatbot) -> None:
    done = small_bot.run("check")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "no mistakes")
    assert "31  role" in done.stdout


def test_check_reports_every_mistake(small_bot: Chatbot, tmp_path: Path) -> None:
    folder = broken_knowledge(small_bot, tmp_path)
    done = small_bot.run("check", "--folder", str(folder))
    assert done.returncode == 1
    assert "groups.yml: not YAML" in done.stderr
    assert "terms.yml: missing" in done.stderr
    assert TRACE not in done.stderr


def broken_knowledge(bot: Chatbot, tmp_path: Path) -> Path:
    folder = shutil.copytree(bot.folder / "data" / "knowledge", tmp_path / "broken")
    (folder / "groups.yml").write_text("- {")
    (folder / "terms.yml").unlink()
    return folder


def test_a_folder_without_a_bot_is_an_error(small_bot: Chatbot, tmp_path: Path) -> None:
    done = small_bot.run("--project", str(tmp_path), "train")
    assert done.returncode == 1
    assert f"{tmp_path}/config.yml: missing" in done.stderr


def test_the_bot_can_be_in_another_folder(small_bot: Chatbot, tmp_path: Path) -> None:
    done = Chatbot(tmp_path).run("--project", str(small_bot.folder), "train")
    assert "nothing has changed" in done.stdout


def test_a_wrong_setting_is_an_error(small_bot: Chatbot) -> None:
    done = small_bot.run("train", CHATBOT_LOG_LEVEL="loud")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("CHATBOT_LOG_LEVEL='loud': must be one of")


def test_debug_shows_the_stack_trace_of_an_error(small_bot: Chatbot, tmp_path: Path) -> None:
    assert TRACE in small_bot.run("--debug", "--project", str(tmp_path), "train").stderr


def test_an_unexpected_error_is_one_line_that_names_the_log(small_bot: Chatbot) -> None:
    (small_bot.folder / "config.yml").unlink()
    (small_bot.folder / "config.yml").mkdir()
    done = small_bot.run("train")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("unexpected IsADirectoryError")
    assert TRACE in (small_bot.folder / ".rasa" / "chatbot.log").read_text()


def test_training_is_skipped_when_nothing_has_changed(small_bot: Chatbot) -> None:
    done = small_bot.run("train")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("nothing has changed since models/")


def test_training_tells_what_it_does_and_for_how_long(small_bot: Chatbot) -> None:
    done = small_bot.run("train", "--force")
    assert done.returncode == 0
    assert "0 s  checking the knowledge base" in done.stderr
    assert "s  training RulePolicy" in done.stderr
    assert done.stdout.startswith("trained models/")


def test_training_refuses_a_broken_knowledge_base(small_bot: Chatbot, tmp_path: Path) -> None:
    folder = broken_knowledge(small_bot, tmp_path)
    done = small_bot.run("train", CHATBOT_KNOWLEDGE=str(folder))
    assert done.returncode == 1
    assert "mistakes in the knowledge base" in done.stderr
    assert TRACE not in done.stderr


def test_training_names_a_file_that_is_not_yaml(small_bot: Chatbot) -> None:
    (small_bot.folder / "domain.yml").write_text("intents: [")
    done = small_bot.run("train")
    assert done.returncode == 1
    assert f"{small_bot.folder}/domain.yml: not YAML" in done.stderr


def test_training_names_a_component_that_does_not_exist(small_bot: Chatbot) -> None:
    replace(small_bot.folder / "config.yml", "KeywordIntentClassifier", "Clairvoyant")
    done = small_bot.run("train")
    assert done.returncode == 1
    assert "training failed" in done.stderr
    assert "'Clairvoyant'" in done.stderr
    assert TRACE not in done.stderr


def test_half_a_model_is_no_model(small_bot: Chatbot) -> None:
    topics = small_bot.folder / "data" / "topics.yml"
    topics.write_text(topics.read_text().split("rules:")[0])
    shutil.rmtree(small_bot.folder / "data" / "responses")
    replace(small_bot.folder / "config.yml", "- name: chatbot.core", "# ")
    done = small_bot.run("train")
    assert done.returncode == 1
    assert "half a model" in done.stderr


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_ask_prints_the_answer_and_nothing_else(small_bot: Chatbot) -> None:
    done = small_bot.run("ask", "hello")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Hello")


def test_several_questions_are_one_conversation(real_bot: Chatbot) -> None:
    done = real_bot.run("ask", "--json", "What does a CRM specialist do?", "which skills?")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["answered"]["topic"] for answer in answers] == ["duties", "skills"]
    assert answers[1]["answered"]["roles"] == ["crm-specialist"]


def test_ask_trains_first_and_still_prints_only_the_answer(small_bot: Chatbot) -> None:
    shutil.rmtree(small_bot.folder / "models")
    done = small_bot.run("ask", "hello")
    assert done.returncode == 0
    assert done.stdout.startswith("Hello")
    assert "trained models/" in done.stderr


def test_a_model_that_cannot_be_read_is_an_error_that_says_what_to_do(small_bot: Chatbot) -> None:
    [model] = (small_bot.folder / "models").glob("*.tar.gz")
    model.write_text("not a model")
    done = small_bot.run("ask", "hello")
    assert done.returncode == 1
    assert f"{model}: cannot be loaded" in done.stderr
    assert "chatbot train --force" in done.stderr
    assert TRACE not in done.stderr
