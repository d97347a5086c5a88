"""Programs that tests need beside Python, from the system's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PATIENCE_SECONDS = 240
# Where Debian keeps what only administrators run.
_ELSEWHERE = ("/usr/sbin", "/sbin")


def program(name: str, package: str) -> str:
    """Return the path of a program; installs its Debian package where that is allowed.

    Where it is not, the test is skipped with the command that would help; CI counts that as a
    failure.
    """
    found = _find(name)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(package)
        found = _find(name)
    if found is None:
        pytest.skip(f"{name} is missing: sudo apt-get install {package}")
    return found


def _find(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_ELSEWHERE]))


def _install(package: str) -> None:
    if not list(Path("/var/lib/apt/lists").glob("*Packages*")):
        _apt("update")
    _apt("install", "--yes", "--no-install-recommends", package)


def _apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        # Another installation may be under way.
        ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", *arguments],
        env=environment,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
