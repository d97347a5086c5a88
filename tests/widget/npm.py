"""Node and npm, which come with the dependency group `browser`, for the widget's own checks."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import portalocker
import pytest

from tests.support.paths import CACHE, ROOT

WIDGET = ROOT / "widget"
MODULES = WIDGET / "node_modules"
PATIENCE_SECONDS = 280


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the widget's folder with the Node of this environment."""
    tools = str(Path(sys.executable).parent)
    return subprocess.run(
        command,
        cwd=WIDGET,
        env={**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@lru_cache(maxsize=1)
def install() -> None:
    """Install what package-lock.json names, unless it is there; skip where that cannot be had."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with portalocker.Lock(CACHE / "npm.lock", timeout=PATIENCE_SECONDS):
        stamp, lock = MODULES / ".installed", (WIDGET / "package-lock.json").read_text("utf-8")
        if stamp.exists() and stamp.read_text("utf-8") == lock:
            return
        done = run("npm", "ci")
        if done.returncode != 0:
            pytest.skip(f"`npm ci` in widget/ does not succeed here: {done.stderr[-300:]}")
        stamp.write_text(lock, "utf-8")
