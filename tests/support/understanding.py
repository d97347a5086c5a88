"""The NLU pipeline of config.yml, trained once and kept between runs."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import portalocker
import pytest

from chatbot.settings import prepare_for_rasa
from tests.support.paths import CACHE, ROOT

# What the trained pipeline depends on, below the project.
_INPUTS = ("config.yml", "domain.yml", "uv.lock", "data", "chatbot/nlu", "chatbot/knowledge")
_INPUTS += ("chatbot/core",)
# A process waits so long for another one (pytest -n 2) that trains.
_PATIENCE_SECONDS = 240
_KEPT = 3


class Parser:
    """Understands messages as the trained bot does.

    Args:
        model: a model with a trained NLU pipeline.
    """

    def __init__(self, model: Path) -> None:
        from chatbot.serving.nlu import Interpreter

        self._interpreter = Interpreter(model)
        self._parse = lru_cache(maxsize=20_000)(self._interpreter.parse)

    def __call__(self, text: str) -> dict[str, Any]:
        """Return Rasa's parse of a message; the same text is parsed once."""
        return self._parse(text)


@lru_cache(maxsize=1)
def trained_parser() -> Parser:
    """Return the pipeline, trained now unless an earlier run has done so."""
    prepare_for_rasa()
    CACHE.mkdir(parents=True, exist_ok=True)
    with portalocker.Lock(CACHE / "nlu.lock", timeout=_PATIENCE_SECONDS):
        model = CACHE / f"nlu-{_fingerprint()}.tar.gz"
        if not model.exists():
            _train(model)
            _forget_old_ones()
    return Parser(model)


def _train(model: Path) -> None:
    from rasa.model_training import train_nlu

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as cache:
        patch.chdir(ROOT)
        # Rasa's own cache does not notice changes in the modules that a component imports.
        patch.setenv("RASA_CACHE_DIRECTORY", cache)
        made = train_nlu(
            "config.yml", "data", str(CACHE), fixed_model_name=model.name, domain="domain.yml"
        )
    assert made == str(model), f"training the pipeline failed: {made!r}"


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    for name in _INPUTS:
        place = ROOT / name
        paths = place.rglob("*") if place.is_dir() else [place]
        yield from (path for path in paths if path.is_file() and path.suffix != ".pyc")


def _forget_old_ones() -> None:
    models = sorted(CACHE.glob("nlu-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-_KEPT]:
        path.unlink(missing_ok=True)
