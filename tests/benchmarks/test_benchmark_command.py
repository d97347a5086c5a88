from __future__ import annotations

import pytest

from benchmarks.__main__ import chosen
from chatbot.errors import SettingsError


def test_all_systems_are_measured_in_the_order_of_the_table():
    assert chosen("floor, ours,stock") == ["ours", "stock", "floor"]


def test_only_the_named_systems_are_measured():
    assert chosen("floor") == ["floor"]


def test_an_unknown_system_is_refused_with_the_nearest_one():
    with pytest.raises(SettingsError, match="'flor'.*did you mean 'floor'"):
        chosen("ours,flor")
