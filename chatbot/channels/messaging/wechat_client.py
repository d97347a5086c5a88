"""Calls WeChat: pushes messages to people, sets the menu."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import requests
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from chatbot.channels.messaging.accounts import WeChatAccount
from chatbot.channels.messaging.delivery import BusyError, RefusedError, seconds_of

T = TypeVar("T")
TIMEOUT_SECONDS = 10
# Numbers of WeChat's errors: https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
BUSY, TOO_OFTEN, NOT_ALLOWED = -1, 45011, 48001
_STALE_TOKEN = (40001, 40014, 42001)
_TOO_OFTEN_SECONDS = 60.0


class Client(WeChatClient):
    """The client of `wechatpy` with a settable address, and one access token for all threads.

    Args:
        account: whose secret is set.
    """

    def __init__(self, account: WeChatAccount) -> None:
        super().__init__(
            account.app_id, account.app_secret, timeout=TIMEOUT_SECONDS, auto_retry=False
        )
        self.API_BASE_URL = f"{account.api_url}/cgi-bin/"
        self._lock = threading.Lock()
        # wechatpy asks for a token without a timeout.
        self._http.request = partial(self._http.request, timeout=TIMEOUT_SECONDS)

    @property
    def access_token(self) -> str:
        """The token that goes with every call; fetched when there is none or it is old."""
        with self._lock:
            return str(super().access_token)

    def fetch_access_token(self) -> Any:
        """Ask WeChat for a token."""
        return self._fetch_access_token(
            url=f"{self.API_BASE_URL}token",
            params={
                "grant_type": "client_credential",
                "appid": self.appid,
                "secret": self.secret,
            },
        )

    def forget_token(self) -> None:
        """Have the next call fetch a new token."""
        self.session.delete(self.access_token_key)


class Caller:
    """Calls WeChat from an event loop; `wechatpy` itself waits for each answer.

    Args:
        account: whose secret is set.
    """

    def __init__(self, account: WeChatAccount) -> None:
        self.client = Client(account)
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="wechat")

    async def once(self, call: Callable[[Client], T]) -> T:
        """Return what a call returns.

        Raises:
            BusyError: WeChat has not taken it.
            RefusedError: it will not take it, or perhaps has taken it.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, call, self.client)
        except WeChatClientException as error:
            raise self._judged(error) from error
        except requests.ReadTimeout:
            raise RefusedError(
                f"no answer within {TIMEOUT_SECONDS} s; it may have arrived"
            ) from None
        except requests.RequestException as error:
            # Its text holds the address, and that the secret.
            raise BusyError(type(error).__name__) from None

    def close(self) -> None:
        """Let no further calls begin."""
        self._threads.shutdown(wait=False)

    def _judged(self, error: WeChatClientException) -> BusyError | RefusedError:
        if error.errcode is None:
            return _judged_by_status(error.response)
        if error.errcode in _STALE_TOKEN:
            self.client.forget_token()
            return BusyError(f"WeChat wants a new access token ({error.errcode})")
        if error.errcode == BUSY:
            return BusyError("WeChat is busy")
        if error.errcode == TOO_OFTEN:
            return BusyError("WeChat asks to wait", _TOO_OFTEN_SECONDS)
        return RefusedError(f"WeChat answers {error.errcode}: {error.errmsg}", str(error.errcode))


def _judged_by_status(answer: Any) -> BusyError | RefusedError:
    status = getattr(answer, "status_code", 0)
    if status == 429 or status >= 500:
        return BusyError(f"WeChat answers {status}", seconds_of(answer.headers.get("Retry-After")))
    return RefusedError(f"WeChat answers {status}")
