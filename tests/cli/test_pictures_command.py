"""`chatbot pictures`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.command import Chatbot

NAME = "career-path--crm-specialist"


def test_it_draws_every_form_and_width_once(small_bot: Chatbot, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = small_bot.run("pictures", NAME, "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert "drew 4 of 4 files" in done.stdout
    files = {f"{NAME}-{width}.{form}" for width in (360, 1200) for form in ("png", "svg")}
    assert {path.name for path in out.iterdir()} == files
    with Image.open(out / f"{NAME}-360.png") as picture:
        assert picture.width == 720
    assert "drew 0 of 4 files" in small_bot.run("pictures", NAME).stdout


def test_it_says_how_pictures_are_named(small_bot: Chatbot) -> None:
    said = small_bot.run("pictures").stdout
    assert "compare--<role>--<role> or compare--<role>--<role>--<role>" in said


def test_an_unknown_name_is_an_error_with_a_hint(small_bot: Chatbot) -> None:
    done = small_bot.run("pictures", NAME, "group--marketting")
    assert done.returncode == 1
    assert "there is no group 'marketting', did you mean 'marketing'?" in done.stderr
    assert not (small_bot.folder / ".cache" / "pictures").exists()
