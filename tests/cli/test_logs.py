"""What goes to the terminal and what to the file."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.serving import logs
from chatbot.settings import Settings

logger = logging.getLogger("chatbot.test")


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(before):
        handler.close()
    logging.captureWarnings(False)
    root.handlers[:], root.level = before, level


def fail() -> None:
    try:
        raise RuntimeError("boom")
    except RuntimeError:
        logger.exception("it failed")


def test_the_terminal_shows_no_stack_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(tmp_path / "log", Settings(), terminal=True)
    fail()
    assert capsys.readouterr().err == "error: it failed\n"


def test_the_file_holds_the_stack_trace(tmp_path: Path) -> None:
    logs.set_up(tmp_path / "log", Settings(), terminal=True)
    fail()
    assert "RuntimeError: boom" in (tmp_path / "log").read_text()


def test_without_terminal_nothing_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(tmp_path / "log", Settings(), terminal=False)
    fail()
    assert capsys.readouterr().err == ""


def test_the_terminal_shows_what_the_log_level_asks_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(tmp_path / "log", Settings(log_level="error"), terminal=True)
    logger.warning("not that bad")
    assert capsys.readouterr().err == ""


def test_warnings_go_to_the_file_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(tmp_path / "log", Settings(), terminal=True)
    warnings.warn("mind the gap", UserWarning, stacklevel=1)
    assert "mind the gap" in (tmp_path / "log").read_text()
    assert capsys.readouterr().err == ""


def test_a_large_file_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "bot.log"
    file.write_text("x" * (logs.LARGEST_FILE + 1))
    logs.set_up(file, Settings(), terminal=False)
    assert file.read_text() == ""
    assert (tmp_path / "bot.old.log").exists()


def test_a_folder_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    logs.set_up(tmp_path / "file" / "log", Settings(), terminal=False)
    fail()
