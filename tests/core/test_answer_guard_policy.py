"""The guard speaks when the answering action cannot, and lets the rules decide otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.core.constants import RULE_POLICY_PRIORITY
from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble
from rasa.core.policies.policy import PolicyPrediction, confidence_scores_for
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from talk import conversation, message, start, tracker, turn

from chatbot.core.answer_guard_policy import UNAVAILABLE, AnswerGuardPolicy, GuardError
from chatbot.errors import ChatbotError

ANSWER, APOLOGY, LISTEN = "action_answer", "utter_unavailable", "action_listen"
FALLBACK = "action_default_fallback"


@pytest.fixture
def guard(tmp_path: Path) -> AnswerGuardPolicy:
    return make_guard(tmp_path)


def make_guard(folder: Path, **options: Any) -> AnswerGuardPolicy:
    return AnswerGuardPolicy.create(
        {**AnswerGuardPolicy.get_default_config(), **options},
        LocalModelStorage(folder),
        Resource("guard"),
        ExecutionContext(GraphSchema({})),
    )


def decide(
    guard: AnswerGuardPolicy,
    domain: Domain,
    events: list[Event],
    rule: str = LISTEN,
    sure: float = 1.0,
    in_form: bool = False,
) -> PolicyPrediction:
    """Return what Rasa decides on, given what the rules say and the guard beside them."""
    so_far = tracker(events)
    rules = PolicyPrediction(
        confidence_scores_for(rule, sure, domain),
        "RulePolicy",
        RULE_POLICY_PRIORITY,
        is_no_user_prediction=in_form,
    )
    guarded = guard.predict_action_probabilities(so_far, domain)
    return DefaultPolicyPredictionEnsemble().combine_predictions([rules, guarded], so_far, domain)


def chosen(decision: PolicyPrediction, domain: Domain) -> str:
    return domain.action_names_or_texts[decision.max_confidence_index]


def failed(*more: Event) -> list[Event]:
    """Return a conversation whose second turn's answer was lost on the way."""
    return [*conversation(1), message("and now?"), *more, ActionExecuted(ANSWER)]


def test_it_apologises_when_the_answer_was_lost(guard: AnswerGuardPolicy, domain: Domain) -> None:
    assert chosen(decide(guard, domain, failed()), domain) == APOLOGY


def test_it_apologises_when_the_action_refused(guard: AnswerGuardPolicy, domain: Domain) -> None:
    events = [*conversation(1), message("and now?"), ActionExecutionRejected(ANSWER)]
    assert chosen(decide(guard, domain, events, rule=ANSWER), domain) == APOLOGY


def test_it_apologises_in_the_very_first_turn(guard: AnswerGuardPolicy, domain: Domain) -> None:
    events = [*start(), message("hello"), ActionExecuted(ANSWER)]
    assert chosen(decide(guard, domain, events), domain) == APOLOGY


def test_no_form_comes_before_the_apology(guard: AnswerGuardPolicy, domain: Domain) -> None:
    events = failed(ActiveLoop("order_form"))
    decision = decide(guard, domain, events, rule="order_form", in_form=True)
    assert chosen(decision, domain) == APOLOGY


