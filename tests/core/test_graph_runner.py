"""The serial runner comes to the same results as Rasa's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from chatbot.core.graph_runner import SerialGraphRunner

MESSAGE = "__message__"


class Joiner(GraphComponent):
    """Joins what it gets, after its own name; counts how often."""

    runs: list[str] = []

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Joiner:
        return cls(config["name"])

    def __init__(self, name: str) -> None:
        self._name = name

    def join(self, left: str = "", right: str = "") -> str:
        self.runs.append(self._name)
        return f"{self._name}({left}{right})"


def node(name: str, is_target: bool = False, **needs: str) -> SchemaNode:
    return SchemaNode(
        needs=needs,
        uses=Joiner,
        constructor_name="create",
        fn="join",
        config={"name": name},
        eager=True,
        is_target=is_target,
    )


GRAPH = GraphSchema(
    {
        # Named against the order in which they have to run.
        "a_last": node("last", is_target=True, left="b_one", right="c_other"),
        "b_one": node("one", left="d_first"),
        "c_other": node("other", left="d_first"),
        "d_first": node("first", left=MESSAGE),
        "e_alone": node("alone"),
    }
)


@pytest.fixture
def stock(tmp_path: Path) -> DaskGraphRunner:
    Joiner.runs.clear()
    context = ExecutionContext(GRAPH)
    return DaskGraphRunner(GRAPH, LocalModelStorage(tmp_path), context)


@pytest.fixture
def serial(stock: DaskGraphRunner) -> SerialGraphRunner:
    return SerialGraphRunner.taking_over(stock)


@pytest.mark.parametrize("targets", [["a_last"], ["c_other", "e_alone"], ["d_first"], None])
def test_it_puts_out_what_rasas_runner_puts_out(
    stock: DaskGraphRunner, serial: SerialGraphRunner, targets: list[str] | None
) -> None:
    inputs = {MESSAGE: "hello"}
    assert serial.run(inputs, targets) == stock.run(inputs, targets)


def test_components_run_once_and_after_what_they_need(serial: SerialGraphRunner) -> None:
    serial.run({MESSAGE: "hello"}, ["a_last"])
    assert Joiner.runs == ["first", "one", "other", "last"]


def test_a_second_run_gets_its_own_inputs(serial: SerialGraphRunner) -> None:
    serial.run({MESSAGE: "hello"}, ["d_first"])
    assert serial.run({MESSAGE: "bye"}, ["d_first"]) == {"d_first": "first(bye)"}


def test_an_input_can_stand_in_for_a_component(serial: SerialGraphRunner) -> None:
    assert serial.run({"d_first": "x"}, ["b_one"]) == {"b_one": "one(x)"}
    assert Joiner.runs == ["one"]


def test_a_missing_input_is_an_error(serial: SerialGraphRunner) -> None:
    with pytest.raises(GraphRunError, match=MESSAGE):
        serial.run({}, ["a_last"])
