"""Signed session tokens: the server alone says whose conversation a message belongs to."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jwt

from chatbot.channels.website.refusal import RefusedError, language_of
from chatbot.errors import SettingsError

ALGORITHM = "HS256"
AUDIENCE = "web-session"
DAY = 86_400
# No honest token is half as long; longer ones are not worth a look.
LONGEST_TOKEN = 1000
KEY_BYTES = 32
_KEY_FILE = "session.key"
_REMEMBERED = 10_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Session:
    """Who speaks: the id of the conversation, and the language of the widget."""

    sender: str
    language: str


class Sessions:
    """Makes and reads session tokens (JSON Web Tokens, RFC 7519, HMAC with SHA-256).

    Args:
        key: signs them.
        lifetime: seconds until a token expires.
        clock: seconds since the epoch; another one for tests.
    """

    def __init__(
        self, key: str, lifetime: int = DAY, clock: Callable[[], float] = time.time
    ) -> None:
        self._key, self.lifetime, self._clock = key, lifetime, clock
        # A page sends the same token with each message.
        self._verified = lru_cache(maxsize=_REMEMBERED)(self._verify)

    def begin(self, language: str) -> Session:
        """Return a new session, which nobody can guess."""
        return Session(f"web-{secrets.token_urlsafe(18)}", language)

    def token(self, session: Session) -> str:
        """Return a token for a session, good for `lifetime` seconds from now."""
        now = int(self._clock())
        claims = {
            "sub": session.sender,
            "lang": session.language,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + self.lifetime,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def read(self, token: str) -> Session:
        """Return the session of a token.

        Raises:
            RefusedError: no_session if this server did not sign it, expired if that is too long
                ago.
        """
        if len(token) > LONGEST_TOKEN:
            raise RefusedError("no_session", "the token is too long")
        session, expires = self._verified(token)
        if expires <= self._clock():
            raise RefusedError("expired", "the token has expired")
        return session

    def _verify(self, token: str) -> tuple[Session, float]:
        """Return the session of a token that is ours, and when it expires or has expired."""
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={"require": ["sub", "exp"], "verify_exp": False, "verify_iat": False},
            )
            sender, expires = str(claims["sub"]), float(claims["exp"])
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            kind = type(error).__name__
            raise RefusedError("no_session", f"the token is not ours ({kind})") from None
        return Session(sender, language_of(claims.get("lang"))), expires


def signing_key(given: str, folder: Path) -> str:
    """Return the given key, or else the one kept in `folder`, made at first.

    Raises:
        SettingsError: it can neither be read nor made.
    """
    if given:
        return given
    path = folder / _KEY_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _kept(path)
    except OSError as error:
        raise SettingsError(
            f"{path}: the key for session tokens cannot be kept there ({error.strerror}); let "
            "CHATBOT_STATE name a folder that may be written to, or set CHATBOT_SESSION_KEY"
        ) from error


def _kept(path: Path) -> str:
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent)  # readable by this user only
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES))
        # Of two servers that start at once the first one's key stays, and it is never half there.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return _checked(path)


def _checked(path: Path) -> str:
    key = path.read_text("ascii", errors="replace").strip()
    if len(key) < 2 * KEY_BYTES:
        raise SettingsError(f"{path}: holds no key of ours; delete it and a new one is made")
    if path.stat().st_mode & 0o077:
        logger.warning("%s could be read by others; it is closed to them now", path)
        path.chmod(0o600)
    return key
