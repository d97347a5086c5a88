"""Which pages may talk to the bot."""

from __future__ import annotations

import pytest

from chatbot.channels.website.origins import check, same
from chatbot.channels.website.refusal import RefusedError
from chatbot.errors import SettingsError
from chatbot.settings import read


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "own"),
    [
        ("http://127.0.0.1:5005", "127.0.0.1:5005", "http", True),
        ("https://bot.example", "bot.example", "https", True),
        ("https://bot.example", "bot.example:443", "https", True),
        ("http://bot.example", "bot.example:80", "http", True),
        ("https://bot.example", "BOT.example", "https", True),
        ("https://bot.example", "bot.example", "http", True),  # TLS ends in front of us
        ("http://bot.example", "bot.example", "https", False),
        ("https://bot.example:444", "bot.example", "https", False),
        ("https://bot.example.evil.example", "bot.example", "https", False),
        ("https://evil.example", "bot.example", "https", False),
        ("null", "bot.example", "https", False),
        ("", "", "http", False),
        ("http://", "", "http", False),
    ],
)
def test_what_counts_as_the_same_origin(origin: str, host: str, scheme: str, own: bool) -> None:
    assert same(origin, host, scheme) is own


def test_no_origin_is_no_other_site() -> None:
    check(None, "bot.example", "https", ())


def test_an_allowed_origin_is_compared_whole() -> None:
    check("https://shop.example", "bot.example", "https", ["https://shop.example"])
    with pytest.raises(RefusedError, match="CHATBOT_ALLOWED_ORIGINS"):
        check("https://shop.example.cn", "bot.example", "https", ["https://shop.example"])


def test_origins_are_read_as_browsers_write_them() -> None:
    said = "https://Shop.example/, https://a.example:443,http://localhost:8080 , http://[::1]:80"
    assert read({"CHATBOT_ALLOWED_ORIGINS": said}).allowed_origins == (
        "https://shop.example",
        "https://a.example",
        "http://localhost:8080",
        "http://[::1]",
    )
    assert read({"CHATBOT_ALLOWED_ORIGINS": " "}).allowed_origins == ()
    assert read({"CHATBOT_PUBLIC_URL": "https://bot.example/"}).public_url == "https://bot.example"


@pytest.mark.parametrize(
    "wrong", ["*", "https://*.example", "shop.example", "https://shop.example/page", "null",
              "ftp://shop.example", "https://"],
)  # fmt: skip
def test_what_is_no_origin_is_an_error_that_shows_one(wrong: str) -> None:
    with pytest.raises(SettingsError, match="such as https://shop.example"):
        read({"CHATBOT_ALLOWED_ORIGINS": wrong})


def test_other_settings_of_the_channel() -> None:
    with pytest.raises(SettingsError, match="127.0.0.1 or"):
        read({"CHATBOT_TRUSTED_PROXIES": "caddy"})
    with pytest.raises(SettingsError, match="32 or more") as caught:
        read({"CHATBOT_SESSION_KEY": "secret"})
    assert "secret" not in str(caught.value)
    assert "kkkk" not in repr(read({"CHATBOT_SESSION_KEY": "k" * 40}))
    with pytest.raises(SettingsError, match="local, open, off"):
        read({"CHATBOT_REST": "yes"})
    with pytest.raises(SettingsError, match="written to"):
        read({"CHATBOT_STATE": ""})
