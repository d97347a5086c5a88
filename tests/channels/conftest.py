"""The channels are tested with the small bot of the commands."""

from tests.cli.conftest import trained_small_bot

__all__ = ["trained_small_bot"]
