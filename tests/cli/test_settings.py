"""The environment variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.errors import SettingsError
from chatbot.settings import Settings, child_environment, read


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read({}) == Settings(Path("data/knowledge"), "en", "warning")


def test_each_variable_sets_its_setting() -> None:
    environment = {"CHATBOT_KNOWLEDGE": "/kb", "CHATBOT_LOG_LEVEL": "debug"}
    assert read(environment) == Settings(Path("/kb"), "en", "debug")


def test_values_may_be_written_in_capitals() -> None:
    assert read({"CHATBOT_LOG_LEVEL": "INFO"}).log_level == "info"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("CHATBOT_LANGUAGE", "klingon", "en"),
        ("CHATBOT_LOG_LEVEL", "warn", "debug, info, warning, error"),
    ],
)
def test_a_value_that_is_not_allowed_is_named_with_those_that_are(
    name: str, value: str, allowed: str
) -> None:
    with pytest.raises(SettingsError, match=f"{name}='{value}': must be one of {allowed}"):
        read({name: value})


def test_the_nearest_allowed_value_is_offered() -> None:
    with pytest.raises(SettingsError, match="did you mean 'warning'"):
        read({"CHATBOT_LOG_LEVEL": "warnings"})


def test_a_misspelled_variable_is_an_error_that_offers_the_nearest() -> None:
    with pytest.raises(SettingsError, match="CHATBOT_LANGAUGE.*did you mean 'CHATBOT_LANGUAGE'"):
        read({"CHATBOT_LANGAUGE": "en"})


def test_an_empty_knowledge_folder_is_an_error() -> None:
    with pytest.raises(SettingsError, match="CHATBOT_KNOWLEDGE"):
        read({"CHATBOT_KNOWLEDGE": " "})


def test_variables_of_others_do_not_matter() -> None:
    assert read({"LANGUAGE": "de", "LOG_LEVEL": "x"}) == Settings()


def test_child_processes_do_not_report_to_the_makers_of_rasa() -> None:
    assert child_environment()["RASA_TELEMETRY_ENABLED"] == "false"


@pytest.mark.parametrize("address", ["https://bot.example", "http://10.0.0.2:5005"])
def test_the_address_for_people_loses_its_closing_slash(address: str) -> None:
    assert read({"CHATBOT_PUBLIC_URL": f"{address}/"}).public_url == address
    assert read({"CHATBOT_PUBLIC_URL": " "}).public_url == ""


@pytest.mark.parametrize(
    "address", ["bot.example", "ftp://x", "https://", "https://x/?a=1", "https://x/bot", "/x"]
)
def test_an_address_that_is_none_is_an_error(address: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_PUBLIC_URL: .*https://shop.example"):
        read({"CHATBOT_PUBLIC_URL": address})
