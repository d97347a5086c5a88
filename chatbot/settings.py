"""What can be set from outside; the only module that reads or writes environment variables.

CHATBOT_KNOWLEDGE   folder of the knowledge base, relative to the project (data/knowledge)
CHATBOT_LANGUAGE    language of the answers (en)
CHATBOT_LOG_LEVEL   what is logged: debug, info, warning or error (warning)
CHATBOT_PUBLIC_URL  address under which people reach this server: https://bot.example (none);
                    pictures and messaging channels need it

The messaging channels have variables of their own, TELEGRAM_*, SLACK_* and WECHAT_*: see
chatbot/channels/messaging/accounts.py.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chatbot.errors import SettingsError, nearest

PREFIX = "CHATBOT_"
KNOWLEDGE = "CHATBOT_KNOWLEDGE"
LANGUAGE = "CHATBOT_LANGUAGE"
LOG_LEVEL = "CHATBOT_LOG_LEVEL"
PUBLIC_URL = "CHATBOT_PUBLIC_URL"
NAMES = (KNOWLEDGE, LANGUAGE, LOG_LEVEL, PUBLIC_URL)

LANGUAGES = ("en",)
LOG_LEVELS = ("debug", "info", "warning", "error")

# What every process that runs Rasa needs: no reports to its makers, no progress bars between our
# lines, no advice about the next SQLAlchemy, and none of its channels taking the repository that
# the environment lies in for its own and asking git about it.
_RASA_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    # A message multiplies small matrices; threads for them only spin and take the other processor.
    "OPENBLAS_NUM_THREADS": "1",
    "LOG_LEVEL": "WARNING",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "GIT_CEILING_DIRECTORIES": sys.prefix,
}


@dataclass(frozen=True)
class Settings:
    """The settings of one process.

    Attributes:
        knowledge: folder of the knowledge base, absolute or relative to the project.
        language: one of LANGUAGES.
        log_level: one of LOG_LEVELS.
        public_url: address of this server for people, without a closing slash; empty if unknown.
    """

    knowledge: Path = Path("data/knowledge")
    language: str = "en"
    log_level: str = "warning"
    public_url: str = ""

    @property
    def logging_level(self) -> int:
        """`log_level` as the number that `logging` uses."""
        return int(getattr(logging, self.log_level.upper()))


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings that the environment variables ask for.

    Raises:
        SettingsError: a variable has a value that is not allowed, or its name is unknown.
    """
    _refuse_unknown(environment)
    default = Settings()
    return Settings(
        knowledge=_folder(environment, default.knowledge),
        language=_choice(environment, LANGUAGE, LANGUAGES, default.language),
        log_level=_choice(environment, LOG_LEVEL, LOG_LEVELS, default.log_level),
        public_url=_address(environment),
    )


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Return the settings of this process; the environment is read once.

    Raises:
        SettingsError: as `read` does.
    """
    return read(os.environ)


def variables(names: Iterable[str]) -> dict[str, str]:
    """Return the environment variables of these names that are set and not blank."""
    found = {name: os.environ.get(name, "").strip() for name in names}
    return {name: value for name, value in found.items() if value}


def set_log_level(level: str) -> None:
    """Make this process and those it starts log at `level`, whatever the environment said."""
    os.environ[LOG_LEVEL] = level
    load_settings.cache_clear()


def prepare_for_rasa(cache: Path | None = None) -> None:
    """Set what Rasa reads from the environment; to be called before Rasa is imported.

    Args:
        cache: where trained components are kept for the next training, if it is to be said.
    """
    os.environ.update(_RASA_ENVIRONMENT)
    if cache:
        os.environ["RASA_CACHE_DIRECTORY"] = str(cache)


def child_environment() -> dict[str, str]:
    """Return the environment for a process that this one starts and whose output it reads."""
    return {**os.environ, **_RASA_ENVIRONMENT, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in NAMES:
            raise SettingsError(
                f"{name}: no such setting{nearest(name, NAMES)}; known are {', '.join(NAMES)}"
            )


def _folder(environment: Mapping[str, str], default: Path) -> Path:
    value = environment.get(KNOWLEDGE)
    if value is None:
        return default
    if not value.strip():
        raise SettingsError(f"{KNOWLEDGE}={value!r}: must name the folder of the knowledge base")
    return Path(value)


def _address(environment: Mapping[str, str]) -> str:
    value = environment.get(PUBLIC_URL, "").strip()
    if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise SettingsError(
            f"{PUBLIC_URL}={value!r}: must be an address such as https://bot.example, "
            "without ? or #"
        )
    return value.rstrip("/")


def _choice(
    environment: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str
) -> str:
    value = environment.get(name, default)
    if value.lower() not in allowed:
        raise SettingsError(
            f"{name}={value!r}: must be one of {', '.join(allowed)}{nearest(value, allowed)}"
        )
    return value.lower()
