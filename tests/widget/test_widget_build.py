"""The widget's own checks, and whether what is served is what its source says."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.widget import npm
from tests.widget.npm import WIDGET
from tests.widget.stand_in import STATIC

# 150 kB would do; the owner of a site would rather have less.
MOST_BYTES = 25_000
GUIDE = ROOT / "docs" / "widget.md"


@pytest.fixture(autouse=True)
def _installed() -> None:
    npm.install()


def version() -> str:
    return str(json.loads((WIDGET / "package.json").read_text("utf-8"))["version"])


def test_types_and_style_are_in_order() -> None:
    done = npm.run("npm", "run", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_logic_does_what_it_should() -> None:
    done = npm.run("npm", "test")
    assert done.returncode == 0, done.stdout[-3000:]
    passed = re.search(r"pass (\d+)", done.stdout)
    assert passed
    assert int(passed[1]) > 50


def test_the_widget_that_is_served_is_built_from_its_source(tmp_path: Path) -> None:
    done = npm.run("node", "build.mjs", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (built,) = tmp_path.iterdir()
    assert built.name == f"widget-{version()}.js"
    assert built.read_bytes() == (STATIC / built.name).read_bytes(), "run `npm run build`"


def test_the_widget_is_small() -> None:
    script = (STATIC / f"widget-{version()}.js").read_bytes()
    assert len(gzip.compress(script)) <= MOST_BYTES


def test_the_widget_never_makes_markup_or_code_of_text() -> None:
    for path in [*(WIDGET / "src").rglob("*.ts*"), STATIC / "demo.js"]:
        text = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", text)
        assert "dangerously" not in text


def test_the_guide_names_every_attribute_and_no_other() -> None:
    source = (WIDGET / "src" / "options.ts").read_text("utf-8")
    read = set(re.findall(r'(?:choice|value)\("([a-z]+)"', source))
    told = re.findall(r"^\| `data-([a-z]+)`", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(read)


def test_what_the_guide_shows_is_there() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", GUIDE.read_text("utf-8"))
    assert links
    assert [link for link in links if not (GUIDE.parent / link).exists()] == []


def test_what_the_build_uses_is_pinned() -> None:
    package = json.loads((WIDGET / "package.json").read_text("utf-8"))
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in wanted.values()), wanted
    lock = json.loads((WIDGET / "package-lock.json").read_text("utf-8"))
    assert all(one.get("integrity") for name, one in lock["packages"].items() if name)
