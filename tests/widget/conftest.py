"""Tests of the widget, where what they need is installed; else one test says what is missing."""

from __future__ import annotations

from importlib.util import find_spec

if find_spec("playwright") is None:
    collect_ignore_glob = ["test_widget_*.py"]
else:
    from tests.widget.fixtures import *  # noqa: F403
