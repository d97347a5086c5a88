"""The tracker store is bounded, and nobody can spoil what it holds."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import AllSlotsReset, EntitiesAdded, Restarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from talk import conversation, messages, start, state, tracker, turn

from chatbot.core.tracker_store import WindowedTrackerStore
from chatbot.errors import SettingsError

T = TypeVar("T")
NAME = "chatbot.core.tracker_store.WindowedTrackerStore"


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def stored(store: TrackerStore, sender: str = "ann") -> DialogueStateTracker:
    found = run(store.retrieve(sender))
    assert found is not None
    return found


def picture(store: TrackerStore, sender: str = "ann") -> tuple[Any, Any]:
    """Return all that the store has of a conversation, as plain values."""
    kept = stored(store, sender)
    return state(kept), [event.as_dict() for event in kept.events]


def say(store: TrackerStore, number: int, sender: str = "ann") -> None:
    """Let one turn happen, as Rasa's processor does it."""

    async def work() -> None:
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        for event in turn(number) if tracker.events else start() + turn(number):
            tracker.update(event)
        await store.save(tracker)

    run(work())


@pytest.fixture
def store(domain: Domain) -> WindowedTrackerStore:
    return WindowedTrackerStore(domain, turns=3)


class ListBroker(EventBroker):
    """Collects what is published."""

    def __init__(self) -> None:
        self.published: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.published.append(event)


# What is kept


def test_a_conversation_comes_back_as_it_was_saved(store: WindowedTrackerStore) -> None:
    saved = tracker(conversation(2))
    run(store.save(saved))
    assert state(stored(store)) == state(saved)


def test_only_the_last_turns_come_back(store: WindowedTrackerStore) -> None:
    run(store.save(tracker(conversation(10))))
    assert messages(stored(store).events) == ["message 8", "message 9", "message 10"]


def test_a_slot_set_in_the_first_turn_comes_back(store: WindowedTrackerStore) -> None:
    run(store.save(tracker([*start(), SlotSet("city", "Yiwu"), *conversation(9)[3:]])))
    assert stored(store).get_slot("city") == "Yiwu"


def test_an_unknown_conversation_is_none(store: WindowedTrackerStore) -> None:
    assert run(store.retrieve("nobody")) is None
    assert run(store.retrieve_full_tracker("nobody")) is None


def test_a_conversation_exists_once_it_was_saved(store: WindowedTrackerStore) -> None:
    assert not run(store.exists("ann"))
    run(store.save(tracker(conversation(1))))
    assert run(store.exists("ann"))


def test_saving_no_events_forgets_the_conversation(store: WindowedTrackerStore) -> None:
    run(store.save(tracker(conversation(1))))
    run(store.save(tracker([])))
    assert not run(store.exists("ann"))


def test_a_conversation_can_be_replaced_from_outside(store: WindowedTrackerStore) -> None:
    run(store.save(tracker(conversation(9))))
    run(store.save(tracker(start() + turn(77))))
    assert messages(stored(store).events) == ["message 77"]


def test_what_is_kept_of_an_endless_conversation_does_not_grow(
    store: WindowedTrackerStore,
) -> None:
    sizes = []
    for number in range(100, 400):
        say(store, number)
        sizes.append(len(stored(store).events))
    assert max(sizes[5:]) == sizes[5]


# Sessions


def test_the_latest_session_is_retrieved(store: WindowedTrackerStore) -> None:
    run(store.save(tracker(conversation(2) + start() + turn(3))))
    assert messages(stored(store).events) == ["message 3"]


def test_the_full_tracker_has_the_sessions_before(store: WindowedTrackerStore) -> None:
    run(store.save(tracker(conversation(2) + start() + turn(3))))
    run(store.save(stored(store)))
    full = run(store.retrieve_full_tracker("ann"))
    assert full is not None
    assert messages(full.events) == ["message 1", "message 2", "message 3"]


def test_saving_the_full_tracker_changes_nothing(store: WindowedTrackerStore) -> None:
    run(store.save(tracker(conversation(2) + start() + turn(3))))
    full = run(store.retrieve_full_tracker("ann"))
    assert full is not None
    run(store.save(full))
    assert messages(stored(store).events) == ["message 3"]
    assert run(store.retrieve_full_tracker("ann")) == full


def test_of_endless_sessions_the_last_turns_are_kept(store: WindowedTrackerStore) -> None:
    for number in range(50):
        before = run(store.retrieve("ann"))
        events = list(before.events) if before else []
        run(store.save(tracker([*events, *start(), *turn(number)])))
    full = run(store.retrieve_full_tracker("ann"))
    assert full is not None
    assert messages(full.events)[-1] == "message 49"
    assert len(messages(full.events)) <= 4


def test_after_a_restart_the_slots_are_empty(store: WindowedTrackerStore) -> None:
    run(store.save(tracker([*conversation(5), Restarted(), *start()])))
    assert stored(store).get_slot("focus") is None


# Nothing is shared


def test_a_turn_that_fails_before_it_is_saved_leaves_no_trace(
    store: WindowedTrackerStore,
) -> None:
    run(store.save(tracker(conversation(2))))
    before = picture(store)

    failing = stored(store)
    failing.model_id = "another"
    failing.get_slot("focus")["roles"].append("nonsense")
    failing.latest_message.parse_data["entities"].clear()
    for event in turn(3, EntitiesAdded([{"entity": "role", "value": "x"}]), AllSlotsReset()):
        failing.update(event)
    for event in failing.events:
        event.timestamp = 0.0
        event.metadata["broken"] = True

    assert picture(store) == before


