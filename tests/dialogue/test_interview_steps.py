"""The interview step by step, its slots, and any sequence of messages at all."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from chatbot import bot
from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.interview import ASIDES, FORM, MISSES, REQUESTED, Interview, slot_of, take
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import LONGEST, LONGEST_DETAIL
from tests.support.parses import role, said
from tests.support.paths import ROOT

ALL_SLOTS = ("likes", "strengths", "background", "material", "pace", "lead")


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def message(text: str, intent: str = topics.RECOMMEND, *found: Found) -> Parse:
    return said(intent, *found, text=text)


def after(base: KnowledgeBase, *texts: str) -> Interview:
    """Return the interview after these messages."""
    state = Interview()
    for text in ("which job suits me", *texts):
        state = take(message(text), Focus(), state, base).interview
    return state


def test_the_wish_for_advice_begins_it(base: KnowledgeBase) -> None:
    turn = take(message("which job suits me"), Focus(), Interview(), base)
    assert turn.interview.asked == "likes"
    assert turn.questions == (Question(topics.RECOMMEND, reason="ask", wanted="likes"),)


def test_who_names_likes_is_answered_at_once(base: KnowledgeBase) -> None:
    likes = message("I like coding", topics.RECOMMEND, Found("interest", "coding", 7, 13))
    turn = take(likes, Focus(), Interview(), base)
    assert turn.interview == Interview()
    assert turn.questions[0].reason == ""


def test_answers_lead_to_the_result(base: KnowledgeBase) -> None:
    state = after(base, "1", "2", "3", "4", "1")
    assert state.asked == "lead"
    turn = take(message("no"), Focus(), state, base)
    assert turn.interview.done(base.interview)
    assert turn.interview.asked == ""
    (result,) = turn.questions
    assert (result.reason, result.roles) == ("result", ())
    assert set(result.interview) >= {"likes=people", "pace=calm", "lead=never"}


@pytest.mark.parametrize("slot", [None, "", "x", 5, {}, [], [1, None], {"a": 1}, [[]]])
def test_slots_that_cannot_be_read_count_as_empty(base: KnowledgeBase, slot: object) -> None:
    slots = {slot_of(key): slot for key in ALL_SLOTS} | {"interview": slot, REQUESTED: slot}
    assert Interview.from_slots(slots, base.interview) == Interview()


def test_the_state_survives_the_way_through_slots(base: KnowledgeBase) -> None:
    state = Interview({"likes": ("people",), "pace": ("skip",)}, "lead", False, 1, 1)
    slots = json.loads(json.dumps(state.changes({}, base.interview)))
    assert Interview.from_slots(slots, base.interview) == state
    assert state.changes(slots, base.interview) == {}


def test_only_slots_that_change_are_set(base: KnowledgeBase) -> None:
    assert Interview().changes({}, base.interview) == {}
    state = Interview({"likes": ("people",)}, "strengths")
    assert state.changes({}, base.interview) == {
        "interview_likes": ["people"],
        REQUESTED: "interview_strengths",
    }


def test_the_slot_of_another_form_is_left_alone(base: KnowledgeBase) -> None:
    slots = {REQUESTED: "quiz_answer"}
    assert Interview.from_slots(slots, base.interview).asked == ""
    assert REQUESTED not in Interview().changes(slots, base.interview)


def test_another_question_is_answered_and_the_open_one_repeated(base: KnowledgeBase) -> None:
    state = after(base)
    asked = message("what does a buyer do?", topics.DUTIES, *role("purchasing-manager"))
    turn = take(asked, Focus(), state, base)
    assert [q.topic for q in turn.questions] == [topics.DUTIES, topics.RECOMMEND]
    assert turn.questions[1].reason == "repeat"
    assert turn.interview.asked == "likes"


def test_after_two_of_them_it_waits_and_says_so_once(base: KnowledgeBase) -> None:
    state = after(base)
    asked = message("what does a buyer do?", topics.DUTIES, *role("purchasing-manager"))
    for _ in range(ASIDES):
        turn = take(asked, Focus(), state, base)
        state = turn.interview
    assert turn.questions[1].reason == "waits"
    assert state.asked == ""
    assert len(take(asked, Focus(), state, base).questions) == 1
    assert take(message("go on"), Focus(), state, base).interview.asked == "likes"


def test_an_answer_in_between_starts_the_count_anew(base: KnowledgeBase) -> None:
    asked = message("what does a buyer do?", topics.DUTIES, *role("purchasing-manager"))
    state = take(asked, Focus(), after(base), base).interview
    state = take(message("numbers"), Focus(), state, base).interview
    assert take(asked, Focus(), state, base).interview.asked == "strengths"


def test_what_is_no_answer_is_helped_with_then_it_waits(base: KnowledgeBase) -> None:
    state = after(base)
    for number in range(1, MISSES):
        turn = take(message("hm blue", topics.OUT_OF_SCOPE), Focus(), state, base)
        state = turn.interview
        assert (turn.questions[0].reason, turn.questions[0].failures) == ("ask", number)
    turn = take(message("hm blue", topics.OUT_OF_SCOPE), Focus(), state, base)
    assert (turn.questions[0].reason, turn.interview.asked) == ("stopped", "")


@pytest.mark.parametrize("text", ["skip", "numbers", "3", "stop", "back", "next"])
def test_words_of_the_interview_mean_nothing_without_it(base: KnowledgeBase, text: str) -> None:
    turn = take(message(text, topics.FOLLOW_UP), Focus(), Interview(), base)
    assert turn.interview == Interview()


def test_a_pending_choice_comes_first(base: KnowledgeBase) -> None:
    pending = Question(topics.CLARIFY, reason="which_role", wanted=topics.DUTIES)
    reply = message("warehouse manager", topics.FOLLOW_UP, *role("warehouse-manager"))
    turn = take(reply, Focus(pending=pending), after(base, "1", "1"), base)
    assert turn.questions[0].roles == ("warehouse-manager",)


POOL = (
    "which job suits me", "start the interview", "skip", "back", "stop", "go on", "next", "keep",
    "change my answer", "change my answer about pace to calm", "change question 9", "result",
    "start over", "go on with the interview", "1", "2 and 3", "9", "all of them", "", "   ", "?!",
    "numbers", "not people", "yes", "no", "more", "why", "what do you mean", "how many more",
    "what does a buyer do?", "why not the buyer?", "why not", "sum it up", "the second one",
    "asdf", "i was a nurse", "x" * 3000, "🙂🙂", "你好", "a\nb", "-", "+interest/people",
    "but no coding",
)  # fmt: skip


def random_message(rng: random.Random, base: KnowledgeBase) -> dict[str, Any]:
    intents = rng.sample(topics.INTENTS, 3)
    kinds = ("role", "interest", "skill", "occupation", "role_hint", "reference", "ordinal")
    values = [*base.roles, *base.interests, "nurse", "both", "more", "2", "-1", "nonsense"]
    entities = [
        {"entity": rng.choice(kinds), "value": rng.choice(values), "start": 0, "end": 3}
        for _ in range(rng.randint(0, 2))
    ]
    ranking = [{"name": name, "confidence": rng.random()} for name in intents]
    text = rng.choice(POOL)
    return {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": entities}


@pytest.mark.parametrize("seed", range(12))
def test_no_sequence_of_messages_breaks_it(base: KnowledgeBase, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    slots: dict[str, Any] = {}
    for _ in range(60):
        reply = bot.reply(random_message(rng, base), slots, rng.choice(("", "cmdline", "rest")))
        slots = json.loads(json.dumps({**slots, **reply.slots}))
        assert reply.text.strip()
        assert len(reply.text) <= LONGEST_DETAIL
        assert reply.slots["answered"]["topic"] in topics.TOPICS
        asked = Interview.from_slots(slots, base.interview).asked
        assert reply.form == (FORM if asked else None)


@pytest.mark.parametrize(
    "text", [t for t in POOL if t not in ("why", "keep", "back", "what do you mean")]
)
def test_saying_the_same_for_ever_ends_it(base: KnowledgeBase, text: str) -> None:
    state = after(base)
    again = ("which job suits me", "start the interview", "start over", "go on", "how many more")
    again += ("go on with the interview", "change my answer about pace to calm")
    for _ in range(30):
        before, state = (
            state,
            take(message(text, topics.OUT_OF_SCOPE), Focus(), state, base).interview,
        )
        if not state.asked:
            return
    assert text in again, before


@pytest.mark.parametrize("channel", ["", "cmdline"])
def test_each_step_fits_the_channel(base: KnowledgeBase, channel: str) -> None:
    slots: dict[str, Any] = {}
    texts = (
        "which job suits me",
        "all of them",
        "blue",
        "blue",
        "everything",
        "back",
        "keep",
        "why",
    )
    texts += ("how many more", "1 2 3 4 5 6", "all", "both", "change my answer", "6", "maybe later")
    for text in texts:
        parse = {"text": text, "intent": {"name": "recommend", "confidence": 0.5}, "entities": []}
        reply = bot.reply(parse, slots, channel)
        slots = {**slots, **reply.slots}
        assert len(reply.text) <= LONGEST, text
        assert reply.slots["answered"]["topic"] == topics.RECOMMEND
        buttons = reply.quick_replies
        assert (not buttons) if channel else (1 <= len(buttons) <= 10)
    assert "guidance, not a test" in reply.text
