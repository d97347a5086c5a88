"""The part of a trained model that understands text, without policies and server."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.trackers import DialogueStateTracker

from chatbot.errors import ChatbotError, ModelError
from chatbot.serving.logs import set_up_structlog

_NOTHING_UNDERSTOOD = {"text": "", "intent": {"name": None, "confidence": 0.0}, "entities": []}


class Interpreter:
    """Turns text into what Rasa makes of it before it chooses an action."""

    def __init__(self, model: Path) -> None:
        """Load what is needed of a model.

        Raises:
            ModelError: the model cannot be loaded.
        """
        set_up_structlog()
        try:
            with tempfile.TemporaryDirectory() as folder:
                self._load(model, Path(folder))
        except ChatbotError:
            raise
        except Exception as error:
            raise ModelError(
                f"{model}: cannot be loaded ({type(error).__name__}: {error}); "
                "make a new one with `chatbot train --force`"
            ) from error

    def parse(self, text: str) -> dict[str, Any]:
        """Return intent, entities and text as Rasa's `parse_data`."""
        tracker = DialogueStateTracker.from_events("ask", [])
        results = self._runner.run(
            inputs={PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker},
            targets=[self._target],
        )
        parsed = results[self._target][0].as_dict(only_output_properties=True)
        return {**_NOTHING_UNDERSTOOD, **parsed}

    def _load(self, model: Path, folder: Path) -> None:
        storage, metadata = LocalModelStorage.from_model_archive(folder, model)
        if metadata.nlu_target is None:
            raise ModelError(f"{model}: was trained without training data below data/nlu/")
        schema = metadata.predict_schema.minimal_graph_schema([metadata.nlu_target])
        context = ExecutionContext(schema, metadata.model_id)
        self._runner = DaskGraphRunner(schema, storage, context)
        self._target = metadata.nlu_target
