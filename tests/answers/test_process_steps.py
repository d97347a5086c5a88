"""Every step of every process in words, alone and in the list of a role."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics, walking
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import moments
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import LONGEST
from tests.support.base import knowledge_base
from tests.support.questions import CHANNELS, say, whom_to_call

STEPS = [
    (process.id, number)
    for process in knowledge_base().processes.values()
    for number in range(1, len(process.steps) + 1)
]
each_step = pytest.mark.parametrize(("process", "number"), STEPS)


def text(question: Question, channel: str = "") -> str:
    said = say(question, channel).reply.text
    assert len(said) <= LONGEST
    return said.lower()


@each_step
def test_a_step_says_who_does_what_and_hands_on_what(
    base: KnowledgeBase, process: str, number: int
) -> None:
    steps = base.processes[process].steps
    step = steps[number - 1]
    for channel in CHANNELS:
        said = text(walking.at(base, process, number), channel)
        assert f"step {number} of {len(steps)}" in said
        for part in (base.roles[step.role].name, step.does, step.hands_on, step.if_late):
            assert part.lower() in said
        if number > 1:
            assert steps[number - 2].hands_on.lower() in said
            assert base.roles[steps[number - 2].role].name.lower() in said


@each_step
def test_a_late_step_says_what_goes_wrong_and_who_waits(
    base: KnowledgeBase, process: str, number: int
) -> None:
    steps = base.processes[process].steps
    said = text(walking.at(base, process, number, walking.LATE))
    assert steps[number - 1].if_late.lower() in said
    waits = base.roles[steps[number].role].name if number < len(steps) else "last step"
    assert waits.lower() in said


@each_step
def test_a_step_tells_whom_to_call(base: KnowledgeBase, process: str, number: int) -> None:
    role = base.processes[process].steps[number - 1].role
    said = text(whom_to_call(f"step/{process}/{number}"))
    assert said.startswith(f"call the {base.roles[role].name.lower()}.")


def test_every_handover_and_duty_tells_whom_to_call(base: KnowledgeBase) -> None:
    for key in moments.ids(base):
        moment = moments.find(base, key)
        assert moment
        if not moment.process:
            said = text(whom_to_call(key))
            assert said.startswith(f"call the {base.roles[moment.role].name.lower()}.")
            assert moment.texts[0].split()[0].lower() in said


def test_a_step_offers_what_can_be_said_next(base: KnowledgeBase) -> None:
    first, middle, last = (say(walking.at(base, "sale-day", n)).reply for n in (1, 5, 10))
    assert first.quick_replies[:2] == ("Next", "What if it is late?")
    assert middle.quick_replies[:2] == ("Next", "Back")
    assert "Next" not in last.quick_replies
    assert "Quiz me" in last.quick_replies


def test_a_shell_is_told_the_short_replies_in_one_line(base: KnowledgeBase) -> None:
    said = say(walking.at(base, "sale-day", 5), "cmdline").reply
    assert said.quick_replies == ()
    assert "\nYou can say: Next · Back · What if it is late? · Stop\n" in said.text


@pytest.mark.parametrize("process", list(knowledge_base().processes))
def test_the_count_and_the_late_list_name_every_role(base: KnowledgeBase, process: str) -> None:
    things = (Thing("process", process),)
    names = [base.roles[step.role].name.lower() for step in base.processes[process].steps]
    count = text(Question(topics.PROCESS, things=things, part=walking.COUNT))
    assert f"{len(names)} steps" in count
    assert all(name in count for name in names)
    full = say(Question(topics.PROCESS, things=things, part=walking.LATE, detail=True))
    assert all(name in full.reply.text.lower() for name in names)


@pytest.mark.parametrize("role", list(knowledge_base().roles))
def test_a_role_is_shown_in_each_process_that_it_has_a_step_in(
    base: KnowledgeBase, role: str
) -> None:
    said = say(Question(topics.PROCESS, roles=(role,), detail=True)).reply.text.lower()
    for process in base.processes.values():
        for number, step in enumerate(process.steps, 1):
            if step.role == role:
                assert f"{process.name}, step {number} of {len(process.steps)}".lower() in said
                assert step.does.lower() in said
