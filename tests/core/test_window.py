"""The window keeps the last turns and everything older that still counts."""

from __future__ import annotations

import random

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    FollowupAction,
    LoopInterrupted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from talk import conversation, message, messages, start, state, tracker, turn

from chatbot.core.window import EVENTS_PER_TURN, latest_session, window


def _long_after(*early: Event, turns: int = 10) -> list[Event]:
    """Return a conversation in which something happened in the first turn only."""
    events = start() + turn(1, *early)
    for number in range(2, turns + 1):
        events += turn(number)
    return events


def test_a_short_conversation_is_kept_whole() -> None:
    events = conversation(3)
    assert window(events, turns=3) == events


def test_of_a_long_conversation_the_last_messages_are_kept() -> None:
    assert messages(window(conversation(10), turns=2)) == ["message 9", "message 10"]


def test_the_first_message_kept_comes_after_listening() -> None:
    kept = window(conversation(10), turns=2)
    first = next(i for i, event in enumerate(kept) if isinstance(event, UserUttered))
    assert isinstance(kept[first - 1], ActionExecuted)
    assert kept[first - 1].action_name == "action_listen"


def test_the_window_begins_with_the_start_of_the_session() -> None:
    events = conversation(10)
    kept = window(events, turns=2)
    assert kept[0] is events[0]
    assert kept[1] is events[1]


def test_the_events_of_the_window_are_the_same_objects() -> None:
    events = conversation(10)
    identities = {id(event) for event in events}
    assert all(id(event) in identities for event in window(events, turns=2))


def test_a_slot_set_long_ago_survives() -> None:
    kept = window(_long_after(SlotSet("city", "Hangzhou")), turns=2)
    assert tracker(kept).get_slot("city") == "Hangzhou"


def test_only_the_present_value_of_a_slot_is_carried() -> None:
    kept = window(_long_after(SlotSet("city", "Hangzhou"), SlotSet("city", "Yiwu")), turns=2)
    assert [e.value for e in kept if isinstance(e, SlotSet) and e.key == "city"] == ["Yiwu"]


def test_a_slot_emptied_long_ago_stays_empty() -> None:
    kept = window(_long_after(SlotSet("lucky", None)), turns=2)
    assert tracker(kept).get_slot("lucky") is None


def test_a_slot_that_was_reset_is_not_carried() -> None:
    kept = window(_long_after(SlotSet("city", "Hangzhou"), AllSlotsReset()), turns=2)
    assert "city" not in [e.key for e in kept if isinstance(e, SlotSet)]


def test_an_active_form_survives_with_the_message_that_started_it() -> None:
    opened = [ActionExecuted("order_form"), ActiveLoop("order_form")]
    events = _long_after(*opened, SlotSet("requested_slot", "city"))
    loop = tracker(window(events, turns=2)).active_loop
    assert loop is not None
    assert loop.name == "order_form"
    assert loop.trigger_message is not None
    assert loop.trigger_message["text"] == "message 1"


def test_the_slot_that_a_form_asked_for_survives() -> None:
    opened = [ActionExecuted("order_form"), ActiveLoop("order_form")]
    events = _long_after(*opened, SlotSet("requested_slot", "city"))
    assert tracker(window(events, turns=2)).get_slot("requested_slot") == "city"


def test_the_rejection_of_a_form_survives() -> None:
    events = _long_after(
        ActionExecuted("order_form"),
        ActiveLoop("order_form"),
        ActionExecutionRejected("order_form"),
        ActionExecutionRejected("action_answer"),
    )
    assert tracker(window(events, turns=2)).is_active_loop_rejected


def test_a_form_that_ended_is_not_carried() -> None:
    events = _long_after(ActionExecuted("order_form"), ActiveLoop("order_form"), ActiveLoop(None))
    assert not any(isinstance(event, ActiveLoop) for event in window(events, turns=2))


def test_a_pause_survives() -> None:
    events = _long_after(ConversationPaused())
    assert tracker(window(events, turns=2)).is_paused()


def test_a_pause_that_ended_is_not_carried() -> None:
    events = _long_after(ConversationPaused(), ConversationResumed())
    assert not tracker(window(events, turns=2)).is_paused()


def test_a_follow_up_action_survives_a_cut_right_after_it() -> None:
    events = [*conversation(1), FollowupAction("action_answer")]
    events += [BotUttered("...")] * EVENTS_PER_TURN
    assert tracker(window(events, turns=1)).followup_action == "action_answer"


