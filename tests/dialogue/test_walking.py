"""Going through processes one step at a time."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics, walking
from chatbot.dialogue.focus import Focus, Place
from chatbot.dialogue.parse import Found
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.base import knowledge_base
from tests.support.parses import role, said
from tests.support.quizzes import heard

PROCESSES = tuple(knowledge_base().processes)
RETURN = "return-or-complaint"
each_process = pytest.mark.parametrize("process", PROCESSES)


def walking_at(process: str, step: int) -> Focus:
    question = walking.at(knowledge_base(), process, step)
    return Focus().after(question, question.roles, ())


def whole(process: str) -> Focus:
    question = Question(topics.PROCESS, things=(Thing("process", process),))
    return Focus().after(question, (), ())


def asked(text: str, focus: Focus, intent: str = topics.FOLLOW_UP) -> Question:
    return resolve(heard(text, intent), focus, knowledge_base())


@each_process
def test_next_goes_through_every_step_and_back_returns(base: KnowledgeBase, process: str) -> None:
    steps = base.processes[process].steps
    focus = whole(process)
    for number, step in enumerate(steps, 1):
        question = asked("next", focus)
        assert (question.step, question.roles, question.part) == (number, (step.role,), "step")
        assert question.of_kind("process") == [process]
        focus = focus.after(question, question.roles, ())
    end = asked("next", focus)
    assert (end.part, end.roles) == (walking.END, ())
    focus = focus.after(end, (), ())
    for number in range(len(steps) - 1, 0, -1):
        question = asked("back", focus)
        assert question.step == number
        focus = focus.after(question, question.roles, ())
    assert asked("back", focus).step == 1


@each_process
def test_each_step_can_be_asked_for_by_its_number(base: KnowledgeBase, process: str) -> None:
    for number, step in enumerate(base.processes[process].steps, 1):
        for text in (f"who does step {number}", f"step {number}?", f"go to step {number}"):
            question = asked(text, whole(process))
            assert (question.step, question.roles) == (number, (step.role,)), text
        late = asked(f"what if step {number} is late", whole(process))
        assert (late.part, late.step, late.roles) == (walking.LATE, number, (step.role,))


@pytest.mark.parametrize(
    "text",
    ["next", "ok next", "Next step please", "and then?", "what happens after that?", "go on"]
    + ["who comes next?", "then what", "continue", "yes", "who is after him", "whats next"]
    + ["and who come after him", "n then", "k"],
)
def test_going_on(text: str) -> None:
    assert asked(text, walking_at(RETURN, 3)).step == 4


@pytest.mark.parametrize(
    "text", ["back", "go back", "previous step", "who comes before that?", "before step?"]
)
def test_going_back(text: str) -> None:
    assert asked(text, walking_at(RETURN, 3)).step == 2


@pytest.mark.parametrize("text", ["again", "repeat that please", "who does that?", "where were we"])
def test_once_more(text: str) -> None:
    assert asked(text, walking_at(RETURN, 3)).step == 3


@pytest.mark.parametrize(
    "text", ["what if it is late?", "what happens if they are late", "and if it's delayed, what?"]
    + ["what goes wrong if it is late", "what if nobody does it"],
)  # fmt: skip
def test_what_goes_wrong(text: str) -> None:
    question = asked(text, walking_at(RETURN, 3))
    assert (question.part, question.step) == (walking.LATE, 3)


def test_what_goes_wrong_if_the_person_of_a_step_is_late(base: KnowledgeBase) -> None:
    question = asked("what if the quality controller is late", walking_at(RETURN, 3))
    assert (question.part, question.step) == (walking.LATE, 6)


@pytest.mark.parametrize("text", ["stop", "ok that's enough", "quit the walk"])
def test_stopping_leaves_the_walk(text: str) -> None:
    focus = walking_at(RETURN, 3)
    question = asked(text, focus)
    assert question.part == walking.STOP
    left = focus.after(question, (), ())
    assert left.place is None
    assert left.last == focus.last


def test_another_question_in_between_does_not_lose_the_place(base: KnowledgeBase) -> None:
    focus = walking_at(RETURN, 3)
    skills = resolve(said(topics.SKILLS, text="what skills do they need"), focus, base)
    assert (skills.topic, skills.roles) == (topics.SKILLS, ("customer-service-supervisor",))
    focus = focus.after(skills, (), ()).after(Question(topics.THANKS), (), ())
    assert focus.place == Place(RETURN, 3)
    assert asked("next", focus).step == 4
    assert asked("back to the process", focus).step == 3


def test_without_a_walk_next_means_what_it_did() -> None:
    focus = Focus(last=Question(topics.DUTIES, roles=("data-analyst",)))
    assert asked("next", focus) == focus.last
    over = walking_at(RETURN, 10).after(Question(topics.DUTIES, roles=("data-analyst",)), (), ())
    assert asked("next", over).topic == topics.DUTIES


def test_a_whole_process_ends_when_asked_what_comes_then() -> None:
    assert asked("and then?", whole(RETURN)).part == walking.END


def test_more_after_a_whole_process_is_its_long_answer(base: KnowledgeBase) -> None:
    more = said(topics.FOLLOW_UP, Found("reference", "more"), text="go on")
    question = resolve(more, whole(RETURN), base)
    assert (question.part, question.detail) == ("", True)


@pytest.mark.parametrize(
    "text",
    ["walk me through a return one step at a time", "returns, slowly please"]
    + ["guide me through a return", "a return, one by one"],
)
def test_one_step_at_a_time(text: str) -> None:
    question = asked(text, Focus(), topics.PROCESS)
    assert (question.part, question.step, question.of_kind("process")) == ("step", 1, [RETURN])


def test_a_process_asked_for_step_by_step_is_told_as_a_whole() -> None:
    question = asked("who is involved in a return, step by step", Focus(), topics.PROCESS)
    assert (question.part, question.of_kind("process")) == ("", [RETURN])


def test_how_many_steps() -> None:
    question = asked("how many steps are there?", walking_at(RETURN, 3), topics.PROCESS)
    assert question.part == walking.COUNT
    assert walking_at(RETURN, 3).after(question, (), ()).place == Place(RETURN, 3)


@pytest.mark.parametrize(
    ("text", "part", "step"), [("who does step 4", "step", 4), ("how many steps", "count", 0)]
)
def test_without_a_process_the_bot_asks_which_and_then_answers(
    text: str, part: str, step: int
) -> None:
    question = asked(text, Focus(), topics.PROCESS)
    assert (question.topic, question.reason) == (topics.CLARIFY, "which_process")
    focus = Focus().after(question, (), ())
    answer = asked("a big sale day", focus)
    assert (answer.topic, answer.part, answer.step) == (topics.PROCESS, part, step)
    assert answer.of_kind("process") == ["sale-day"]


@pytest.mark.parametrize("number", [0, 11, 99, 999])
def test_a_step_that_there_is_not(number: int) -> None:
    question = asked(f"who does step {number}", walking_at(RETURN, 3), topics.PROCESS)
    assert (question.part, question.roles) == (walking.NO_STEP, ())
    assert walking_at(RETURN, 3).after(question, (), ()).place == Place(RETURN, 3)


def call(text: str, moment: str, score: float, intent: str = topics.PROCESS) -> Question:
    guess = Found(
        "described_moment", moment, 0, len(text), (moment, "duty/crm-specialist/1"), score, 0.5
    )
    return resolve(said(intent, guess, text=text), Focus(), knowledge_base())


def test_whom_to_call_is_told_by_the_moment() -> None:
    question = call("who do I call when the parcel is late", "step/order-to-door/5", 9.0)
    assert (question.topic, question.roles) == (topics.PROCESS, ("logistics-manager",))
    assert (question.part, question.of_kind("process")) == (walking.CALL, ["order-to-door"])


def test_a_handover_tells_whom_to_call_too(base: KnowledgeBase) -> None:
    question = call("who do I call when the list is missing", "pass/crm-specialist/1", 9.0)
    assert (question.roles, question.things) == (("crm-specialist",), ())


def test_where_nothing_fits_well_the_bot_asks() -> None:
    question = call("who do I call when the coffee is cold", "step/order-to-door/5", 1.0)
    assert (question.topic, question.reason) == (topics.CLARIFY, "whom_to_call")
    assert question.candidates == ("logistics-manager", "crm-specialist")


def test_whom_to_call_about_another_world_is_declined() -> None:
    text = "who do I call when my tooth hurts"
    question = call(text, "step/order-to-door/5", 1.0, topics.OUT_OF_SCOPE)
    assert question.topic == topics.OUT_OF_SCOPE


def test_a_place_that_left_the_base_is_forgotten(base: KnowledgeBase) -> None:
    for place in (Place("gone", 1), Place(RETURN, 99), Place(RETURN, -1)):
        assert Focus(place=place).known(base).place is None


def test_other_processes_of_a_role_are_asked_for(base: KnowledgeBase) -> None:
    question = resolve(said(topics.PROCESS, *role("order-manager"), text="part of"), Focus(), base)
    assert (question.topic, question.roles, question.part) == (
        topics.PROCESS,
        ("order-manager",),
        "",
    )
