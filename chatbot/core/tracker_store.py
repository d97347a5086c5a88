"""A tracker store that stays as fast at turn 400 as at turn 4, and does not grow without end."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from chatbot.core.conversation_file import ConversationFile
from chatbot.core.window import latest_session, window
from chatbot.errors import SettingsError, nearest

OPTIONS = ("turns", "conversations", "path")


@dataclass(frozen=True)
class _Conversation:
    """The two parts of a conversation, each a pickled list of events.

    Bytes, because whoever gets the events may change them, and a turn that fails half-way must
    leave what is stored as it was. Pickle, because unpickling is thirty times faster than Rasa's
    reading of JSON; these bytes never leave the process.
    """

    latest: bytes
    earlier: bytes


class WindowedTrackerStore(TrackerStore):
    """Keeps the last turns of the latest conversations in memory, and optionally in a file.

    Of each conversation it keeps the last `turns` user messages of the present session and as
    many of the sessions before it, with everything that followed each of them. Slots, the active
    form, a pause and a follow-up action survive the cut however old they are. If a policy looks
    back further than `turns` messages (`max_history`, long stories), raise `turns`.

    Named in endpoints.yml:

        tracker_store:
          type: chatbot.core.tracker_store.WindowedTrackerStore
          turns: 6
          conversations: 10000
          path: conversations.db  # optional: survive a restart of the server
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        turns: int | str = 6,
        conversations: int | str = 10_000,
        path: str | None = None,
        **unknown: object,
    ) -> None:
        """Create the store; Rasa calls this with the options of endpoints.yml.

        Args:
            domain: given again by Rasa as soon as a model is loaded.
            event_broker: where new events are published, if anywhere.
            host: the `url` of endpoints.yml; this store has none.
            turns: user messages kept of a conversation; 1 or more.
            conversations: conversations kept; the one unused for longest is dropped first.
            path: an SQLite file to keep the conversations in over restarts.
            unknown: options that do not exist.

        Raises:
            SettingsError: if an option has a wrong value or does not exist.
        """
        if host is not None:
            unknown["url"] = host
        _refuse(unknown)
        super().__init__(domain, event_broker)
        self._turns = _positive("turns", turns)
        self._limit = _positive("conversations", conversations)
        self._file = ConversationFile(path, self._limit) if path else None
        self._kept: OrderedDict[str, _Conversation] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the tracker's last turns; a tracker without events is forgotten."""
        await self.stream_events(tracker)
        sender, events = tracker.sender_id, list(tracker.events)
        if not events:
            self._forget(sender)
            return
        split = latest_session(events)
        earlier = window(events[:split], self._turns) if split else self._earlier(sender)
        self._keep(sender, earlier, window(events[split:], self._turns))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the latest session of a conversation, or None if there is no such conversation.

        The tracker and its events belong to the caller: changing them changes nothing here.
        """
        found = self._find(sender_id)
        return self._tracker(sender_id, pickle.loads(found.latest)) if found else None

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return what is kept of all sessions of a conversation, or None."""
        found = self._find(conversation_id)
        if found is None:
            return None
        events = [*pickle.loads(found.earlier), *pickle.loads(found.latest)]
        return self._tracker(conversation_id, events)

    async def exists(self, conversation_id: str) -> bool:
        """Return whether anything is kept of a conversation."""
        return self._find(conversation_id) is not None

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        return {*self._kept, *(self._file.keys() if self._file else ())}

    def _tracker(self, sender: str, events: Sequence[Event]) -> DialogueStateTracker:
        tracker = self.init_tracker(sender)
        tracker.recreate_from_dialogue(Dialogue(sender, list(events)))
        return tracker

    def _earlier(self, sender: str) -> list[Event]:
        found = self._find(sender)
        return pickle.loads(found.earlier) if found else []

    def _find(self, sender: str) -> _Conversation | None:
        found = self._kept.get(sender)
        if found is None and self._file and (events := self._file.read(sender)):
            split = latest_session(events)
            found = self._remember(sender, events[:split], events[split:])
        if found is not None:
            self._kept.move_to_end(sender)
        return found

    def _keep(self, sender: str, earlier: Sequence[Event], latest: Sequence[Event]) -> None:
        self._remember(sender, earlier, latest)
        if self._file:
            self._file.write(sender, [*earlier, *latest])

    def _remember(
        self, sender: str, earlier: Sequence[Event], latest: Sequence[Event]
    ) -> _Conversation:
        found = _Conversation(latest=_packed(latest), earlier=_packed(earlier))
        self._kept[sender] = found
        self._kept.move_to_end(sender)
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return found

    def _forget(self, sender: str) -> None:
        self._kept.pop(sender, None)
        if self._file:
            self._file.delete(sender)


def _packed(events: Sequence[Event]) -> bytes:
    return pickle.dumps(list(events), protocol=pickle.HIGHEST_PROTOCOL)


def _refuse(unknown: dict[str, object]) -> None:
    for name in unknown:
        raise SettingsError(
            f"endpoints.yml: tracker_store has an option {name!r} that WindowedTrackerStore does "
            f"not know{nearest(name, OPTIONS)}. Its options are {', '.join(OPTIONS)}."
        )


def _positive(name: str, value: int | str) -> int:
    """Return the value of an option as a number; a value taken from ${ENV} comes as text."""
    text = str(value).strip()
    if not text.isdecimal() or int(text) < 1:
        raise SettingsError(
            f"endpoints.yml: tracker_store has {name}: {value!r}; it must be a whole number, "
            "1 or more."
        )
    return int(text)
