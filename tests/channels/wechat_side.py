"""WeChat's side: messages signed and encrypted by wechatpy, and the API that the bot calls."""

from __future__ import annotations

import itertools
import time
from typing import Any

import httpx
import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import BaseReply, deserialize_reply
from wechatpy.utils import WeChatSigner, random_string

TOKEN, APP_ID, SECRET = "weixin_token", "wx0123456789abcdef", "secret-of-the-stand-in"
AES_KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
ACCOUNT = "gh_jobs"
PATH = "/webhooks/wechat/webhook"
_ids = itertools.count(23456789012345678)


def method_of(path: str) -> str:
    return path.removeprefix("/cgi-bin/")


def answer(method: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what WeChat answers when all is well."""
    if method == "token":
        return {"access_token": "a-token", "expires_in": 7200}
    return {"errcode": 0, "errmsg": "ok"}


def failed(code: int, text: str = "error") -> tuple[int, Any, dict[str, str]]:
    """Return an error as WeChat tells it: with status 200."""
    return 200, {"errcode": code, "errmsg": text}, {}


def query(token: str = TOKEN, at: float | None = None) -> dict[str, str]:
    """Return a signed query, as it stands in the address of every delivery."""
    stamp, nonce = str(int(time.time() if at is None else at)), random_string()
    signer = WeChatSigner()
    signer.add_data(token, stamp, nonce)
    return {"signature": signer.signature, "timestamp": stamp, "nonce": nonce}


def message(kind: str, user: str = "oAnn", **content: Any) -> str:
    """Return a message or an event as XML."""
    about = {"ToUserName": ACCOUNT, "FromUserName": user, "CreateTime": int(time.time())}
    number = {} if kind == "event" else {"MsgId": next(_ids)}
    return str(xmltodict.unparse({"xml": {**about, "MsgType": kind, **content, **number}}))


def text(content: str, user: str = "oAnn") -> str:
    return message("text", user, Content=content)


def event(name: str, key: str = "", user: str = "oAnn") -> str:
    return message("event", user, Event=name, EventKey=key)


def deliver(http: httpx.Client, xml: str, **signing: Any) -> httpx.Response:
    """Deliver a message in the plain mode."""
    return http.post(PATH, params=query(**signing), content=xml.encode())


def deliver_sealed(http: httpx.Client, xml: str, key: str = AES_KEY) -> httpx.Response:
    """Deliver a message in the encrypted mode."""
    asked = query()
    crypto = WeChatCrypto(TOKEN, key, APP_ID)
    sealed = crypto.encrypt_message(xml, asked["nonce"], asked["timestamp"])
    signature = xmltodict.parse(sealed)["xml"]["MsgSignature"]
    asked |= {"encrypt_type": "aes", "msg_signature": signature, "openid": "oAnn"}
    return http.post(PATH, params=asked, content=sealed.encode())


def reply(response: httpx.Response) -> BaseReply | None:
    """Return the reply as wechatpy reads it; None if there is none."""
    assert response.status_code == 200, response.text
    return None if response.text == "success" else deserialize_reply(response.text)


def said(response: httpx.Response) -> str | None:
    """Return the text of the reply."""
    found = reply(response)
    return None if found is None else str(found.content)


def unsealed(response: httpx.Response) -> BaseReply:
    """Return an encrypted reply as wechatpy reads it."""
    outer = xmltodict.parse(response.text)["xml"]
    inner = WeChatCrypto(TOKEN, AES_KEY, APP_ID).decrypt_message(
        response.text, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"]
    )
    return deserialize_reply(inner)
