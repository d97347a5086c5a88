"""The trained NLU pipeline."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from chatbot.settings import prepare_for_rasa


class Parser:
    """Understands messages as the trained bot does.

    Args:
        model: a trained model.
    """

    def __init__(self, model: Path) -> None:
        prepare_for_rasa()
        from chatbot.serving.nlu import Interpreter

        self._interpreter = Interpreter(model)
        self._parse = lru_cache(maxsize=20_000)(self._interpreter.parse)

    def __call__(self, text: str) -> dict[str, Any]:
        """Return Rasa's parse of a message; the same text is parsed once."""
        return self._parse(text)

    def again(self, text: str) -> dict[str, Any]:
        """Return Rasa's parse of a message, whether it was parsed before or not."""
        return self._interpreter.parse(text)


@lru_cache(maxsize=1)
def parser_of(project: Path) -> Parser:
    """Return the pipeline of a project's newest model."""
    return Parser(max((project / "models").glob("*.tar.gz")))
