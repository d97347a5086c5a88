"""The widget's script and the demo page, as the bot serves them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from chatbot.channels.website.pages import STATIC, Pages, StaticFile
from chatbot.serving.web_app import HEADERS
from tests.support.loopback import serving, web_channel

SCRIPTS = {
    version: StaticFile(f"/* widget {version} */".encode() * 9, "text/javascript; charset=utf-8")
    for version in ("0.9.0", "0.10.0", "0.2.7")
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    channel = web_channel(tmp_path_factory.mktemp("state"))
    channel.pages = Pages(SCRIPTS, Pages.found(STATIC).others)
    with serving(channel) as address:
        yield address


def get(address: str, **headers: str) -> httpx.Response:
    return httpx.get(address, headers=headers, verify=False)


def test_the_script_is_pinned_by_version_and_kept_for_good(url: str) -> None:
    answer = get(f"{url}/widget-0.9.0.js")
    assert answer.content == SCRIPTS["0.9.0"].content
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["content-type"].startswith("text/javascript")


def test_the_script_without_a_version_is_the_newest_and_looked_at_each_time(url: str) -> None:
    answer = get(f"{url}/widget.js")
    assert answer.content == SCRIPTS["0.10.0"].content
    assert "no-cache" in answer.headers["cache-control"]
    again = get(f"{url}/widget.js", **{"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_script_comes_packed_to_those_who_can_unpack(url: str) -> None:
    with httpx.stream("GET", f"{url}/widget.js", headers={"Accept-Encoding": "br, gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == SCRIPTS["0.10.0"].content
    plain = get(f"{url}/widget.js", **{"Accept-Encoding": "identity, gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "Accept-Encoding"


def test_a_version_that_is_not_there_is_not_there(url: str) -> None:
    assert get(f"{url}/widget-9.9.9.js").status_code == 404


def test_the_tag_to_paste_names_version_and_integrity() -> None:
    tag = Pages(SCRIPTS, {}).script_tag("https://bot.example") or ""
    digest = hashlib.sha384(SCRIPTS["0.10.0"].content).digest()
    assert 'src="https://bot.example/widget-0.10.0.js"' in tag
    assert f'integrity="sha384-{base64.b64encode(digest).decode()}"' in tag
    assert 'crossorigin="anonymous"' in tag


def test_without_a_widget_the_owner_is_told_how_to_build_it() -> None:
    assert "npm run build" in Pages({}, {}).announcement("https://bot.example", "http://127.0.0.1")


def test_the_page_has_a_strict_policy_that_its_parts_keep(url: str) -> None:
    answer = get(f"{url}/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", answer.text)
    for path in re.findall(r'(?:src|href)="(/[^"]*)"', answer.text):
        assert get(url + path).status_code == 200, path


def test_what_is_built_stands_where_the_server_looks() -> None:
    assert Pages.found(STATIC).version, "npm run build in widget/ makes it"


@pytest.mark.parametrize("path", ["/", "/widget.js", "/nothing", "/webhooks/web/about"])
def test_every_response_says_how_careful_a_browser_should_be(url: str, path: str) -> None:
    headers = get(url + path).headers
    assert all(name.lower() in headers for name in HEADERS)
    assert "server" not in headers


@pytest.mark.parametrize(
    "path", ["/version", "/status", "/domain", "/conversations/a/tracker", "/model", "/docs"]
)
def test_nothing_of_rasas_own_is_there(url: str, path: str) -> None:
    answer = get(url + path)
    assert answer.status_code == 404
    assert "rasa" not in answer.text.lower()


def test_a_file_outside_the_folder_is_not_there(url: str) -> None:
    for path in ("/demo/../pages.py", "/demo/%2e%2e/pages.py", "/static/demo.css", "/demo/"):
        assert get(url + path).status_code == 404


def test_the_version_files_of_a_folder_are_found(tmp_path: Path) -> None:
    for name in ("widget-1.2.3.js", "widget-1.10.0.js", "widget-beta.js", "demo.css", "notes.md"):
        (tmp_path / name).write_text("x")
    pages = Pages.found(tmp_path)
    assert pages.version == "1.10.0"
