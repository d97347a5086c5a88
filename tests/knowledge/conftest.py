from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.fixtures import base, parser, talk  # noqa: F401
from tests.support.paths import KNOWLEDGE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the knowledge base, to be broken."""
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))
