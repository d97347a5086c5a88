"""The policy that keeps the bot from falling silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.core.constants import POLICY_PRIORITY, RULE_POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, confidence_scores_for
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT_NAME_KEY, METADATA_MODEL_ID

from chatbot.errors import SettingsError, nearest

ACTION, RESPONSE, SLOT, OVERRULED = "action", "response", "slot", "overruled_intents"

# What `answered` says of a reply that had to do without the action server.
UNAVAILABLE: dict[str, Any] = {
    "topic": "unavailable",
    "roles": [],
    "group": None,
    "skill": None,
    "term": None,
}

# Events after which the latest message in the list is not the latest that counts.
_UNDOING = (ActionReverted, Restarted, SessionStarted, UserUtteranceReverted)

CERTAIN = 1.0
# More than RulePolicy's fallback (0.3), which says nothing, and less than any rule (1.0).
FOR_WANT_OF_A_RULE = 0.5


class GuardError(SettingsError, InvalidConfigException):
    """The policy cannot be used with this domain."""


@dataclass(frozen=True)
class _Turn:
    """What has happened since the user's latest message."""

    message: UserUttered
    after: tuple[Event, ...]

    @property
    def intent(self) -> str | None:
        """The intent of the message."""
        return self.message.intent.get(INTENT_NAME_KEY)

    @property
    def said(self) -> bool:
        """Whether the bot has said anything."""
        return any(isinstance(event, BotUttered) for event in self.after)

    @property
    def live(self) -> bool:
        """Whether actions are really run: in the stories of `rasa test` they are not."""
        return METADATA_MODEL_ID in self.message.metadata

    def tried(self, *actions: str) -> bool:
        """Tell whether one of these actions was run or refused to run."""
        kinds = (ActionExecuted, ActionExecutionRejected)
        done = (event for event in self.after if isinstance(event, kinds))
        return any(event.action_name in actions for event in done)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class AnswerGuardPolicy(Policy):
    """Makes sure that every message gets an answer, with RulePolicy beside it.

    - The answering action or an active form said nothing, because the action server is down, slow
      or failed: say `utter_unavailable` and note that in the slot `answered`. All other slots stay
      as they are.
    - No rule fits the message, whose intent is unknown or missing: run the answering action, which
      knows how to say that it did not understand.
    - The message is one of Rasa's own intents that change the conversation without a word
      (`/back`, `/session_start`): treat it as one that no rule fits. `/restart` stays as it is.

    It agrees with RulePolicy in everything else. After each prediction above it listens, so that it
    cannot go round in circles.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options and what they are if config.yml says nothing."""
        return {
            # Rasa prefers the surer policy, and of two equally sure ones that of higher priority.
            POLICY_PRIORITY: RULE_POLICY_PRIORITY + 1,
            # The action that answers messages.
            ACTION: "action_answer",
            # The response that stands in for it.
            RESPONSE: "utter_unavailable",
            # The slot that says what the reply was about.
            SLOT: "answered",
            # Intents that get the answering action whatever the rules say.
            OVERRULED: ["back", "session_start"],
        }

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Learn nothing; check that the domain has what the policy uses.

        Raises:
            GuardError: if it has not.
        """
        slots = [slot.name for slot in domain.slots]
        self._require("actions", self.config[ACTION], domain.action_names_or_texts)
        self._require("responses", self.config[RESPONSE], domain.action_names_or_texts)
        self._require("slots", self.config[SLOT], slots)
        return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, **kwargs: Any
    ) -> PolicyPrediction:
        """Predict what the class says, or nothing (all probabilities 0)."""
        turn = _latest_turn(tracker)
        if turn is None:
            return self._prediction(self._default_predictions(domain))
        action, confidence = self._choose(turn, tracker.latest_action_name, domain.form_names)
        apologise = action == self.config[RESPONSE]
        return self._prediction(
            confidence_scores_for(action, confidence, domain),
            optional_events=[SlotSet(self.config[SLOT], dict(UNAVAILABLE))] if apologise else [],
            # Nothing, an active form included, is to come between a failure and the apology.
            is_no_user_prediction=apologise,
        )

    def _choose(
        self, turn: _Turn, latest_action: str | None, forms: Sequence[str]
    ) -> tuple[str, float]:
        """Return the action to take and how sure that is."""
        if turn.tried(self.config[RESPONSE]):
            return ACTION_LISTEN_NAME, CERTAIN
        if turn.tried(self.config[ACTION], *forms):
            if turn.live and not turn.said:
                return self.config[RESPONSE], CERTAIN
            return ACTION_LISTEN_NAME, FOR_WANT_OF_A_RULE
        if turn.intent in self.config[OVERRULED]:
            return self.config[ACTION], CERTAIN
        if latest_action == ACTION_LISTEN_NAME:
            return self.config[ACTION], FOR_WANT_OF_A_RULE
        return ACTION_LISTEN_NAME, 0.0

    def _require(self, section: str, name: str, existing: list[str]) -> None:
        if name not in existing:
            raise GuardError(
                f"config.yml: {type(self).__name__} uses {name!r}, which is not among the {section}"
                f" of the domain{nearest(name, existing)}. Add it to the domain or name another in "
                "config.yml."
            )


def _latest_turn(tracker: DialogueStateTracker) -> _Turn | None:
    turn = _turn_at_the_end(reversed(tracker.events))
    if turn and any(isinstance(event, _UNDOING) for event in turn.after):
        # Rasa's list of what counts leaves out messages to a form, so it is looked at only here.
        return _turn_at_the_end(reversed(tracker.applied_events()))
    return turn


def _turn_at_the_end(latest_first: Iterable[Event]) -> _Turn | None:
    after: list[Event] = []
    for event in latest_first:
        if isinstance(event, UserUttered):
            return _Turn(event, tuple(reversed(after)))
        after.append(event)
    return None
