"""Who may import whom, as the design fixes it."""

from __future__ import annotations

import pytest

from tests.support.sources import Module, layer, modules

# A layer and what it may import of this project besides itself.
ALLOWED = {
    "errors": set(),
    "yaml_reader": set(),
    "settings": {"errors"},
    "knowledge": {"errors", "settings"},
    "pictures": {"errors", "settings", "knowledge"},
    "dialogue": {"errors", "settings", "knowledge"},
    "answers": {"errors", "settings", "knowledge", "dialogue", "pictures"},
    "wording": {"errors", "settings", "knowledge", "dialogue", "answers", "pictures"},
    "bot": {"errors", "settings", "knowledge", "dialogue", "answers", "wording"},
    "actions": {"bot"},
    "nlu": {"errors", "settings", "knowledge"},
    "channels": {"errors", "settings", "knowledge", "pictures", "wording"},
}
# What every layer may use; it uses none.
FOR_ALL = {"yaml_reader"}
PURE = ("knowledge", "pictures", "dialogue", "answers", "wording", "bot", "errors")
NO_SPACY = ("pictures", "dialogue", "answers", "wording", "bot", "errors", "settings")


def of_layer(*names: str) -> list[Module]:
    return [module for module in modules() if layer(module.name) in names]


def own(module: Module) -> set[str]:
    """Return the layers of this project that a module imports."""
    names = {name for name in module.imports if name.split(".")[0] in ("chatbot", "actions")}
    return {layer(name) for name in names} - {layer(module.name)}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_layer_imports_only_layers_below_it(name: str) -> None:
    wrong = [
        f"{module.name} imports {other}"
        for module in of_layer(name)
        for other in sorted(own(module) - ALLOWED[name] - FOR_ALL)
    ]
    assert wrong == []


def test_nothing_imports_the_actions() -> None:
    assert [module.name for module in modules() if "actions" in own(module)] == []


@pytest.mark.parametrize("library", ["rasa", "rasa_sdk", "tensorflow", "sanic"])
def test_the_core_does_not_know_rasa(library: str) -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in of_layer(*PURE)
        for name in module.imports
        if name.split(".")[0] == library
    ]
    assert wrong == []


def test_only_the_linker_and_the_pipeline_use_spacy() -> None:
    users = {
        module.name
        for module in of_layer(*PURE, "settings")
        for name in module.imports
        if name.split(".")[0] == "spacy"
    }
    assert users <= {"chatbot.knowledge.find"}


def test_the_actions_use_the_sdk_and_not_rasa() -> None:
    for module in of_layer("actions"):
        assert {name.split(".")[0] for name in module.imports} <= {
            "__future__",
            "typing",
            "rasa_sdk",
            "chatbot",
        }


def test_no_module_uses_tensorflow() -> None:
    users = [m.name for m in modules() if any(n.startswith("tensorflow") for n in m.imports)]
    assert users == []


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        module.name
        for module in modules()
        if any(name in ("os.environ", "os.getenv") for name in module.imports)
        or any(text in module.path.read_text("utf-8") for text in ("os.environ", "getenv("))
    ]
    assert readers == ["chatbot.settings"]


def test_there_are_no_circles_between_the_modules_of_a_layer() -> None:
    names = {module.name for module in modules()}
    edges = {
        module.name: {
            candidate
            for name in _at_top(module)
            for candidate in (name, name.rpartition(".")[0])
            if candidate in names and candidate != module.name
        }
        for module in modules()
    }
    assert [name for name in edges if _reaches(name, name, edges)] == []


def _at_top(module: Module) -> set[str]:
    """Return what is imported when the module is loaded."""
    top = Module(module.name, module.path, module.tree)
    bodies = [node for node in top.tree.body if type(node).__name__ in ("Import", "ImportFrom")]
    tree = type(top.tree)(body=bodies, type_ignores=[])
    return Module(module.name, module.path, tree).imports


def _reaches(start: str, goal: str, edges: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    queue = list(edges[start])
    while queue:
        name = queue.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            queue += edges[name]
    return False
