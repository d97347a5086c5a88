"""Fills the stand-in packages with the modules and classes of `_names.py`.

They are made from that list, instead of being written out as files, so that the list is the only
place to change when a new Rasa touches other names.
"""

import sys
from functools import partial
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType
from typing import NoReturn

from tensorflow._errors import TensorFlowReached
from tensorflow._names import NAMES


class Inert(type):
    """The type of every stand-in class: to be named, annotated with and subclassed, no more."""

    def __call__(cls, *args: object, **kwargs: object) -> NoReturn:
        """Refuse to make an instance of the class, or of Rasa's subclass of it."""
        raise TensorFlowReached(f"{cls.__module__}.{cls.__qualname__}")

    def __getattr__(cls, name: str) -> NoReturn:
        """Say why the class has no attribute of this name."""
        raise _unknown(f"{cls.__module__}.{cls.__qualname__}", name)


def fill(package: str) -> None:
    """Give the package that is being imported the modules and classes listed for it."""
    _module(package)
    for name, kind in NAMES.items():
        if name.startswith(f"{package}."):
            _add(name, kind)


def _add(name: str, kind: str) -> None:
    """Make the module or class of this dotted name, and the modules above it."""
    if kind == "module":
        _module(name)
        return
    parent, _, leaf = name.rpartition(".")
    setattr(_module(parent), leaf, Inert(leaf, (), {"__module__": parent}))


def _module(name: str) -> ModuleType:
    """Return the module, made together with its parents if need be, with our `__getattr__`."""
    module = sys.modules.get(name) or _new_module(name)
    vars(module).setdefault("__getattr__", partial(_refuse, name))
    return module


def _new_module(name: str) -> ModuleType:
    """Make an empty module, as an import would: listed, and an attribute of its parent."""
    # Being packages without a path, they make imports below them fail in the ordinary way.
    module = sys.modules[name] = module_from_spec(ModuleSpec(name, None, is_package=True))
    parent, _, leaf = name.rpartition(".")
    setattr(_module(parent), leaf, module)
    return module


def _refuse(owner: str, name: str) -> NoReturn:
    raise _unknown(owner, name)


def _unknown(owner: str, name: str) -> AttributeError:
    """Return the error for a name that is not in the list.

    Names are not made up on demand: a library that asks whether TensorFlow can do something has
    to hear no, and a Rasa that touches other names has to be noticed.
    """
    return AttributeError(
        f"{owner!r} has no attribute {name!r}. It belongs to the stand-in for TensorFlow in lean/, "
        "which has only the names that Rasa touches on import, listed in "
        "lean/tensorflow/_names.py. If Rasa was upgraded, run `python lean/record_names.py --write`"
        " and `uv sync`. Code that computes with TensorFlow needs the real one: see "
        "docs/decisions/0001-rasa-without-tensorflow.md.",
        name=name,
    )
