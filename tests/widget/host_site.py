"""A website that pastes the script tag, with or without a strict policy."""

from __future__ import annotations

import html
from urllib.parse import parse_qs

from tests.widget.small_server import Asked, SmallServer, Told

# As docs/widget.md tells owners of such a site, for the bot at {bot}.
STRICT = (
    "default-src 'self'; script-src {bot}; connect-src {bot}; img-src {bot}; style-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
# Careless rules of a page, which must not reach the widget.
STYLE = """
* { letter-spacing: 3px; }
div, button, p, ul { background: yellow; color: red; font-size: 30px; margin: 40px; }
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/site.css">
{head}</head>
<body><main><h1>{title}</h1><p>A shop that sells tea, and pays people well.</p>
<p><a href="/other?{query}">Another page</a></p></main>
{tags}</body></html>"""


class HostSite:
    """Pages at / and /other; the query of a page says what its script tag looks like.

    Attributes:
        bot: origin of the bot.
        tag: what stands in the page /own.
    """

    def __init__(self, bot: str) -> None:
        self.bot, self.tag = bot, ""
        self.server = SmallServer(self._handle)

    def page(
        self,
        path: str = "/",
        *,
        strict: bool = False,
        tags: int = 1,
        rude: bool = False,
        **data: str,
    ) -> str:
        """Return the address of a page.

        Args:
            path: of it.
            strict: whether it has a strict Content-Security-Policy.
            tags: how often the script tag stands there.
            rude: whether its style sheet has careless rules.
            data: data attributes of the tag.
        """
        options = {"strict": int(strict), "tags": tags, "rude": int(rude)}
        pairs = [*options.items(), *((f"data-{k}", v.replace("#", "%23")) for k, v in data.items())]
        return f"{self.server.url}{path}?" + "&".join(f"{name}={value}" for name, value in pairs)

    def _handle(self, asked: Asked) -> Told:
        wanted = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/site.css":
            return Told(
                [STYLE.encode() if "rude=1" in asked.headers.get("referer", "") else b""],
                kind="text/css",
            )
        if asked.path == "/favicon.ico":
            return Told(status=204)
        if asked.path == "/own":
            return Told([PAGE.format(title="Own", query="", head="", tags=self.tag).encode()])
        if asked.path not in ("/", "/other"):
            return Told(status=404)
        data = " ".join(
            f'{name}="{html.escape(value)}"'
            for name, value in wanted.items()
            if name.startswith("data-")
        )
        tag = f'<script src="{self.bot}/widget.js" async {data}></script>\n'
        page = PAGE.format(
            title="Tea shop" if asked.path == "/" else "More tea",
            query=html.escape(asked.query),
            head="",
            tags=tag * int(wanted.get("tags", 1)),
        )
        policy = {"Content-Security-Policy": STRICT.format(bot=self.bot)}
        return Told([page.encode()], headers=policy if wanted.get("strict") == "1" else {})
