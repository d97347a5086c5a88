"""Fixtures of the tests of chatbot.core."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from talk import DOMAIN


@pytest.fixture
def domain() -> Domain:
    return DOMAIN
