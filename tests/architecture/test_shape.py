"""Sizes, docstrings and stems of the code."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys

import yaml

from chatbot.answers.registry import ANSWERERS
from chatbot.dialogue import topics
from tests.support.checks import assert_none
from tests.support.paths import ROOT
from tests.support.sources import layer, lines_of, modules

LONGEST_FUNCTION, MEDIAN_FUNCTION, LONGEST_ACTION_FILE = 60, 10, 40
# Topics that the dialogue sets and nobody asks for: no examples and no rule of their own.
NOT_ASKED = {topics.CLARIFY, topics.UNKNOWN_ROLE}
# Intents that are answered through the conversation: no answer and no template of their own.
NOT_ANSWERED = {topics.AFFIRM, topics.DENY, topics.FOLLOW_UP}
# Topics that one module answers: what is said differs, and there are no facts to choose.
SMALL_TALK = {*topics.SMALL_TALK, topics.OUT_OF_SCOPE}
# An intent of Rasa's own that has a rule here but no topic.
RASAS_OWN = {"restart"}


def stems(folder: str, suffix: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob(f"*{suffix}")}


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [
        f"{module.name}.{function.name}: {lines_of(function)}"
        for module in modules()
        for function in module.functions
        if lines_of(function) > LONGEST_FUNCTION
    ]
    assert long == []


def test_half_of_the_functions_have_ten_lines_or_fewer() -> None:
    sizes = [lines_of(function) for module in modules() for function in module.functions]
    assert statistics.median(sizes) <= MEDIAN_FUNCTION


def test_an_action_file_has_forty_lines_or_fewer() -> None:
    files = [module.path for module in modules() if layer(module.name) == "actions"]
    assert files
    assert [p for p in files if len(p.read_text("utf-8").splitlines()) > LONGEST_ACTION_FILE] == []


def test_no_wording_stands_in_the_actions() -> None:
    sentences = [
        node.value
        for module in modules()
        if layer(module.name) == "actions"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if len(re.findall(r"[A-Za-z]{2,}", node.value)) >= 4
        and node.value not in _docs(module.tree)
    ]
    assert sentences == []


def test_every_public_thing_has_a_docstring() -> None:
    bare = []
    for module in modules():
        if module.path.stat().st_size and ast.get_docstring(module.tree) is None:
            bare.append(module.name)
        for node in _public(module.tree):
            if ast.get_docstring(node) is None:
                bare.append(f"{module.name}.{node.name}")
    assert_none(bare, "public things have no docstring")


def test_every_function_is_typed() -> None:
    untyped = [
        f"{module.name}.{function.name}"
        for module in modules()
        for function in module.functions
        if function.returns is None and function.name != "__init__"
    ]
    assert_none(untyped, "functions do not say what they return")


def test_every_topic_has_examples_and_a_rule_under_its_name() -> None:
    asked = set(topics.INTENTS)
    assert stems("data/nlu", ".yml") - RASAS_OWN == asked
    assert stems("data/rules", ".yml") - RASAS_OWN == asked


def test_every_topic_has_a_template_and_questions_under_its_name() -> None:
    answered = set(topics.TOPICS)
    assert answered <= stems("chatbot/wording/en", ".j2")
    assert stems("tests/questions", ".yml") == answered


def test_every_topic_has_an_answer_module_under_its_name() -> None:
    written = stems("chatbot/answers", ".py")
    assert set(topics.TOPICS) - SMALL_TALK <= written
    for topic, answer in ANSWERERS.items():
        module = "small_talk" if topic in SMALL_TALK else topic
        assert answer.__module__ == f"chatbot.answers.{module}"


def test_topics_that_are_exceptions_are_known_to_be_so() -> None:
    assert set(topics.TOPICS) - set(topics.INTENTS) == NOT_ASKED
    assert set(topics.INTENTS) - set(topics.TOPICS) == NOT_ANSWERED


def test_each_file_of_examples_holds_the_intent_of_its_name() -> None:
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        parts = yaml.safe_load(path.read_text("utf-8"))["nlu"]
        assert {part["intent"] for part in parts} == {path.stem}


def test_no_template_stands_unused_by_name() -> None:
    topic_of = {stem for stem in stems("chatbot/wording/en", ".j2") if stem not in topics.TOPICS}
    starts = {topic.split("_")[0] for topic in topics.TOPICS}
    assert [stem for stem in topic_of if stem.split("_")[0] not in starts] == []


def test_the_pipeline_and_the_policies_use_no_tensorflow() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    names = [part["name"] for part in (*config["pipeline"], *config["policies"])]
    assert names
    banned = ("DIET", "TED", "ResponseSelector", "Convert", "LanguageModel", "Tensor")
    assert [n for n in names if any(word in n.rsplit(".", 1)[-1] for word in banned)] == []


def test_each_component_of_the_configuration_has_its_reason_beside_it() -> None:
    lines = (ROOT / "config.yml").read_text("utf-8").splitlines()
    bare = [
        line
        for before, line in zip(lines, lines[1:], strict=False)
        if line.strip().startswith("- name:") and not before.strip().startswith("#")
    ]
    assert bare == []


# Imports modules and prints every file of the project and every connection that this opens.
_WATCH = """
import sys

import jinja2, pydantic, rapidfuzz, rasa_sdk.executor, sklearn.svm, spacy, yaml

root, *names = sys.argv[1:]


def hook(event, args):
    if event == "open" and str(args[0]).startswith(root) and ".py" not in str(args[0]):
        print("opens", args[0])
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.putenv"):
        print(event, args)


sys.addaudithook(hook)
for name in names:
    __import__(name)
"""


def test_importing_the_core_and_the_actions_opens_nothing() -> None:
    wanted = ("actions", "bot", "settings", "errors", "knowledge", "dialogue", "answers", "wording")
    names = [module.name for module in modules() if layer(module.name) in wanted]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _WATCH, str(ROOT), *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_settings_read_the_environment_only_when_asked() -> None:
    (settings,) = [module for module in modules() if module.name == "chatbot.settings"]
    at_import = [node for node in settings.tree.body if not isinstance(node, ast.FunctionDef)]
    assert not any("os.environ" in ast.unparse(node) for node in at_import)


def _docs(tree: ast.Module) -> set[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, documented)]
    return {doc for node in nodes if (doc := ast.get_docstring(node, clean=False))}


def _public(tree: ast.Module) -> list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return public classes and functions, and the public methods of public classes."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith("_"):
                continue
            found.append(node)
            if isinstance(node, ast.ClassDef):
                functions = [n for n in node.body if isinstance(n, ast.FunctionDef)]
                found += [function for function in functions if not function.name.startswith("_")]
    return found
