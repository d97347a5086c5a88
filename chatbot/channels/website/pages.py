"""What the bot serves at its root: the widget's script, pinned by version, and a page with it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

STATIC = Path(__file__).with_name("static")
_SCRIPT = re.compile(r"widget-(?P<version>\d+\.\d+\.\d+)\.js")
_YEAR = 31_536_000
# Any site may load what is here; that says nothing about who may talk to the bot.
_FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_FOREVER = {"Cache-Control": f"public, max-age={_YEAR}, immutable", **_FOR_ALL}
# Kept, but asked about each time, so that a new version is seen at once.
_FRESH = {"Cache-Control": "public, no-cache"}
_PAGE_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


@dataclass(frozen=True)
class StaticFile:
    """A file that is served as it is.

    Attributes:
        content: its bytes.
        kind: its media type.
    """

    content: bytes
    kind: str

    @cached_property
    def packed(self) -> bytes:
        """Its bytes as gzip makes them smaller, the same each time."""
        return gzip.compress(self.content, mtime=0)

    @cached_property
    def integrity(self) -> str:
        """What the attribute `integrity` of a script tag says about it."""
        return "sha384-" + base64.b64encode(hashlib.sha384(self.content).digest()).decode()

    @property
    def tag(self) -> str:
        """Tells whether a browser that has it already has the same."""
        return f'"{self.integrity[7:39]}"'


class Pages:
    """The widget's script in each version there is, and the demo page.

    Args:
        scripts: by version.
        others: style sheets and scripts of the demo page, by name.
    """

    def __init__(self, scripts: Mapping[str, StaticFile], others: Mapping[str, StaticFile]) -> None:
        self._scripts, self.others = scripts, others

    @classmethod
    def found(cls, folder: Path = STATIC) -> Pages:
        """Return the pages with the files of a folder, read now."""
        scripts, others = {}, {}
        for path in sorted(folder.iterdir()):
            if found := _SCRIPT.fullmatch(path.name):
                scripts[found["version"]] = StaticFile(path.read_bytes(), _KINDS[".js"])
            elif path.suffix in (".css", ".js", ".svg"):
                others[path.name] = StaticFile(path.read_bytes(), _KINDS[path.suffix])
        return cls(scripts, others)

    @property
    def version(self) -> str | None:
        """The newest version of the widget, None if it was not built."""
        return max(self._scripts, key=_order, default=None)

    def script_tag(self, address: str) -> str | None:
        """Return what the owner of a website pastes into its pages, None if there is no widget.

        Args:
            address: of this server as people reach it, such as https://bot.example.
        """
        if self.version is None:
            return None
        return (
            f'<script src="{address}/widget-{self.version}.js" '
            f'integrity="{self._scripts[self.version].integrity}" '
            'crossorigin="anonymous" async></script>'
        )

    def announcement(self, address: str, here: str) -> str:
        """Return what is printed when the server listens.

        Args:
            address: of this server as people reach it.
            here: its address on this machine.
        """
        tag = self.script_tag(address)
        if tag is None:
            return f"the widget is not built; `npm run build` in widget/ does that ({STATIC})"
        return (
            f"website widget: try it at {here}/\npaste this into your pages, before </body>:\n{tag}"
        )

    def blueprint(self) -> Blueprint:
        """Return the paths at the root."""
        root = Blueprint("web_pages")
        root.add_route(self._demo(), "/", name="web_demo")
        if self.version:
            newest = self._scripts[self.version]
            root.add_route(_serving(newest, {**_FRESH, **_FOR_ALL}), "/widget.js", name="widget")
        for version, script in self._scripts.items():
            path = f"/widget-{version}.js"
            root.add_route(_serving(script, _FOREVER), path, name=f"widget_{version}")
        for name, other in self.others.items():
            root.add_route(_serving(other, _FRESH), f"/demo/{name}", name=f"demo_{name}")
        return root

    def _demo(self) -> Handler:
        template = (STATIC / "demo.html.j2").read_text("utf-8")
        script = self._scripts.get(self.version or "")
        page = jinja2.Environment(autoescape=True).from_string(template)
        content = page.render(script=script, version=self.version).encode()
        headers = {"Content-Security-Policy": _PAGE_POLICY, **_FRESH}
        return _serving(StaticFile(content, _KINDS[".html"]), headers)


_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def _serving(file: StaticFile, headers: Mapping[str, str]) -> Handler:
    async def serve(request: Request) -> HTTPResponse:
        return _response(request, file, headers)

    return serve


def _response(request: Request, file: StaticFile, more: Mapping[str, str]) -> HTTPResponse:
    headers = {"ETag": file.tag, "Vary": "Accept-Encoding", **more}
    if file.tag in request.headers.get("if-none-match", ""):
        return HTTPResponse(status=304, headers=headers)
    body = file.content
    if _takes_gzip(request):
        body = file.packed
        headers["Content-Encoding"] = "gzip"
    return HTTPResponse(body, headers=headers, content_type=file.kind)


def _takes_gzip(request: Request) -> bool:
    said = request.headers.get("accept-encoding", "").lower()
    offers: Sequence[str] = [part.strip() for part in said.split(",")]
    return any(part.startswith("gzip") and not part.endswith("q=0") for part in offers)


def _order(version: str) -> tuple[Any, ...]:
    return tuple(int(part) for part in version.split("."))
