"""Rasa's message processor, without the cost of checking a fixed schema for every message."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from chatbot.core.graph_runner import SerialGraphRunner


class FrugalProcessor(MessageProcessor):
    """Runs custom actions as Rasa does, in half the time.

    Rasa checks every reply of the action server against a schema and, with each reply, that schema
    against the schema of schemas. The second check takes 20 ms and always ends the same way.
    """

    @classmethod
    def taking_over(cls, processor: MessageProcessor) -> FrugalProcessor:
        """Return a processor with the model, stores and endpoints of the given one.

        Assign it to `agent.processor`. Loading a model over the HTTP API (`PUT /model`) brings
        Rasa's own processor back, which is slower and otherwise the same.
        """
        frugal = cls.__new__(cls)
        frugal.__dict__.update(vars(processor))
        if type(processor.graph_runner) is DaskGraphRunner:
            frugal.graph_runner = SerialGraphRunner.taking_over(processor.graph_runner)
        return frugal

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        """Predict as Rasa does; see there for the errors."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if type(action) is RemoteAction:
            action = FrugalRemoteAction(action.name(), self.action_endpoint)
        if type(action) is FormAction:
            action = FrugalFormAction(action.name(), self.action_endpoint)
        return action, prediction


class FrugalRemoteAction(RemoteAction):
    """A custom action whose replies are checked with a schema that was prepared once."""

    def _validate_action_result(self, result: Any) -> bool:
        if _is_plain(result):
            return True
        for error in _reply_validator().iter_errors(result):
            raise ValidationError(
                f"The action server answered {self.name()!r} with something that is no reply of "
                f"an action: {error.message} at {error.json_path}."
            )
        return True


class FrugalFormAction(FormAction):
    """A form whose validation action is run as a `FrugalRemoteAction`.

    It validates even where nothing was extracted, since all that is said while the form is active
    goes to that action.
    """

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[Event]:
        """Validate as Rasa does; see there."""
        name = f"validate_{self.name()}"
        if name not in domain.action_names_or_texts:
            return []
        events: list[Event] = [SlotSet(key, value) for key, value in slot_candidates.items()]
        so_far = self._temporary_tracker(tracker, events, domain)
        action = FrugalRemoteAction(name, self.action_endpoint)
        return await action.run(output_channel, nlg, so_far, domain)


def _is_plain(reply: Any) -> bool:
    """Tell whether a reply needs no schema to check: it speaks, sets slots, enters or leaves a form
    and says what follows, and does no more.

    The schema tries every event against two dozen kinds, and nearly all replies are of this sort.
    """
    return (
        isinstance(reply, dict)
        and isinstance(responses := reply.get("responses", []), list)
        and all(isinstance(response, dict) for response in responses)
        and isinstance(events := reply.get("events", []), list)
        and all(isinstance(event, dict) and _is_usual(event) for event in events)
    )


def _is_usual(event: dict[str, Any]) -> bool:
    name = event.get("name")
    usual = (event.get("event") == "slot" and isinstance(name, str) and "value" in event) or (
        event.get("event") in ("active_loop", "followup")
        and (isinstance(name, str) or name is None)
        and "name" in event
    )
    return usual and event.get("timestamp") is None and event.get("metadata") is None


@lru_cache(maxsize=1)
def _reply_validator() -> Draft202012Validator:
    schema = RemoteAction.action_response_format_spec()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
