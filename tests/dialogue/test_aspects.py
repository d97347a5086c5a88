"""Questions that look at a topic from another side, told by their words."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import EXAMPLE, GAP, LATE, Question, Thing
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on, ordinal, reference

BUYER, CRM, WEB = "purchasing-manager", "crm-specialist", "web-developer"
PAIR = focus_on(topics.COLLABORATION, BUYER, WEB)
EXCEL, SQL = Thing("tool", "excel"), Thing("skill", "sql")


def at(text: str, words: str, kind: str, value: str) -> Found:
    start = text.index(words)
    return Found(kind, value, start, start + len(words))


def say(text: str, *found: Found, intent: str = topics.DUTIES, sure: float = 0.4) -> Parse:
    return Parse(text, ((intent, sure), ("help", 0.05)), found)


def collaboration(*roles: str, aspect: str = "") -> Question:
    return Question(topics.COLLABORATION, roles=roles, aspect=aspect)


@pytest.mark.parametrize(
    "text",
    [
        "what if the web developer is late",
        "and when the web developer comes in late?",
        "what happens if the web developer doesn't deliver",
        "what goes wrong if the web developer misses the deadline",
        "suppose the web developer is not ready in time",
        "what if the web developer keeps us waiting",
    ],
)
def test_what_happens_when_a_named_role_is_late(base: KnowledgeBase, text: str) -> None:
    parse = say(text, at(text, "web developer", "role", WEB))
    assert resolve(parse, Focus(), base) == collaboration(WEB, aspect=LATE)
    assert resolve(parse, PAIR, base) == collaboration(WEB, BUYER, aspect=LATE)
    other = focus_on(topics.COLLABORATION, CRM)
    assert resolve(parse, other, base) == collaboration(WEB, aspect=LATE)


def test_who_keeps_whom_waiting(base: KnowledgeBase) -> None:
    text = "what if the crm person keeps the web developer waiting"
    found = at(text, "crm person", "role", CRM), at(text, "web developer", "role", WEB)
    assert resolve(say(text, *found), Focus(), base) == collaboration(CRM, WEB, aspect=LATE)
    text = "what does the crm person do if the web developer is late"
    found = at(text, "crm person", "role", CRM), at(text, "web developer", "role", WEB)
    assert resolve(say(text, *found), Focus(), base) == collaboration(WEB, CRM, aspect=LATE)


def test_it_is_late_is_about_the_role_talked_about(base: KnowledgeBase) -> None:
    parse = say("what happens if he is late", reference("it"), intent=topics.OUT_OF_SCOPE, sure=0.8)
    focus = focus_on(topics.DUTIES, CRM)
    assert resolve(parse, focus, base) == collaboration(CRM, aspect=LATE)


def test_it_is_late_in_a_process_is_left_to_the_process(base: KnowledgeBase) -> None:
    focus = Focus(last=Question(topics.PROCESS, things=(Thing("process", "restocking"),)))
    parse = say("what if it is late", reference("it"), intent=topics.PROCESS)
    assert resolve(parse, focus, base).topic == topics.PROCESS


@pytest.mark.parametrize("text", ["who tracks late parcels", "is it too late to start as a buyer"])
def test_late_alone_asks_nothing_of_the_kind(base: KnowledgeBase, text: str) -> None:
    found = resolve(
        say(text, *([at(text, "buyer", "role", BUYER)] if "buyer" in text else [])), PAIR, base
    )
    assert found.aspect == ""


@pytest.mark.parametrize(
    "text", ["and the other way round?", "vice versa", "in the opposite direction", "the reverse"]
)
def test_the_other_way_round_turns_the_pair(base: KnowledgeBase, text: str) -> None:
    assert resolve(say(text), PAIR, base) == collaboration(WEB, BUYER)
    compared = focus_on(topics.COMPARE, BUYER, WEB)
    assert resolve(say(text), compared, base) == Question(topics.COMPARE, roles=(WEB, BUYER))
    groups = Focus(last=Question(topics.COLLABORATION, groups=("marketing", "operations")))
    assert resolve(say(text), groups, base).groups == ("operations", "marketing")


def test_the_other_way_round_keeps_what_was_asked(base: KnowledgeBase) -> None:
    focus = Focus(last=collaboration(BUYER, WEB, aspect=LATE))
    assert resolve(say("vice versa"), focus, base) == collaboration(WEB, BUYER, aspect=LATE)


@pytest.mark.parametrize("text", ["give me an example", "for instance?", "an example please"])
def test_an_example_of_what_was_told(base: KnowledgeBase, text: str) -> None:
    parse = say(text, intent=topics.COMPANY_EXAMPLE, sure=0.6)
    assert resolve(parse, PAIR, base) == collaboration(BUYER, WEB, aspect=EXAMPLE)
    elsewhere = focus_on(topics.DUTIES, BUYER)
    assert resolve(parse, elsewhere, base).topic == topics.COMPANY_EXAMPLE


@pytest.mark.parametrize("text", ["why does that matter?", "why is this important", "so what"])
def test_why_it_matters_is_what_happens_without_it(base: KnowledgeBase, text: str) -> None:
    parse = say(text, intent=topics.FEEDBACK, sure=0.5)
    assert resolve(parse, PAIR, base) == collaboration(BUYER, WEB, aspect=LATE)


def test_somebody_talked_about_and_a_group(base: KnowledgeBase) -> None:
    text = "and with marketing?"
    parse = say(text, at(text, "marketing", "group", "marketing"), intent=topics.FOLLOW_UP)
    focus = focus_on(topics.COLLABORATION, BUYER)
    assert resolve(parse, focus, base) == Question(
        topics.COLLABORATION, roles=(BUYER,), groups=("marketing",)
    )


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("what skills is a web developer missing for data analyst", (WEB, "data-analyst")),
        ("to become a data analyst, what does a web developer still need", (WEB, "data-analyst")),
        ("skills gap web developer data analyst", (WEB, "data-analyst")),
    ],
)
def test_what_one_job_lacks_for_another(
    base: KnowledgeBase, text: str, roles: tuple[str, str]
) -> None:
    found = (
        at(text, "web developer", "role", WEB),
        at(text, "data analyst", "role", "data-analyst"),
    )
    found = tuple(sorted(found, key=lambda item: item.start))
    question = resolve(say(text, *found, intent=topics.SKILLS, sure=0.9), Focus(), base)
    assert question == Question(topics.SKILLS, roles=roles, aspect=GAP)


def test_what_somebody_lacks_who_knows_some_things(base: KnowledgeBase) -> None:
    text = "I know Excel and SQL, what am I missing for data analyst"
    found = (
        at(text, "Excel", "tool", "excel"),
        at(text, "SQL", "skill", "sql"),
        at(text, "data analyst", "role", "data-analyst"),
    )
    question = resolve(say(text, *found, intent=topics.TOOLS, sure=0.97), Focus(), base)
    assert question == Question(
        topics.SKILLS, roles=("data-analyst",), things=(EXCEL, SQL), aspect=GAP
    )


def test_what_was_said_to_be_known_before_counts(base: KnowledgeBase) -> None:
    text = "what am I missing for data analyst"
    parse = say(text, at(text, "data analyst", "role", "data-analyst"), intent=topics.SKILLS)
    focus = Focus(last=Question(topics.ROLES_BY_SKILL, things=(EXCEL,)))
    question = resolve(parse, focus, base)
    assert question == Question(topics.SKILLS, roles=("data-analyst",), things=(EXCEL,), aspect=GAP)


def test_the_second_of_two_compared_is_the_one_wanted(base: KnowledgeBase) -> None:
    parse = say("what would I still need for the second one", ordinal(2), intent=topics.SKILLS)
    question = resolve(parse, focus_on(topics.COMPARE, BUYER, WEB), base)
    assert question == Question(topics.SKILLS, roles=(BUYER, WEB), aspect=GAP)


def test_a_word_explained_in_between_changes_nothing(base: KnowledgeBase) -> None:
    explained = Question(topics.DEFINE, things=(SQL,))
    compared = focus_on(topics.COMPARE, BUYER, WEB).after(explained, (), ())
    parse = say("what would I still need for the second one", ordinal(2), intent=topics.SKILLS)
    assert resolve(parse, compared, base) == Question(topics.SKILLS, roles=(BUYER, WEB), aspect=GAP)
    told = PAIR.after(explained, (), ())
    assert resolve(say("and the other way round?"), told, base) == collaboration(WEB, BUYER)


def test_a_question_for_skills_is_no_question_for_a_gap(base: KnowledgeBase) -> None:
    text = "what skills does a web developer need"
    parse = say(text, at(text, "web developer", "role", WEB), intent=topics.SKILLS, sure=0.9)
    assert resolve(parse, PAIR, base) == Question(topics.SKILLS, roles=(WEB,))


def test_three_short_forms_in_a_row_are_three_roles(base: KnowledgeBase) -> None:
    text = "compare sem, weibo and wechat people"
    found = (
        at(text, "sem", "role_word", "sem-specialist"),
        at(text, "weibo", "role_word", "weibo-marketing-specialist"),
        at(text, "wechat people", "role", "wechat-marketing-specialist"),
    )
    question = resolve(say(text, *found, intent=topics.COMPARE, sure=0.9), Focus(), base)
    assert question.roles == (
        "sem-specialist",
        "weibo-marketing-specialist",
        "wechat-marketing-specialist",
    )


def test_two_searches_are_put_together(base: KnowledgeBase) -> None:
    focus = Focus(
        last=Question(topics.ROLES_BY_SKILL, things=(EXCEL,)),
        past=(Question(topics.ROLES_BY_SKILL, things=(SQL,)),),
    )
    parse = say("which jobs use both?", reference("both"), intent=topics.ROLES_BY_SKILL, sure=0.9)
    assert resolve(parse, focus, base).things == (SQL, EXCEL)


def test_a_new_search_forgets_what_was_not_wanted_before(base: KnowledgeBase) -> None:
    text = "jobs without Excel"
    parse = say(text, at(text, "Excel", "tool", "excel"), intent=topics.ROLES_BY_SKILL, sure=0.9)
    focus = Focus(last=Question(topics.RECOMMEND, avoid=(Thing("interest", "coding"),)))
    assert resolve(parse, focus, base) == Question(topics.RECOMMEND, avoid=(EXCEL,))
    assert resolve(
        say("but without Excel", at("but without Excel", "Excel", "tool", "excel")), focus, base
    ).avoid == (
        Thing("interest", "coding"),
        EXCEL,
    )
