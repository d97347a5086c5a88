"""Rasa's REST channel, as Rasa documents it, with an answer to requests that are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.channels.rest import RestInput as RasaRestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from chatbot.channels.website.addresses import is_here
from chatbot.channels.website.refusal import RefusalLog, RefusedError, language_of
from chatbot.settings import load_settings

LOCAL, OPEN, OFF = "local", "open", "off"
_EXPOSURES = {
    LOCAL: "/webhooks/rest answers programs on this machine only; CHATBOT_REST=open opens it",
    OPEN: "/webhooks/rest is open, so everybody may speak in any conversation and as often as they "
    "like; CHATBOT_REST=local or off closes it",
    OFF: "",
}
# With any of these a proxy speaks for somebody else, though it may run on this machine.
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")
_EXPECTED: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "sender": ((str, int), "a text"),
    "input_channel": (str, "a text"),
    "metadata": (dict, "a JSON object"),
}


class RestInput(RasaRestInput):
    """POST /webhooks/rest/webhook {"sender": "...", "message": "..."}.

    Whoever may use it may speak in any conversation, as the caller names the sender. So it answers
    programs on this machine only, unless the setting CHATBOT_REST opens it.
    """

    @property
    def exposure(self) -> str:
        """What it means when other machines reach the server."""
        return _EXPOSURES[load_settings().rest]

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return Rasa's paths, with a look at each request before Rasa handles it."""
        blueprint = super().blueprint(on_new_message)
        access, log = load_settings().rest, RefusalLog()

        async def look(request: Request) -> HTTPResponse | None:
            try:
                _check_caller(request, access)
                if request.method == "POST":
                    _check_content(request)
            except RefusedError as refused:
                log.note(refused, request.ip or "")
                language = language_of(request.headers.get("accept-language"))
                content = {**refused.body(language), "detail": refused.why}
                return response.json(content, status=refused.status, headers=refused.headers)
            return None

        blueprint.middleware("request")(look)
        return blueprint


def _check_caller(request: Request, access: str) -> None:
    if access == OFF:
        raise RefusedError("local_only", "CHATBOT_REST=off")
    if access == LOCAL and (not is_here(request.ip) or _is_forwarded(request.headers)):
        raise RefusedError(
            "local_only", "not from this machine; CHATBOT_REST=open lets everybody in"
        )


def _is_forwarded(headers: Mapping[str, str]) -> bool:
    return any(name in headers for name in _PROXY_HEADERS)


def _check_content(request: Request) -> None:
    try:
        content = request.json
    except Exception:
        raise RefusedError("bad_request", "the body is no JSON") from None
    if not isinstance(content, dict):
        raise RefusedError("bad_request", 'the body must be {"sender": "...", "message": "..."}')
    if not isinstance(content.get("message"), str):
        raise RefusedError("bad_request", '"message" must be a text')
    for name, (kind, said) in _EXPECTED.items():
        if content.get(name) is not None and not isinstance(content[name], kind):
            raise RefusedError("bad_request", f'"{name}" must be {said}')
