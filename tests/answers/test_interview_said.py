"""How the interview's result, the question why not another role, and the summary read."""

from __future__ import annotations

import re

import pytest
from test_fit import some_ways

from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import LONGEST, LONGEST_DETAIL
from tests.support.checks import assert_none
from tests.support.questions import CHANNELS, say

CLEAR = ("likes=pictures", "strengths=ideas", "background=media", "material=pictures")
CLEAR += ("pace=mixed", "lead=later")
SKIPPED = tuple(f"{one.partition('=')[0]}=skip" for one in CLEAR)
SPOILT = re.compile(r"[{}]|None|\.\.|\s[,;.]|\S  +\S|^\d\. *$|\( |; *\.|,\s*\.", re.MULTILINE)


def result(told: tuple[str, ...], **more: object) -> Question:
    return Question(topics.RECOMMEND, interview=told, reason="result", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_result_fits_and_says_that_it_is_guidance(base: KnowledgeBase, channel: str) -> None:
    wrong = []
    for told in some_ways(base, 60):
        text = say(result(told, noted=told[-2:]), channel).reply.text
        if len(text) > LONGEST or "guidance, not a test" not in text and "left out" not in text:
            wrong.append(f"{told}: {len(text)} {text}")
        wrong += [f"{told}: {found[0]!r} in {text}" for found in [SPOILT.search(text)] if found]
    assert_none(wrong, "results read badly", 3)


def test_a_result_names_three_roles_with_reasons_from_the_answers(base: KnowledgeBase) -> None:
    said = say(result(CLEAR))
    assert len(said.answer.shown) == 3
    for number, role in enumerate(said.answer.shown, 1):
        assert f"{number}. {base.roles[role].name}".lower() in said.reply.text.lower()
        assert str(base.roles[role].riasec) in said.reply.text
    assert "you like pictures and design" in said.reply.text.lower()
    assert "O*NET" in said.reply.text


def test_more_tells_all_reasons_of_the_result() -> None:
    short, long = say(result(CLEAR)).reply.text, say(result(CLEAR, detail=True)).reply.text
    assert len(short) < len(long) <= LONGEST_DETAIL


def test_everything_skipped_has_no_result_and_a_way_on() -> None:
    said = say(result(SKIPPED))
    assert said.answer.shown == ()
    assert "no clear winner" in said.reply.text
    assert said.reply.quick_replies


@pytest.mark.parametrize("channel", CHANNELS)
def test_why_not_is_answered_for_every_role(base: KnowledgeBase, channel: str) -> None:
    texts = set()
    for role in base.roles.values():
        said = say(
            Question(topics.RECOMMEND, roles=(role.id,), interview=CLEAR, reason="why_not"), channel
        )
        text = said.reply.text
        assert role.name.lower() in text.lower()
        assert "Speaks" in text or "Nothing you told me" in text
        assert "guidance, not a test" in text
        assert len(text) <= LONGEST
        assert not SPOILT.search(text), text
        texts.add(text)
    assert len(texts) == len(base.roles)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("told", [(), CLEAR[:2], CLEAR, SKIPPED], ids=len)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 12])
def test_a_summary_fits_and_names_every_role(
    base: KnowledgeBase, channel: str, told: tuple[str, ...], number: int
) -> None:
    roles = tuple(base.roles)[:number]
    said = say(Question(topics.SUMMARY, roles=roles, interview=told), channel)
    assert len(said.reply.text) <= LONGEST
    assert not SPOILT.search(said.reply.text), said.reply.text
    for role in roles:
        assert base.roles[role].name.lower() in said.reply.text.lower()
    if told == CLEAR:
        assert "guidance, not a test" in said.reply.text.lower()


def test_a_summary_in_full_says_the_way_into_each_role(base: KnowledgeBase) -> None:
    roles = tuple(base.roles)[:12]
    said = say(Question(topics.SUMMARY, roles=roles, interview=CLEAR, detail=True))
    assert said.reply.text.count("Way in:") == len(roles)
    assert len(said.reply.text) <= LONGEST_DETAIL


def test_a_summary_of_nothing_says_so() -> None:
    said = say(Question(topics.SUMMARY))
    assert "little to sum up" in said.reply.text
    assert said.reply.quick_replies
