"""Runs a model's components one after the other, without planning that anew for every message."""

from __future__ import annotations

from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner

Steps = list[tuple[str, tuple[str, ...]]]


class SerialGraphRunner(DaskGraphRunner):
    """Does what Rasa's runner does, in an order that is worked out once.

    Rasa builds a task graph for each of its three runs a message and hands it to dask, which puts
    it in order, keeps books on it and then runs one component after the other as well.
    """

    @classmethod
    def taking_over(cls, runner: DaskGraphRunner) -> SerialGraphRunner:
        """Return a runner of the same components, which are not loaded again."""
        serial = cls.__new__(cls)
        serial.__dict__.update(vars(runner))
        serial._steps = {}
        return serial

    _steps: dict[tuple[str, ...], Steps]

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Run the components that the targets need.

        Args:
            inputs: values that take the place of components, by name.
            targets: names of components; those that the model names if there are none.

        Returns:
            What each target puts out, by name.

        Raises:
            GraphRunError: if a component needs an input that is missing.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        if wanted not in self._steps:
            self._steps[wanted] = self._in_order(wanted)
        for name, needs in self._steps[wanted]:
            if name not in done:
                # A component is told the name of an input that is missing, and complains.
                done[name] = self._instantiated_nodes[name](*(done.get(n, n) for n in needs))
        return dict(done[name] for name in wanted)

    def _in_order(self, wanted: tuple[str, ...]) -> Steps:
        """Return the components to run, each after those that it needs."""
        nodes = self._graph_schema.nodes
        order: dict[str, tuple[str, ...]] = {}

        def visit(name: str) -> None:
            if name in nodes and name not in order:
                needs = tuple(nodes[name].needs.values())
                for need in needs:
                    visit(need)
                order[name] = needs

        for name in wanted:
            visit(name)
        return list(order.items())
