"""Cuts a conversation down to its last turns without changing what it means.

Rasa rebuilds the state of a conversation by replaying its events, for every message and several
times over. Of a long conversation only the last turns are needed for that, and of what came before
only the events that still have an effect: the *carried* events.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    ConversationPaused,
    Event,
    FollowupAction,
    LoopInterrupted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

# A turn has about eight events. Something other than messages can add events too (the HTTP API,
# slots carried into every new session), so their number is bounded as well as that of the turns.
EVENTS_PER_TURN = 50

AnEvent = TypeVar("AnEvent", bound=Event)


def window(events: Sequence[Event], turns: int) -> list[Event]:
    """Return the events of the last turns, preceded by what must survive of the earlier ones.

    Rasa ends in the same state (slots, form, pause, follow-up action, last action and message)
    whether it replays `events` or the window. The events are the same objects, none is changed.

    Args:
        events: a conversation, or one session of it, oldest event first.
        turns: how many user messages to keep, with all that followed each of them; at least 1.
    """
    start = _start(events, turns)
    if not start:
        return list(events)
    if any(isinstance(event, (ActionReverted, UserUtteranceReverted)) for event in events):
        # What is undone in the window may lie before it.
        events = _settled(events)
        start = _start(events, turns)
    early, late = events[:start], events[start:]
    return [*_carried(early, with_message=_last(UserUttered, late) is None), *late]


def latest_session(events: Sequence[Event]) -> int:
    """Return the index at which the latest session starts, 0 if there is only one."""
    starts = (i for i in range(len(events) - 1, 0, -1) if _starts_session(events[i]))
    return next(starts, 0)


def _start(events: Sequence[Event], turns: int) -> int:
    """Return the index of the first event of the last turns, 0 if all are to be kept."""
    messages = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    first = messages[-turns] if len(messages) > turns else 0
    return max(first, len(events) - turns * EVENTS_PER_TURN)


def _settled(events: Sequence[Event]) -> list[Event]:
    """Return the latest session without the events that were undone, by `/back` for example."""
    return [*_session_start(events), *_replayed(events).applied_events()]


def _carried(events: Sequence[Event], with_message: bool) -> list[Event]:
    """Return those of the events that still have an effect after the last of them.

    Args:
        events: the beginning of a conversation.
        with_message: whether the latest user message is needed; not if another one follows.
    """
    state = _replayed(events)
    applied = state.applied_events()
    needed: list[Event | None] = [
        *_session_start(events),
        *_slots(applied, state),
        *_loop(applied, state),
        _last(ConversationPaused, applied) if state.is_paused() else None,
        _last(UserUttered, applied) if with_message else None,
        _last(ActionExecuted, applied),
        _last(FollowupAction, applied) if state.followup_action else None,
    ]
    identities = {id(event) for event in needed}
    return [event for event in events if id(event) in identities]


def _replayed(events: Sequence[Event]) -> DialogueStateTracker:
    # Without the slots of a domain the tracker takes whatever slot an event names.
    tracker = DialogueStateTracker("", slots=None)
    tracker.recreate_from_dialogue(Dialogue("", list(events)))
    return tracker


def _last(kind: type[AnEvent], events: Sequence[Event]) -> AnEvent | None:
    return next((event for event in reversed(events) if isinstance(event, kind)), None)


def _starts_session(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_SESSION_START_NAME


def _session_start(events: Sequence[Event]) -> list[Event]:
    """Return the action that started the latest session, and the event it caused."""
    for index in range(len(events) - 1, -1, -1):
        if isinstance(events[index], SessionStarted):
            before = [event for event in events[:index][-1:] if _starts_session(event)]
            return [*before, events[index]]
    return []


def _slots(applied: Sequence[Event], state: DialogueStateTracker) -> list[Event]:
    """Return the event that gave each slot its present value; none for a slot that was reset."""
    latest = {event.key: event for event in applied if isinstance(event, SlotSet)}
    return [event for name, event in latest.items() if state.slots[name].has_been_set]


def _loop(applied: Sequence[Event], state: DialogueStateTracker) -> list[Event | None]:
    """Return how the active form or loop was entered, and whether it was rejected since."""
    loop = state.active_loop
    if loop is None:
        return []
    opened = max(i for i, event in enumerate(applied) if isinstance(event, ActiveLoop))
    rejections = [
        event
        for event in applied
        if isinstance(event, ActionExecutionRejected) and event.action_name == loop.name
    ]
    return [
        *_turn_up_to(opened, applied),
        rejections[-1] if loop.rejected else None,
        _last(LoopInterrupted, applied) if loop.is_interrupted else None,
    ]


def _turn_up_to(end: int, applied: Sequence[Event]) -> Sequence[Event]:
    """Return the events from the listening before the last user message up to the one at `end`.

    A form reads the message that triggered it, and policies want to see that it was executed.
    """
    messages = [i for i in range(end) if isinstance(applied[i], UserUttered)]
    begin = max(messages[-1] - 1, 0) if messages else end
    return applied[begin : end + 1]
