"""What all tests can use: a trained copy of the project, and the option --no-skips."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import portalocker
import pytest

ROOT = Path(__file__).resolve().parents[1]
# `tests.support` is imported from here, however pytest was started.
sys.path.insert(0, str(ROOT))

# Kept between runs, so that only a run after a change has to train.
WORKSHOP = ROOT / ".cache" / "tests" / "project"
FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "uv.lock")
FOLDERS = ("data", "actions")
PATIENCE_SECONDS = 280


@pytest.fixture(scope="session")
def trained_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy of the project with a trained model; tests must not change it."""
    folder = tmp_path_factory.mktemp("project") / "bot"
    WORKSHOP.mkdir(parents=True, exist_ok=True)
    with portalocker.Lock(WORKSHOP.with_suffix(".lock"), timeout=PATIENCE_SECONDS):
        _refresh(WORKSHOP)
        _train(WORKSHOP)
        shutil.copytree(WORKSHOP, folder, ignore=shutil.ignore_patterns(".rasa"))
    return folder


def _refresh(folder: Path) -> None:
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)


def _train(folder: Path) -> None:
    command = [sys.executable, "-m", "chatbot.cli.main", "--project", str(folder), "train"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"`chatbot train` failed:\n{done.stdout}{done.stderr}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails the run")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    skipped = _skipped(config)
    if skipped:
        terminalreporter.write_line(f"--no-skips: {skipped} skipped, so this run fails", red=True)


def _skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not config.getoption("--no-skips"):
        return 0
    return len(reporter.stats.get("skipped", []))
