"""What is kept between two messages, and reading Rasa's parse."""

from __future__ import annotations

import json

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import LONGEST_PAST, Focus
from chatbot.dialogue.parse import Found, Parse, from_rasa
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import reference, said

FULL = Question(
    topics.CLARIFY,
    roles=("crm-specialist",),
    groups=("marketing",),
    things=(Thing("term", "c2b"),),
    avoid=(Thing("interest", "coding"),),
    people=12,
    occupation="nurse",
    nearest=("data-analyst",),
    detail=True,
    reason="which_role",
    wanted=topics.SKILLS,
    candidates=("a", "b"),
    failures=2,
    interview=("likes=people", "pace=skip"),
    noted=("pace=skip",),
)
FOCUS = Focus(FULL, (Question(topics.GREET), FULL), ("a", "b"), (FULL,), FULL, seen=("c", "d"))


def test_a_focus_survives_the_way_through_json() -> None:
    assert Focus.from_dict(json.loads(json.dumps(FOCUS.as_dict()))) == FOCUS


def test_an_empty_focus_survives_it_too() -> None:
    assert Focus.from_dict(json.loads(json.dumps(Focus().as_dict()))) == Focus()


def test_what_is_empty_is_not_written() -> None:
    assert Question(topics.GREET).as_dict() == {"topic": topics.GREET}


def test_keys_of_a_later_version_are_ignored() -> None:
    assert Question.from_dict({"topic": "greet", "mood": "good"}) == Question("greet")


@pytest.mark.parametrize(
    "slot",
    [None, "", "nonsense", 7, [], {}, {"last": 5}, {"last": {"roles": ["x"]}}, {"past": 3}]
    + [{"offers": [None]}, {"offers": [{"topic": "greet", "things": [{"kind": "term"}]}]}]
    + [{"shown": 9}, {"pending": "x"}],
)
def test_a_slot_that_cannot_be_read_counts_as_empty(slot: object) -> None:
    assert Focus.from_dict(slot) == Focus()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "stale",
    [Question(topics.DUTIES, roles=("job-of-the-past",))]
    + [Question(topics.DEFINE, things=(Thing("term", "word-of-the-past"),))]
    + [Question(topics.GROUP_OVERVIEW, groups=("group-of-the-past",))],
)
@pytest.mark.parametrize("intent", [topics.AFFIRM, topics.FOLLOW_UP, topics.SKILLS])
def test_what_has_left_the_knowledge_base_is_not_asked_about(
    base: KnowledgeBase, stale: Question, intent: str
) -> None:
    focus = Focus.from_dict(Focus(stale, (stale,), stale.roles, (stale,)).as_dict())
    question = resolve(said(intent, reference("it")), focus, base)
    assert set(question.roles) <= base.roles.keys()
    assert set(question.groups) <= base.groups.keys()
    assert all(thing.id in base.by_kind[thing.kind] for thing in question.things)


def test_an_answered_question_becomes_the_last_one() -> None:
    question = Question(topics.ROLES_BY_SKILL, roles=("crm-specialist",))
    offers = (Question(topics.SKILLS, roles=("crm-specialist",)),)
    focus = Focus(pending=FULL).after(question, ("a", "b"), offers)
    assert focus == Focus(question, (), ("a", "b"), offers, None, seen=("crm-specialist",))


def test_an_answer_about_one_of_a_list_keeps_the_list() -> None:
    focus = Focus(shown=("a", "b")).after(Question(topics.DUTIES, roles=("a",)), ("a",), ())
    assert focus.shown == ("a", "b")


def test_the_question_before_goes_to_the_past() -> None:
    one, two = Question(topics.DUTIES), Question(topics.SKILLS)
    assert Focus().after(one, (), ()).after(two, (), ()).past == (one,)


def test_the_same_question_again_is_not_its_own_past() -> None:
    one = Question(topics.DUTIES)
    assert Focus().after(one, (), ()).after(one, (), ()).past == ()


def test_the_past_is_bounded() -> None:
    focus = Focus()
    for number in range(50):
        focus = focus.after(Question(topics.DUTIES, people=number), (), ())
    assert len(focus.past) == LONGEST_PAST
    assert len(json.dumps(focus.as_dict())) < 2000


@pytest.mark.parametrize(
    "topic", [*topics.SMALL_TALK, topics.OUT_OF_SCOPE, topics.UNKNOWN_ROLE, topics.CLARIFY]
)
def test_what_was_talked_about_survives_other_messages(topic: str) -> None:
    talk = Question(topics.DUTIES, roles=("crm-specialist",))
    focus = Focus(talk, shown=("crm-specialist",)).after(Question(topic), (), ())
    assert (focus.last, focus.shown) == (talk, ("crm-specialist",))


def test_a_clarifying_question_waits_for_its_answer() -> None:
    assert Focus().after(FULL, (), ()).pending == FULL


def test_rasas_parse_is_read() -> None:
    message = {
        "text": " the manager ",
        "intent": {"name": "duties", "confidence": 0.8},
        "intent_ranking": [
            {"name": "duties", "confidence": 0.8},
            {"name": "skills", "confidence": 0.1},
        ],
        "entities": [
            {"entity": "role_hint", "value": "manager", "start": 5, "end": 12, "candidates": ["a"]}
        ],
    }
    parse = from_rasa(message)
    assert (parse.text, parse.intent, parse.confidence) == ("the manager", "duties", 0.8)
    assert parse.ranking[1] == ("skills", 0.1)
    (hint,) = parse.found
    assert (hint.kind, hint.value, hint.candidates) == ("role_hint", "manager", ("a",))


def test_an_intent_without_ranking_is_read() -> None:
    parse = from_rasa({"text": "/greet", "intent": {"name": "greet", "confidence": 1.0}})
    assert parse.intent == "greet"


@pytest.mark.parametrize(
    "message",
    [{}, {"text": None, "intent": None, "entities": None}, {"text": "x", "intent": {"name": None}}],
)
def test_what_is_missing_in_a_parse_counts_as_not_found(message: dict[str, object]) -> None:
    parse = from_rasa(message)
    assert (parse.intent, parse.confidence, parse.found) == (topics.OUT_OF_SCOPE, 0.0, ())


@pytest.mark.parametrize(
    "found",
    [Found("ordinal", "x"), Found("ordinal", ""), Found("role", "None"), Found("term", "None")]
    + [Found("role_hint", "x", candidates=("nobody",)), Found("nonsense", "x"), Found("group", "5")]
    + [Found("described_role", "nobody", score=1.0, lead=1.0), Found("reference", "nonsense")],
    ids=lambda found: f"{found.kind}={found.value}",
)
@pytest.mark.parametrize("intent", [topics.DUTIES, topics.FOLLOW_UP, topics.DEFINE, topics.COMPARE])
def test_payloads_with_made_up_values_do_no_harm(
    base: KnowledgeBase, found: Found, intent: str
) -> None:
    question = resolve(Parse("/intent{}", ((intent, 1.0),), (found,)), Focus(), base)
    assert question.roles == ()
    assert question.groups == ()