def test_the_apology_is_noted_as_what_the_reply_was_about(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    after = tracker(failed())
    after.update_with_events(decide(guard, domain, failed()).events, domain)
    assert after.get_slot("answered") == {
        "topic": "unavailable",
        "roles": [],
        "group": None,
        "skill": None,
        "term": None,
    }


def test_the_apology_leaves_the_focus_where_it_was(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    after = tracker(failed())
    after.update_with_events(decide(guard, domain, failed()).events, domain)
    assert after.get_slot("focus") == {"number": 1, "roles": ["sem-specialist"]}


def test_the_noted_topic_belongs_to_the_conversation_alone(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    [noted] = [e for e in decide(guard, domain, failed()).events if isinstance(e, SlotSet)]
    noted.value["topic"] = "changed"
    assert UNAVAILABLE["topic"] == "unavailable"


@pytest.mark.parametrize("rule", [LISTEN, FALLBACK, ANSWER])
@pytest.mark.parametrize("uttered", [[BotUttered("sorry")], []], ids=["said", "said nothing"])
def test_after_the_apology_it_listens_whatever_the_rules_say(
    guard: AnswerGuardPolicy, domain: Domain, rule: str, uttered: list[Event]
) -> None:
    events = [*failed(), ActionExecuted(APOLOGY), *uttered]
    assert chosen(decide(guard, domain, events, rule=rule), domain) == LISTEN


def test_it_is_quiet_when_the_action_answered(guard: AnswerGuardPolicy, domain: Domain) -> None:
    events = [*failed(), BotUttered("here you are"), SlotSet("answered", {"topic": "duties"})]
    decision = decide(guard, domain, events)
    assert chosen(decision, domain) == LISTEN
    assert decision.policy_name == "RulePolicy"
    assert not any(isinstance(event, SlotSet) for event in decision.events)


def test_what_was_said_before_the_message_is_no_answer_to_it(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    assert any(isinstance(event, BotUttered) for event in failed())
    assert chosen(decide(guard, domain, failed()), domain) == APOLOGY


def test_the_rules_choose_the_action_for_a_message(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    decision = decide(guard, domain, [*conversation(1), message("more")], rule="order_form")
    assert chosen(decision, domain) == "order_form"


@pytest.mark.parametrize("intent", [None, "nlu_fallback", "made_up"])
def test_a_message_that_no_rule_fits_is_answered(
    guard: AnswerGuardPolicy, domain: Domain, intent: str | None
) -> None:
    events = [*conversation(1), message("?!", intent)]
    assert chosen(decide(guard, domain, events, rule=FALLBACK, sure=0.3), domain) == ANSWER


def test_after_answering_a_message_that_no_rule_fits_it_listens(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    events = [*start(), message("?!", None), ActionExecuted(ANSWER), BotUttered("pardon?")]
    assert chosen(decide(guard, domain, events, rule=FALLBACK, sure=0.3), domain) == LISTEN


@pytest.mark.parametrize(
    ("intent", "rule"), [("back", "action_back"), ("session_start", "action_session_start")]
)
def test_silent_commands_of_rasa_are_answered_instead(
    guard: AnswerGuardPolicy, domain: Domain, intent: str, rule: str
) -> None:
    events = [*conversation(1), message(f"/{intent}", intent)]
    assert chosen(decide(guard, domain, events, rule=rule), domain) == ANSWER


def test_a_restart_stays_a_restart(guard: AnswerGuardPolicy, domain: Domain) -> None:
    events = [*conversation(1), message("/restart", "restart")]
    assert chosen(decide(guard, domain, events, rule="action_restart"), domain) == "action_restart"


def test_which_commands_are_overruled_can_be_configured(tmp_path: Path, domain: Domain) -> None:
    events = [*conversation(1), message("/back", "back")]
    decision = decide(make_guard(tmp_path, overruled_intents=[]), domain, events, "action_back")
    assert chosen(decision, domain) == "action_back"


def test_before_the_first_message_it_predicts_nothing(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    prediction = guard.predict_action_probabilities(tracker(start()), domain)
    assert prediction.max_confidence == 0.0


def test_a_failure_that_was_undone_is_forgotten(guard: AnswerGuardPolicy, domain: Domain) -> None:
    events = [*failed(), UserUtteranceReverted()]
    assert chosen(decide(guard, domain, events), domain) == LISTEN


def test_in_stories_under_test_actions_are_taken_to_have_answered(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    told = UserUttered("hello", {"name": "duties"})
    events = [*start(), told, ActionExecuted(ANSWER)]
    assert chosen(decide(guard, domain, events), domain) == LISTEN


def test_whatever_happens_a_turn_ends_soon(guard: AnswerGuardPolicy, domain: Domain) -> None:
    """No action ever says anything, and the rules never help."""
    so_far = tracker([*conversation(1), message("?!", None)])
    done: list[str] = []
    while LISTEN not in done:
        done.append(step(guard, so_far, domain))
        assert len(done) < 5
    assert done == [ANSWER, APOLOGY, LISTEN]


def step(guard: AnswerGuardPolicy, so_far: DialogueStateTracker, domain: Domain) -> str:
    decision = decide(guard, domain, list(so_far.events), rule=FALLBACK, sure=0.3)
    so_far.update_with_events(decision.events, domain)
    so_far.update(ActionExecuted(chosen(decision, domain)))
    return chosen(decision, domain)


def test_a_domain_with_all_it_needs_is_accepted(guard: AnswerGuardPolicy, domain: Domain) -> None:
    assert guard.train([], domain).name == "guard"


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("action", "action_anser", "did you mean 'action_answer'"),
        ("response", "utter_unavailabel", "did you mean 'utter_unavailable'"),
        ("slot", "anwsered", "did you mean 'answered'"),
    ],
)
def test_a_name_missing_in_the_domain_is_refused_in_training(
    tmp_path: Path, domain: Domain, option: str, value: str, hint: str
) -> None:
    with pytest.raises(GuardError, match=f"config.yml: .*{value!r}.*{hint}"):
        make_guard(tmp_path, **{option: value}).train([], domain)


def test_its_error_is_one_of_this_project() -> None:
    assert issubclass(GuardError, ChatbotError)


def test_turns_that_went_well_need_no_guard(guard: AnswerGuardPolicy, domain: Domain) -> None:
    for number in range(1, 4):
        decision = decide(guard, domain, [*start(), *turn(number)][:-1])
        assert decision.policy_name == "RulePolicy"


FORM: list[Event] = [
    *start(),
    message("which job"),
    ActionExecuted(ANSWER),
    BotUttered("first question"),
    ActiveLoop("order_form"),
    ActionExecuted(LISTEN),
    message("red"),
]


def test_it_apologises_when_a_form_was_lost(guard: AnswerGuardPolicy, domain: Domain) -> None:
    lost = [*FORM, ActionExecuted("order_form")]
    assert chosen(decide(guard, domain, lost), domain) == APOLOGY


def test_it_apologises_when_a_form_was_lost_that_ran_before(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    before = [*FORM, BotUttered("next question"), ActionExecuted("order_form")]
    lost = [*before, ActionExecuted(LISTEN), message("large"), ActionExecuted("order_form")]
    decision = decide(guard, domain, lost, in_form=True)
    assert chosen(decision, domain) == APOLOGY


def test_it_is_quiet_when_a_form_spoke(guard: AnswerGuardPolicy, domain: Domain) -> None:
    spoke = [*FORM, BotUttered("next question"), ActionExecuted("order_form")]
    assert chosen(decide(guard, domain, spoke), domain) == LISTEN


def test_after_the_last_words_of_a_form_it_listens(
    guard: AnswerGuardPolicy, domain: Domain
) -> None:
    ended = [*FORM, BotUttered("result"), ActionExecuted("order_form"), ActiveLoop(None)]
    assert chosen(decide(guard, domain, ended, rule=FALLBACK, sure=0.0), domain) == LISTEN
