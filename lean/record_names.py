"""Records which TensorFlow names Rasa touches while all of its modules are imported.

    python lean/record_names.py --check    compare with tensorflow/_names.py; status 1 if it differs
    python lean/record_names.py --write    write tensorflow/_names.py

Run it after an upgrade of Rasa. It works in any environment that has Rasa, with the stand-in or
with the real TensorFlow: an import hook puts recording modules in the place of either.
"""

import argparse
import difflib
import importlib
import pkgutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

NAMES_FILE = Path(__file__).parent / "tensorflow" / "_names.py"
PACKAGES = ("tensorflow", "keras", "tensorflow_addons", "tensorflow_hub", "tensorflow_text")

_HEADER = '"""Names Rasa touches on import, written by `python lean/record_names.py --write`."""\n'


@dataclass
class Record:
    """What was touched: modules that were imported and attributes that were read."""

    modules: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)

    def source(self) -> str:
        """Return the text of `_names.py`. Parents of other names are left out as implied."""
        touched = self.modules | self.attributes
        lines = [
            f'    "{name}": "{"module" if name in self.modules else "class"}",\n'
            for name in sorted(touched - _parents(touched))
        ]
        return f"{_HEADER}\nNAMES = {{\n{''.join(lines)}}}\n"


class Recorder(MetaPathFinder, Loader):
    """Import hook that finds any module of `PACKAGES` and records what is done with it."""

    def __init__(self) -> None:
        self.record = Record()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Claim the modules to record."""
        if name.partition(".")[0] not in PACKAGES:
            return None
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make a module whose every attribute exists."""
        self.record.modules.add(spec.name)
        module = ModuleType(spec.name)
        module.__getattr__ = lambda name: self.touch(f"{spec.name}.{name}")  # type: ignore[method-assign]
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: the module is made complete."""

    def touch(self, name: str) -> "Agreeable":
        """Record the attribute and return a class for it, or refuse if it is Python's own."""
        if name.rpartition(".")[-1].startswith("__"):
            raise AttributeError(name)
        self.record.attributes.add(name)
        return Agreeable(name, (), {"_touch": staticmethod(self.touch)})


class Agreeable(type):
    """The type of recording classes, which have every attribute too."""

    def __getattr__(cls, name: str) -> "Agreeable":
        """Record the attribute; a subclass, which is Rasa's own, has only what it defines."""
        if "_touch" not in vars(cls):
            raise AttributeError(name)
        return cls._touch(f"{cls.__name__}.{name}")


def record() -> Record:
    """Import every module of Rasa and return what it touched, in a process of its own only."""
    recorder = Recorder()
    sys.meta_path.insert(0, recorder)
    for name in _module_names("rasa"):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            # Some modules need packages that come only with one of Rasa's extras.
            print(f"left out {name}: {error}", file=sys.stderr)
    return recorder.record


def main() -> int:
    """Compare or write the list; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--check", action="store_true", help="compare with the list")
    action.add_argument("--write", action="store_true", help="write the list")
    parser.add_argument("--file", type=Path, default=NAMES_FILE, help="the list")
    options = parser.parse_args()
    new = record().source()
    if options.write:
        options.file.write_text(new)
        return 0
    return _compare(options.file, new)


def _compare(file: Path, new: str) -> int:
    """Print what changed since the list in `file` was written; return 1 if anything did."""
    old = file.read_text()
    if old == new:
        return 0
    print(f"Rasa touches other names than those listed in {file}:")
    sys.stdout.writelines(
        difflib.unified_diff(old.splitlines(True), new.splitlines(True), "listed", "touched", n=0)
    )
    print("If that is right: `python lean/record_names.py --write`, then `uv sync`.")
    return 1


def _module_names(package: str) -> list[str]:
    path = importlib.import_module(package).__path__
    return [module.name for module in pkgutil.walk_packages(path, f"{package}.")]


def _parents(names: Iterable[str]) -> set[str]:
    """Return every package or class that contains one of the names."""
    parts = [name.split(".") for name in names]
    return {".".join(part[:end]) for part in parts for end in range(1, len(part))}


if __name__ == "__main__":
    sys.exit(main())