def test_what_happens_to_a_tracker_after_it_was_saved_leaves_no_trace(
    store: WindowedTrackerStore,
) -> None:
    saved = tracker(conversation(2))
    run(store.save(saved))
    before = picture(store)
    saved.get_slot("focus")["roles"].append("nonsense")
    saved.update(AllSlotsReset())
    assert picture(store) == before


def test_two_trackers_of_a_conversation_share_nothing(store: WindowedTrackerStore) -> None:
    run(store.save(tracker(conversation(2))))
    one, other = stored(store), stored(store)
    one.get_slot("focus")["roles"].append("nonsense")
    assert other.get_slot("focus")["roles"] == ["sem-specialist"]


# How many


def test_the_conversation_unused_for_longest_is_dropped(domain: Domain) -> None:
    store = WindowedTrackerStore(domain, conversations=2)
    for sender in ("ann", "bo", "cy"):
        say(store, 1, sender)
    assert set(run(store.keys())) == {"bo", "cy"}


def test_a_conversation_that_is_read_counts_as_used(domain: Domain) -> None:
    store = WindowedTrackerStore(domain, conversations=2)
    for sender in ("ann", "bo"):
        say(store, 1, sender)
    stored(store, "ann")
    say(store, 1, "cy")
    assert set(run(store.keys())) == {"ann", "cy"}


def test_looking_up_unknown_conversations_drops_no_known_one(domain: Domain) -> None:
    store = WindowedTrackerStore(domain, conversations=2)
    say(store, 1, "ann")
    for number in range(5):
        run(store.get_or_create_tracker(f"stranger {number}", append_action_listen=False))
    assert set(run(store.keys())) == {"ann"}


# The broker


def test_every_event_is_published_once(domain: Domain) -> None:
    broker = ListBroker()
    store = WindowedTrackerStore(domain, broker, turns=2)
    for number in range(1, 9):
        say(store, number)
    texts = [event["text"] for event in broker.published if event["event"] == "user"]
    assert texts == [f"message {number}" for number in range(1, 9)]
    assert len(broker.published) == len(conversation(8))


# Options


def test_rasa_makes_the_store_from_endpoints_yml(domain: Domain) -> None:
    config = EndpointConfig(type=NAME, turns=1, conversations="5")
    store = TrackerStore.create(config, domain)
    run(store.save(tracker(conversation(3))))
    assert isinstance(store, WindowedTrackerStore)
    assert messages(stored(store).events) == ["message 3"]


@pytest.mark.parametrize("turns", [0, -1, "", "six", 2.5, None])
def test_a_wrong_number_of_turns_is_refused_with_its_value(turns: Any) -> None:
    with pytest.raises(SettingsError, match="turns: .*whole number, 1 or more") as refused:
        WindowedTrackerStore(turns=turns)
    assert repr(turns) in str(refused.value)


def test_an_unknown_option_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(SettingsError, match="'turn'.*did you mean 'turns'"):
        WindowedTrackerStore(turn=6)


def test_a_url_is_refused() -> None:
    with pytest.raises(SettingsError, match="'url'"):
        TrackerStore.create(EndpointConfig(url="http://127.0.0.1", type=NAME))


# The file


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "conversations.db")


def test_with_a_file_conversations_survive_a_restart(domain: Domain, file: str) -> None:
    saved = tracker(conversation(2) + start() + turn(3))
    run(WindowedTrackerStore(domain, path=file).save(saved))
    after = WindowedTrackerStore(domain, path=file)
    assert state(stored(after)) == state(tracker(start() + turn(3)))
    full = run(after.retrieve_full_tracker("ann"))
    assert full is not None
    assert messages(full.events) == ["message 1", "message 2", "message 3"]


def test_with_a_file_all_its_conversations_are_listed(domain: Domain, file: str) -> None:
    say(WindowedTrackerStore(domain, path=file), 1, "ann")
    after = WindowedTrackerStore(domain, path=file)
    say(after, 1, "bo")
    assert set(run(after.keys())) == {"ann", "bo"}


def test_the_file_has_no_more_conversations_than_the_memory(domain: Domain, file: str) -> None:
    for sender in ("ann", "bo", "cy"):
        say(WindowedTrackerStore(domain, conversations=2, path=file), 1, sender)
    assert set(run(WindowedTrackerStore(domain, path=file).keys())) == {"bo", "cy"}


def test_a_forgotten_conversation_is_deleted_from_the_file(domain: Domain, file: str) -> None:
    store = WindowedTrackerStore(domain, path=file)
    say(store, 1)
    run(store.save(tracker([])))
    assert not run(WindowedTrackerStore(domain, path=file).exists("ann"))


def test_a_file_that_cannot_be_opened_is_refused_with_its_path(tmp_path: Path) -> None:
    path = str(tmp_path / "missing" / "conversations.db")
    with pytest.raises(SettingsError, match="missing/conversations.db"):
        WindowedTrackerStore(path=path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("this is no database " * 100)
    with pytest.raises(SettingsError, match="notes.txt"):
        WindowedTrackerStore(path=str(path))


def test_a_conversation_damaged_in_the_file_starts_afresh(
    domain: Domain, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    say(WindowedTrackerStore(domain, path=file), 1)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE conversation SET events = '[{'")
    after = WindowedTrackerStore(domain, path=file)
    say(after, 2)
    assert messages(stored(after).events) == ["message 2"]
    assert file in caplog.text


def test_if_the_file_fails_the_conversation_goes_on_in_memory(
    domain: Domain, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = WindowedTrackerStore(domain, path=file)
    say(store, 1)
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE conversation")
    say(store, 2)
    assert messages(stored(store).events) == ["message 1", "message 2"]
    assert "no such table" in caplog.text
