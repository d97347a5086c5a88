"""nginx and Caddy with our configuration, in front of a server with the web channel."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from chatbot.channels.rest import RestInput
from chatbot.channels.website.options import Options
from chatbot.settings import read
from tests.support.loopback import EchoBot, Visitor, serving, texts, web_channel
from tests.support.paths import ROOT
from tests.support.programs import program

DEPLOY = ROOT / "deploy"
PROXIES = read({"CHATBOT_TRUSTED_PROXIES": "127.0.0.1"}).trusted_proxies


@pytest.fixture(scope="module")
def bot() -> EchoBot:
    return EchoBot()


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxy(
    request: pytest.FixtureRequest, bot: EchoBot, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of a proxy in front of a server."""
    folder = tmp_path_factory.mktemp(request.param)
    few = Options(address_messages_per_minute=6)
    channel = web_channel(folder / "state", few, trusted_proxies=PROXIES)
    start = {"nginx": nginx, "caddy": caddy}[request.param]
    with (
        serving(channel, RestInput(), bot=bot) as server,
        start(folder, server.removeprefix("http://")) as url,
    ):
        yield url


@contextmanager
def nginx(folder: Path, upstream: str) -> Iterator[str]:
    command = program("nginx", "nginx-light")
    port, plain = free_port(), free_port()
    text = (DEPLOY / "nginx" / "chatbot.conf").read_text("utf-8")
    certify(folder)
    text = re.sub(r"/etc/letsencrypt/live/bot.example", str(folder), text)
    text = re.sub(r"listen \[::\][^;]*;", "", text)
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    text = text.replace("listen 80", f"listen 127.0.0.1:{plain}")
    text = text.replace("server 127.0.0.1:5005", f"server {upstream}")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {folder}/pid; error_log stderr; daemon off;\nevents {{}}\n"
    whole += f"http {{\n{temporary}{text}\n}}\n"
    (folder / "nginx.conf").write_text(whole)
    line = [command, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    check([*line, "-t"])
    with running(line, port, folder):
        yield f"https://127.0.0.1:{port}"


@contextmanager
def caddy(folder: Path, upstream: str) -> Iterator[str]:
    command = program("caddy", "caddy")
    port = free_port()
    text = (DEPLOY / "caddy" / "Caddyfile").read_text("utf-8")
    file = folder / "Caddyfile"
    # A certificate of its own making, no look at port 80, and no second server for its control.
    file.write_text(
        "{\n\tauto_https disable_redirects\n\tadmin off\n\tskip_install_trust\n}\n"
        + text.replace("{$SITE:localhost} {", "{$SITE:localhost} {\n\ttls internal")
    )
    variables = {
        "SITE": f"https://127.0.0.1:{port}",
        "BOT": upstream,
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "HOME": str(folder),
    }
    check([command, "validate", "--adapter", "caddyfile", "--config", str(file)], **variables)
    line = [command, "run", "--adapter", "caddyfile", "--config", str(file)]
    with running(line, port, folder, **variables):
        yield f"https://127.0.0.1:{port}"


def certify(folder: Path) -> None:
    """Make a certificate for this machine."""
    openssl = program("openssl", "openssl")
    request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    check([openssl, *request, *names, *files])


def check(line: list[str], **variables: str) -> None:
    done = subprocess.run(
        line,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def running(line: list[str], port: int, folder: Path, **variables: str) -> Iterator[None]:
    """Run a server until the end of the block; enters it when the server listens."""
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(line, env={**os.environ, **variables}, stderr=log, stdout=log)
    try:
        for _ in range(200):
            assert process.poll() is None, (folder / "log").read_text()
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def visitor(proxy: str, address: str = "127.0.0.1", **headers: str) -> Visitor:
    """Return somebody with a session, whose requests come from an address of this machine."""
    made = Visitor(proxy, **headers)
    made.http = httpx.Client(
        base_url=f"{proxy}/webhooks/web",
        headers=headers,
        verify=False,
        transport=httpx.HTTPTransport(verify=False, local_address=address),
    )
    made.begin()
    return made


def test_people_talk_through_it(proxy: str) -> None:
    somebody = visitor(proxy, "127.0.0.2", Origin=proxy)
    assert texts(somebody.ask("hello")) == ["You said: hello"]
    assert texts(somebody.history()) == ["hello", "You said: hello"]


def test_messages_come_as_they_are_said(proxy: str, bot: EchoBot) -> None:
    bot.go_on.clear()
    somebody = visitor(proxy, "127.0.0.3")
    with somebody.http.stream(
        "POST", "/messages", json={"text": "wait"}, headers=somebody.bearer
    ) as answer:
        lines = answer.iter_lines()
        assert json.loads(next(lines))["text"] == "One moment."
        bot.go_on.set()
        assert json.loads(next(lines))["text"] == "You said: wait"


def test_each_caller_has_limits_of_their_own(proxy: str) -> None:
    greedy = visitor(proxy, "127.0.0.4", **{"X-Forwarded-For": "203.0.113.1"})
    statuses = [greedy.post("/messages", {"text": "hello"}).status_code for _ in range(4)]
    assert statuses[-1] == 429
    forged = visitor(proxy, "127.0.0.4", **{"X-Forwarded-For": "203.0.113.99"})
    assert forged.post("/messages", {"text": "hello"}).status_code == 429
    assert texts(visitor(proxy, "127.0.0.5").ask("hello")) == ["You said: hello"]


def test_another_site_is_refused(proxy: str) -> None:
    answer = httpx.post(
        f"{proxy}/webhooks/web/session", headers={"Origin": "https://evil.example"}, verify=False
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/", "/widget.js", "/webhooks/web/about"])
def test_what_people_need_is_there(proxy: str, path: str) -> None:
    answer = httpx.get(proxy + path, verify=False)
    assert answer.status_code == 200
    assert "max-age" in answer.headers["strict-transport-security"]


@pytest.mark.parametrize(
    "path",
    ["/webhooks/rest/webhook", "/webhooks/rest/", "/webhooks/socketio/", "/socket.io/", "/status",
     "/conversations/a/tracker", "/model", "/webhooks/web/../rest/webhook",
     "/webhooks/web/%2e%2e/rest/webhook", "/webhooks//rest/webhook"],
)  # fmt: skip
def test_nothing_else_is(proxy: str, path: str) -> None:
    for method in ("GET", "POST"):
        answer = httpx.request(method, proxy + path, json={"message": "hello"}, verify=False)
        assert answer.status_code in (403, 404, 405)


def test_five_megabytes_are_refused(proxy: str) -> None:
    somebody = visitor(proxy, "127.0.0.6")
    answer = somebody.http.post("/messages", content=b"x" * 5_000_000, headers=somebody.bearer)
    assert answer.status_code == 413
