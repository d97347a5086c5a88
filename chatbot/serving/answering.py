"""Answer in this process, without servers: understand, then do what the action would do."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatbot.serving.unlearned import without_learning
from chatbot.settings import prepare_for_rasa

if TYPE_CHECKING:
    from chatbot.bot import Reply


def answers(model: Path, questions: Sequence[str], channel: str) -> Iterator[Reply]:
    """Yield the answer to each question of one conversation.

    Args:
        model: a trained model.
        questions: what the person says, in turn.
        channel: for which the answers are worded.

    Raises:
        ModelError: the model cannot be loaded.
    """
    gc.disable()  # a short-lived process; see `chatbot.serving.bot`
    prepare_for_rasa()
    from chatbot.bot import reply

    with without_learning():
        from chatbot.serving.nlu import Interpreter

    interpreter = Interpreter(model)
    slots: dict[str, Any] = {}
    for question in questions:
        answer = reply(interpreter.parse(question), slots, channel)
        slots = {**slots, **answer.slots}
        yield answer
