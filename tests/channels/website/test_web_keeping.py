"""What the web channel keeps: the key, what was said lately; and its options."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chatbot.channels.website.history import KEPT, History
from chatbot.channels.website.options import Options, read_options
from chatbot.channels.website.session import Sessions, signing_key
from chatbot.errors import SettingsError


def entry(text: str, role: str = "user") -> dict[str, str]:
    return {"role": role, "id": f"id-{text}", "text": text}


def texts(history: History, sender: str = "ann") -> list[str]:
    return [one["text"] for one in history.read(sender).result()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_last_fifty_are_kept(tmp_path: Path) -> None:
    history = History(tmp_path, 100)
    for number in range(KEPT + 10):
        history.add("ann", [entry(str(number))])
        history.add("bob", [entry("other")])
    assert texts(history) == [str(number) for number in range(10, KEPT + 10)]


def test_what_was_said_is_forgotten_after_its_time(tmp_path: Path) -> None:
    now = 1000.0
    history = History(tmp_path, 100, clock=lambda: now)
    history.add("ann", [entry("a")])
    now += 99
    history.add("bob", [entry("b")])
    assert texts(history) == ["a"]
    now += 2
    assert texts(history) == []
    now += 60
    history.add("bob", [entry("c")])  # sweeps
    history.close()
    rows = sqlite3.connect(tmp_path / "history.db").execute("SELECT sender FROM entry").fetchall()
    assert rows == [("bob",), ("bob",)]


def test_the_answers_to_a_message_are_found_again(tmp_path: Path) -> None:
    history = History(tmp_path, 100)
    said = [entry("a"), entry("b", "bot"), entry("c", "bot")]
    history.add("ann", said)
    history.add("ann", [entry("d"), entry("e", "bot")]).result()
    assert history.answers("ann", "id-a") == said[1:]
    assert history.answers("ann", "id-d") == [entry("e", "bot")]
    assert history.answers("ann", "id-x") is None
    assert history.answers("bob", "id-a") is None


def test_one_session_is_forgotten_alone(tmp_path: Path) -> None:
    history = History(tmp_path, 100)
    history.add("ann", [entry("a")])
    history.add("bob", [entry("b")])
    history.forget("ann")
    assert (texts(history, "ann"), texts(history, "bob")) == ([], ["b"])


def test_nobody_else_on_the_machine_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    History(folder, 100).add("ann", [entry("a")]).result()
    signing_key("", folder)
    assert mode(folder) == 0o700
    assert {path.name: oct(mode(path)) for path in folder.iterdir() if mode(path) != 0o600} == {}


def test_people_talk_on_when_the_file_fails(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    history = History(tmp_path, 100)
    history.close()
    history.add("ann", [entry("a")])
    assert history.read("ann").result() == []
    assert history.answers("ann", "id-a") is None
    assert "history.db cannot be used" in caplog.text


@pytest.mark.parametrize(
    "make", [lambda path: History(path, 1), lambda path: signing_key("", path)]
)
def test_a_folder_that_cannot_be_used_is_an_error_at_the_start(
    tmp_path: Path, make: object
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="CHATBOT_STATE"):
        make(tmp_path / "file" / "state")  # type: ignore[operator]


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: signing_key("", tmp_path), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["session.key"]


def test_the_key_of_the_settings_is_used(tmp_path: Path) -> None:
    assert signing_key("k" * 40, tmp_path) == "k" * 40
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    key = signing_key("", tmp_path)
    (tmp_path / "session.key").chmod(0o644)
    assert signing_key("", tmp_path) == key
    assert mode(tmp_path / "session.key") == 0o600


def test_a_broken_key_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "session.key").write_text("\n")
    with pytest.raises(SettingsError, match="delete it"):
        signing_key("", tmp_path)


def test_a_token_is_good_for_its_lifetime() -> None:
    now = 1000.0
    sessions = Sessions("k" * 40, 60, clock=lambda: now)
    session = sessions.begin("zh")
    token = sessions.token(session)
    now += 59
    assert sessions.read(token) == session
    now += 1
    with pytest.raises(Exception, match="expired"):
        sessions.read(token)


def test_the_options_of_credentials() -> None:
    assert read_options(None) == Options() == read_options({})
    assert read_options({"session_hours": "2"}).lifetime == 7200


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ({"session_hour": 2}, "did you mean 'session_hours'"),
        ({"session_hours": 0}, "above 0"),
        ({"messages_per_minute": "many"}, "above 0"),
        ({"messages_per_minute": None}, "above 0"),
        ({"messages_per_minute": 1.5}, "above 0"),
    ],
)
def test_a_wrong_option_is_an_error(said: dict[str, object], hint: str) -> None:
    with pytest.raises(SettingsError, match=hint):
        read_options(said)
