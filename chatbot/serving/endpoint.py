"""How Rasa calls the action server: one lasting connection, patience, and a polite end to it."""

from __future__ import annotations

import asyncio
import copy
import logging
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

# Long enough for the action server to be started again, short enough for someone who waits.
PATIENCE = 10.0
ATTEMPTS = 3
_REJECTED = 400
# What an action that cannot be run "answers"; the wording stands in the domain.
UNAVAILABLE: dict[str, Any] = {
    "events": [{"event": "slot", "name": "answered", "value": None}],
    "responses": [{"response": "utter_unavailable"}],
}

logger = logging.getLogger(__name__)


class ActionEndpoint(EndpointConfig):
    """Runs actions, which must not mind being run twice, and never raises for one that fails."""

    def __init__(self, url: str, patience: float = PATIENCE, **kwargs: Any) -> None:
        super().__init__(url, **kwargs)
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    def session(self) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
        """Return the one session of this endpoint, which leaving the context does not close."""
        if self._session is None:
            self._session = super().session()
        return nullcontext(self._session)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the action server answers, or else `UNAVAILABLE`.

        Raises:
            ClientResponseError: the action rejects to run, which is Rasa's business.
        """
        try:
            return await asyncio.wait_for(self._insist(*args, **kwargs), self._patience)
        except ClientResponseError as error:
            if error.status == _REJECTED:
                raise
            logger.error("an action failed: the action server answered %s", error.status)
        except aiohttp.ClientError as error:
            logger.error("an action failed: %s: %s", self.url, error)
        except asyncio.TimeoutError:
            logger.error("an action failed: %s: silent for %g s", self.url, self._patience)
        return copy.deepcopy(UNAVAILABLE)

    async def close(self) -> None:
        """Close the connection."""
        if self._session is not None:
            await self._session.close()

    async def _insist(self, *args: Any, **kwargs: Any) -> Any:
        for _ in range(ATTEMPTS - 1):
            try:
                return await super().request(*args, **kwargs)
            except aiohttp.ClientConnectionError as error:
                # The action server died with this message in hand; its successor gets it.
                logger.warning("asking the action server again: %s", error)
        return await super().request(*args, **kwargs)
