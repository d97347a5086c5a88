from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.conversations import Turn, all_turns, read, spread
from chatbot.errors import SettingsError

ROOT = Path(__file__).resolve().parents[2]
# Short words whose meaning hangs on the turn before; the benchmark asks in whole sentences.
NOT_ASKED = {"affirm", "deny", "follow_up"}


def test_the_conversations_touch_every_topic():
    topics = {path.stem for path in (ROOT / "data" / "nlu").glob("*.yml")}
    assert {turn.topic for turn in all_turns(read())} == topics - NOT_ASKED


def test_there_are_about_forty_messages_and_none_twice():
    texts = [turn.text for turn in all_turns(read())]
    assert len(texts) == len(set(texts))
    assert 35 <= len(texts) <= 45


def test_every_conversation_has_several_turns():
    assert min(len(talk.turns) for talk in read()) >= 4


def test_spread_takes_turns_evenly_and_in_order():
    turns = [Turn("t", str(number)) for number in range(30)]
    assert [turn.text for turn in spread(turns, 3)] == ["0", "10", "20"]


def test_a_turn_without_text_is_an_error_that_names_the_file(tmp_path):
    path = tmp_path / "talks.yml"
    path.write_text("conversations: [{about: a, turns: [{topic: greet}]}]", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"talks\.yml.*text"):
        read(path)
