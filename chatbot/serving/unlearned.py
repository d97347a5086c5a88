"""Import Rasa for answering only.

Rasa imports scikit-learn and Matplotlib whenever it starts, for training and for reports, and spaCy
its command line; a bot that answers uses none of them (docs/decisions/0014-start-up.md). What is
put off here comes when it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

# Modules, and the functions that others take from them by name when they are imported.
_LEARNING = {
    "sklearn.model_selection": ("train_test_split",),
    "rasa.utils.plotting": (),
    "spacy.cli.info": ("info",),
}


@contextmanager
def without_learning() -> Iterator[None]:
    """While this lasts, Rasa's modules are imported without what they learn and draw with."""
    with ExitStack() as stack:
        for name, functions in _LEARNING.items():
            if name not in sys.modules:
                stub = _Later(name, functions)
                sys.modules[name] = stub
                stack.callback(stub.leave)
        yield


class _Later(ModuleType):
    """Stands for a module until it is used.

    Args:
        name: of the module.
        functions: what others take from it when they are imported.
    """

    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, self._function(function))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python's own questions of a module
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return self._real(name)

    def leave(self) -> None:
        """Let whoever imports the module from now on get the real one."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def _function(self, name: str) -> Any:
        return lambda *args, **kwargs: self._real(name)(*args, **kwargs)

    def _real(self, name: str) -> Any:
        self.leave()
        return getattr(import_module(self.__name__), name)
