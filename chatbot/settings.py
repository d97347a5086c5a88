"""What can be set from outside; the only module that reads or writes environment variables.

CHATBOT_KNOWLEDGE   folder of the knowledge base, relative to the project (data/knowledge)
CHATBOT_LANGUAGE    language of the answers (en)
CHATBOT_LOG_LEVEL   what is logged: debug, info, warning or error (warning)
CHATBOT_PUBLIC_URL  address under which people reach this server: https://bot.example (none);
                    pictures and messaging channels need it

For the website widget:

CHATBOT_ALLOWED_ORIGINS   other sites that may use it, with commas: https://shop.example (none)
CHATBOT_TRUSTED_PROXIES   whose X-Forwarded-For and -Proto count: addresses, networks (none)
CHATBOT_SESSION_KEY       signs session tokens, 32 characters or more (one is made and kept)
CHATBOT_STATE             folder for that key and for what was said lately (.cache/chatbot)
CHATBOT_REST              who may use Rasa's REST channel: local, open or off (local)

The messaging channels have variables of their own, TELEGRAM_*, SLACK_* and WECHAT_*: see
chatbot/channels/messaging/accounts.py.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from chatbot.errors import SettingsError, nearest

PREFIX = "CHATBOT_"
KNOWLEDGE = "CHATBOT_KNOWLEDGE"
LANGUAGE = "CHATBOT_LANGUAGE"
LOG_LEVEL = "CHATBOT_LOG_LEVEL"
PUBLIC_URL = "CHATBOT_PUBLIC_URL"
ALLOWED_ORIGINS = "CHATBOT_ALLOWED_ORIGINS"
TRUSTED_PROXIES = "CHATBOT_TRUSTED_PROXIES"
SESSION_KEY = "CHATBOT_SESSION_KEY"
STATE = "CHATBOT_STATE"
REST = "CHATBOT_REST"
NAMES = (
    KNOWLEDGE,
    LANGUAGE,
    LOG_LEVEL,
    PUBLIC_URL,
    ALLOWED_ORIGINS,
    TRUSTED_PROXIES,
    SESSION_KEY,
    STATE,
    REST,
)

LANGUAGES = ("en",)
LOG_LEVELS = ("debug", "info", "warning", "error")
REST_ACCESS = ("local", "open", "off")
# As long as the hash that a token is signed with.
SHORTEST_KEY = 32
_ORIGIN = re.compile(r"(https?)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

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
        public_url: origin under which people reach this server; empty if it is not known.
        allowed_origins: other sites whose pages may use the web channel, as browsers name them.
        trusted_proxies: machines that say truly whom they speak for.
        session_key: signs the tokens of the web channel; empty if one is to be made.
        state: folder for what the web channel keeps, absolute or relative to the project.
        rest: who may use Rasa's REST channel, one of REST_ACCESS.
    """

    knowledge: Path = Path("data/knowledge")
    language: str = "en"
    log_level: str = "warning"
    public_url: str = ""
    allowed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[Network, ...] = ()
    session_key: str = field(default="", repr=False)
    state: Path = Path(".cache/chatbot")
    rest: str = "local"

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
        knowledge=_folder(
            environment, default.knowledge, KNOWLEDGE, "the folder of the knowledge base"
        ),
        language=_choice(environment, LANGUAGE, LANGUAGES, default.language),
        log_level=_choice(environment, LOG_LEVEL, LOG_LEVELS, default.log_level),
        public_url="".join(_origins(environment, PUBLIC_URL)[:1]),
        allowed_origins=_origins(environment, ALLOWED_ORIGINS),
        trusted_proxies=tuple(_network(part) for part in _parts(environment, TRUSTED_PROXIES)),
        session_key=_key(environment),
        state=_folder(environment, default.state, STATE, "a folder that may be written to"),
        rest=_choice(environment, REST, REST_ACCESS, default.rest),
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


def _folder(environment: Mapping[str, str], default: Path, name: str, what: str) -> Path:
    value = environment.get(name)
    if value is None:
        return default
    if not value.strip():
        raise SettingsError(f"{name}={value!r}: must name {what}")
    return Path(value)


def _choice(
    environment: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str
) -> str:
    value = environment.get(name, default)
    if value.lower() not in allowed:
        raise SettingsError(
            f"{name}={value!r}: must be one of {', '.join(allowed)}{nearest(value, allowed)}"
        )
    return value.lower()


def _parts(environment: Mapping[str, str], name: str) -> list[str]:
    parts = (part.strip() for part in environment.get(name, "").split(","))
    return [part for part in parts if part]


def _origins(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(_origin(part, name) for part in _parts(environment, name))


def _origin(text: str, name: str) -> str:
    """Return an origin as browsers write it: in small letters, without the usual port."""
    found = _ORIGIN.fullmatch(text.lower().rstrip("/"))
    if not found:
        raise SettingsError(
            f"{name}: {text!r} is no origin; it must be http:// or https://, a host and "
            "perhaps a port, such as https://shop.example, without path and wildcards"
        )
    scheme, host, port = found.groups()
    usual = port is None or port == _DEFAULT_PORTS[scheme]
    return f"{scheme}://{host}" if usual else f"{scheme}://{host}:{port}"


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise SettingsError(
            f"{TRUSTED_PROXIES}: {text!r} is neither an address nor a network; write 127.0.0.1 or "
            "172.16.0.0/12"
        ) from error


def _key(environment: Mapping[str, str]) -> str:
    value = environment.get(SESSION_KEY, "").strip()
    if value and len(value) < SHORTEST_KEY:
        # The value itself is a secret, so it is not repeated.
        raise SettingsError(
            f"{SESSION_KEY} has {len(value)} characters; it must have {SHORTEST_KEY} or more, as "
            "`openssl rand -hex 32` makes them"
        )
    return value