def test_the_latest_message_survives_a_cut_after_it() -> None:
    events = conversation(1) + [BotUttered("...")] * EVENTS_PER_TURN
    kept = tracker(window(events, turns=1))
    assert kept.latest_message is not None
    assert kept.latest_message.text == "message 1"
    assert kept.get_latest_input_channel() == "rest"


def test_the_interruption_of_a_form_survives_a_cut_after_it() -> None:
    events = [*conversation(1), ActiveLoop("order_form"), LoopInterrupted(True)]
    events += [BotUttered("...")] * EVENTS_PER_TURN
    assert tracker(window(events, turns=1)).is_active_loop_interrupted


def test_the_window_begins_with_the_start_of_the_session_after_an_undone_turn() -> None:
    events = conversation(8) + [UserUtteranceReverted(), ActionExecuted("action_listen")]
    assert window(events, turns=2)[:2] == events[:2]


def test_a_turn_undone_after_the_cut_stays_undone() -> None:
    events = conversation(8) + [
        message("/back", "back"),
        ActionExecuted("action_back"),
        UserUtteranceReverted(),
        UserUtteranceReverted(),
        ActionExecuted("action_listen"),
    ]
    kept = window(events, turns=1)
    assert tracker(kept).get_slot("focus")["number"] == 7
    assert state(tracker(kept)) == state(tracker(events))


def test_events_without_messages_do_not_pile_up() -> None:
    events = conversation(1)
    for _ in range(50):
        events = window([*events, *([BotUttered("news")] * 30)], turns=2)
    assert len(events) < 3 * EVENTS_PER_TURN


def test_the_window_of_an_endless_conversation_does_not_grow() -> None:
    events = start()
    sizes = []
    for number in range(300):
        events = window(events + turn(number), turns=4)
        sizes.append(len(events))
    assert max(sizes[10:]) == sizes[10]


def test_slots_carried_through_endless_sessions_do_not_pile_up() -> None:
    events = start()
    for number in range(300):
        slots = [event for event in events if isinstance(event, SlotSet)]
        events = window([*start()[:2], *slots, start()[2], *turn(number)], turns=2)
    assert len(events) < 3 * EVENTS_PER_TURN


def test_the_latest_session_is_found() -> None:
    first, second = conversation(2), conversation(1)
    assert latest_session(first + second) == len(first)


def test_a_conversation_of_one_session_starts_at_its_beginning() -> None:
    assert latest_session(conversation(3)) == 0


EVENTFUL: list[list[Event]] = [
    [SlotSet("city", "Hangzhou")],
    [SlotSet("city", None), SlotSet("lucky", 8)],
    [AllSlotsReset()],
    [ActionExecuted("order_form"), ActiveLoop("order_form"), SlotSet("requested_slot", "city")],
    [ActionExecuted("order_form"), ActionExecutionRejected("order_form")],
    [LoopInterrupted(True)],
    [ActionExecuted("order_form"), ActiveLoop(None), SlotSet("requested_slot", None)],
    [ConversationPaused()],
    [ConversationResumed()],
    [FollowupAction("action_answer")],
    [],
    [],
]


def _eventful(seed: int) -> list[Event]:
    """Return a conversation in which all sorts of things happen."""
    chance = random.Random(seed)
    events = start()
    for number in range(chance.randint(5, 25)):
        events += turn(number, *chance.choice(EVENTFUL), *chance.choice(EVENTFUL))
        if chance.random() < 0.1:
            events += [UserUtteranceReverted(), ActionExecuted("action_listen")]
        if chance.random() < 0.05:
            events += start()
    return events


@pytest.mark.parametrize("seed", range(40))
def test_a_conversation_stands_where_it_stood_whatever_happened_before_the_cut(seed: int) -> None:
    events = _eventful(seed)
    for turns in (1, 2, 5):
        assert state(tracker(window(events, turns))) == state(tracker(events)), turns


@pytest.mark.parametrize("seed", range(20))
def test_a_conversation_cut_after_every_turn_goes_on_as_if_it_had_not_been(seed: int) -> None:
    whole: list[Event] = []
    cut: list[Event] = []
    for event in _eventful(seed):
        whole.append(event)
        cut.append(event)
        if isinstance(event, ActionExecuted) and event.action_name == "action_listen":
            cut = window(cut, turns=2)
    assert state(tracker(cut)) == state(tracker(whole))


def test_policies_see_the_same_latest_states_with_and_without_the_cut(domain: Domain) -> None:
    events = conversation(10)
    whole, cut = tracker(events), tracker(window(events, turns=2))
    assert cut.past_states(domain)[-4:] == whole.past_states(domain)[-4:]
