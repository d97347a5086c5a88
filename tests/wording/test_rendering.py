"""From an answer to the text of a channel."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta

from chatbot.answers.answer import Answer, SourceRef
from chatbot.answers.registry import ANSWERERS
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names
from chatbot.pictures.names import Picture
from chatbot.wording.questions import ask, pattern_of
from chatbot.wording.render import render, wording
from tests.support.questions import (
    every_pair,
    every_question,
    everything_said,
    interview_said,
    say,
)

DATE = datetime.date(2026, 1, 2)
HELLO = Answer(topics.THANKS)


def test_a_missing_fact_is_an_error_and_no_gap(base: KnowledgeBase) -> None:
    with pytest.raises(jinja2.UndefinedError):
        render(Answer(topics.DUTIES), base)


def test_every_template_is_used() -> None:
    used = {f"{said.answer.template}.j2" for said in (*everything_said(), *interview_said())}
    written = wording("en").templates
    for name in list(used):
        source = Path(str(written.get_template(name).filename)).read_text("utf-8")
        used |= set(filter(None, meta.find_referenced_templates(written.parse(source))))
    assert set(written.list_templates(extensions=["j2"])) == used


def test_every_topic_has_a_template_of_its_name() -> None:
    templates = wording("en").templates.list_templates(extensions=["j2"])
    assert {f"{topic}.j2" for topic in ANSWERERS} <= set(templates)


def test_every_template_is_valid() -> None:
    said = wording("en")
    for name in said.templates.list_templates(extensions=["j2"]):
        said.templates.get_template(name)


def test_every_offer_has_a_pattern(base: KnowledgeBase) -> None:
    patterns = wording("en").questions
    for offer in {offer for said in everything_said() for offer in said.answer.offers}:
        text = ask(offer, base, patterns)
        assert re.fullmatch(r"[A-Z].*[^ ]", text), offer
        assert "  " not in text, offer


def test_every_pattern_is_offered_somewhere(base: KnowledgeBase) -> None:
    everything = (*everything_said(), *interview_said())
    offers = {offer for said in everything for offer in said.answer.offers}
    patterns = wording("en").questions
    used = {pattern_of(offer, patterns, base) for offer in offers}
    assert set(patterns) - {"help"} <= used


def test_two_offers_that_read_alike_are_shown_once(base: KnowledgeBase) -> None:
    offers = (Question(topics.LIST_GROUPS), Question(topics.LIST_GROUPS, people=3))
    assert len(render(Answer(topics.THANKS, offers=offers), base).quick_replies) == 1


@pytest.mark.parametrize(
    ("refs", "line"),
    [
        ([SourceRef("onet", "13-1161.00")], "(Source: O*NET 13-1161.00; reviewed 2026-01-02)"),
        (
            [SourceRef("article"), SourceRef("esco", "2431.6")],
            "(Sources: article on e-commerce jobs, ESCO 2431.6; reviewed 2026-01-02)",
        ),
        ([SourceRef("editorial")], "(Source: our editors; reviewed 2026-01-02)"),
        (
            [SourceRef("article"), SourceRef("editorial"), SourceRef("csco")],
            "(Source: article on e-commerce jobs; reviewed 2026-01-02)",
        ),
    ],
    ids=["a standard", "several", "our own", "minor ones are left out"],
)
def test_the_source_line(base: KnowledgeBase, refs: list[SourceRef], line: str) -> None:
    text = render(Answer(topics.THANKS, sources=tuple(refs), reviewed=DATE), base).text
    assert text.split("\n")[-1] == line


def test_without_sources_there_is_no_source_line(base: KnowledgeBase) -> None:
    assert "Source" not in render(HELLO, base).text


def test_a_picture_reaches_the_channel(base: KnowledgeBase) -> None:
    answer = Answer(topics.THANKS, image=Picture(names.GROUP, ("marketing",)))
    shown = render(answer, base, public_url="https://example.org")
    assert shown.image == "https://example.org/pictures/group--marketing.png?width=360"
    assert render(HELLO, base).image is None


def test_the_shell_prints_what_can_be_asked_next(base: KnowledgeBase) -> None:
    answer = Answer(topics.THANKS, offers=(Question(topics.LIST_GROUPS),))
    text = render(answer, base, channel="cmdline").text
    assert text.endswith("Ask next:\n  – What e-commerce jobs are there?")


@pytest.mark.parametrize("channel", ["", "rest", "socketio", "telegram"])
def test_other_channels_get_buttons(base: KnowledgeBase, channel: str) -> None:
    answer = Answer(topics.THANKS, offers=(Question(topics.LIST_GROUPS),))
    assert render(answer, base, channel=channel).quick_replies == (
        "What e-commerce jobs are there?",
    )


def test_a_shortened_answer_says_how_to_get_the_rest(base: KnowledgeBase) -> None:
    usual = say(Question(topics.DUTIES, roles=("crm-specialist",)), "cmdline").reply.text
    assert "Say “more” for the rest." in usual
    assert sum(duty in usual for duty in base.roles["crm-specialist"].duties) < 8


def test_a_short_answer_does_not() -> None:
    text = say(Question(topics.TOOLS, roles=("web-developer",))).reply.text
    assert "Say “more”" not in text


def test_a_language_that_has_no_folder_is_an_error(base: KnowledgeBase) -> None:
    with pytest.raises(FileNotFoundError):
        render(HELLO, base, language="xx")


def test_the_same_answer_is_worded_alike() -> None:
    for question in list(every_question())[::50]:
        assert say(question).reply == say(question).reply


def test_pairs_in_a_channel_with_buttons_fit_too() -> None:
    long = [q for q in list(every_pair())[::7] if len(say(q).reply.text) > 900]
    assert long == []
