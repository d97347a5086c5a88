"""What is still meant after other questions: the role, the list, the two of a pair."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on, ordinal, reference, said

BUYER, CRM, WAREHOUSE = "purchasing-manager", "crm-specialist", "warehouse-manager"
DUTIES_OF_CRM = Question(topics.DUTIES, roles=(CRM,))
FOR_NUMBERS = Question(topics.RECOMMEND, things=(Thing("interest", "numbers"),))
SKU = Question(topics.DEFINE, things=(Thing("term", "sku"),))
BETWEEN = {
    "a definition": SKU,
    "a process": Question(topics.PROCESS, things=(Thing("process", "restocking"),)),
    "a company": Question(topics.COMPANY_EXAMPLE, things=(Thing("company", "xiaomi"),)),
    "demand": Question(topics.DEMAND),
    "the sizes of a shop": Question(topics.DIVISION_OF_LABOUR, people=5),
    "a group": Question(topics.GROUP_OVERVIEW, groups=("marketing",)),
    "who needs a skill": Question(topics.ROLES_BY_SKILL, things=(Thing("skill", "sql"),)),
    "small talk": Question(topics.THANKS),
    "another subject": Question(topics.OUT_OF_SCOPE),
    "a job without an entry": Question(topics.UNKNOWN_ROLE, occupation="nurse"),
}
LISTS = {
    "the roles of a group": (Question(topics.ROLES_IN_GROUP, groups=("marketing",)), (BUYER, CRM)),
    "recommended roles": (FOR_NUMBERS, (BUYER, WAREHOUSE)),
    "all groups": (Question(topics.LIST_GROUPS), ("marketing", "operations", "technology")),
}


def talk(*questions: Question) -> Focus:
    """Return the focus after these questions."""
    focus = Focus()
    for question in questions:
        focus = focus.after(question, question.roles, ())
    return focus


def ask(intent: str, text: str, *found: Found) -> Parse:
    return Parse(text, ((intent, 0.9), ("help", 0.05)), found)


def place(text: str, said: str, number: int) -> Found:
    start = text.index(said)
    return Found("ordinal", str(number), start, start + len(said))


@pytest.mark.parametrize("between", BETWEEN.values(), ids=BETWEEN.keys())
def test_who_was_talked_about_is_still_meant_after(base: KnowledgeBase, between: Question) -> None:
    focus = talk(DUTIES_OF_CRM, between)
    question = resolve(said(topics.TOOLS, reference("it")), focus, base)
    assert question == Question(topics.TOOLS, roles=(CRM,))


def test_several_questions_in_between_do_not_change_that(base: KnowledgeBase) -> None:
    focus = talk(DUTIES_OF_CRM, *list(BETWEEN.values())[:5], Question(topics.THANKS))
    assert resolve(said(topics.TOOLS, reference("it")), focus, base).roles == (CRM,)


@pytest.mark.parametrize(("question", "shown"), LISTS.values(), ids=LISTS.keys())
def test_nobody_is_meant_after_a_list_of_others(
    base: KnowledgeBase, question: Question, shown: tuple[str, ...]
) -> None:
    focus = talk(DUTIES_OF_CRM).after(question, shown, ())
    assert CRM not in resolve(said(topics.TOOLS, reference("it")), focus, base).roles
    assert focus.roles == ()


def test_it_after_recommended_roles_is_the_one_that_fits_best(base: KnowledgeBase) -> None:
    focus = talk(DUTIES_OF_CRM).after(FOR_NUMBERS, (BUYER, WAREHOUSE), ())
    assert resolve(said(topics.TOOLS, reference("it")), focus, base).roles == (BUYER,)


@pytest.mark.parametrize(
    ("number", "group"), [(1, "marketing"), (3, "technology"), (-1, "technology")]
)
def test_a_place_in_a_list_of_groups(base: KnowledgeBase, number: int, group: str) -> None:
    focus = Focus().after(*LISTS["all groups"], ())
    parse = said(topics.ROLES_IN_GROUP, ordinal(number), text="the nth one")
    assert resolve(parse, focus, base) == Question(topics.ROLES_IN_GROUP, groups=(group,))


def test_a_place_in_a_list_of_groups_without_a_topic_is_what_the_group_is_for(
    base: KnowledgeBase,
) -> None:
    focus = Focus().after(*LISTS["all groups"], ())
    parse = said(topics.FOLLOW_UP, ordinal(2), text="the second one")
    assert resolve(parse, focus, base).groups == ("operations",)


@pytest.mark.parametrize(
    "between", [DUTIES_OF_CRM, SKU, Question(topics.THANKS), BETWEEN["a process"]]
)
def test_a_list_can_be_pointed_at_after_other_answers(
    base: KnowledgeBase, between: Question
) -> None:
    listed = Focus().after(Question(topics.ROLES_IN_GROUP, groups=("marketing",)), (BUYER, CRM), ())
    focus = listed.after(between, between.roles, ())
    parse = said(topics.SKILLS, ordinal(1), text="the first one")
    assert resolve(parse, focus, base) == Question(topics.SKILLS, roles=(BUYER,))


def test_a_later_list_takes_the_place_of_an_earlier_one(base: KnowledgeBase) -> None:
    focus = Focus().after(FOR_NUMBERS, (BUYER, CRM), ())
    focus = focus.after(Question(topics.COMPARE, roles=(WAREHOUSE, CRM)), (WAREHOUSE, CRM), ())
    parse = said(topics.SKILLS, ordinal(1), text="the first one")
    assert resolve(parse, focus, base).roles == (WAREHOUSE,)


def test_an_answer_that_shows_a_single_role_is_no_list(base: KnowledgeBase) -> None:
    focus = Focus().after(FOR_NUMBERS, (BUYER, CRM), ())
    focus = focus.after(Question(topics.ROLES_BY_SKILL), (WAREHOUSE,), ())
    parse = said(topics.SKILLS, ordinal(1), text="the first one")
    assert resolve(parse, focus, base).roles == (BUYER,)


PAIR = Question(topics.COMPARE, roles=(BUYER, CRM))


def test_that_one_after_a_pair_is_the_one_named_last(base: KnowledgeBase) -> None:
    parse = ask(topics.TOOLS, "which tools does that one use", reference("it"))
    assert resolve(parse, talk(PAIR), base).roles == (CRM,)
    assert resolve(parse, talk(Question(topics.COMPARE, roles=(CRM, BUYER))), base).roles == (
        BUYER,
    )


@pytest.mark.parametrize("earlier", [BUYER, CRM])
def test_he_after_a_pair_is_who_was_talked_about_before(base: KnowledgeBase, earlier: str) -> None:
    focus = talk(Question(topics.DUTIES, roles=(earlier,)), SKU, PAIR)
    parse = ask(topics.TOOLS, "which tools does he use", reference("it"))
    assert resolve(parse, focus, base).roles == (earlier,)


@pytest.mark.parametrize("before", [(), (Question(topics.DUTIES, roles=(WAREHOUSE,)),)])
def test_he_after_a_pair_that_nothing_tells_apart_are_both(
    base: KnowledgeBase, before: tuple[Question, ...]
) -> None:
    parse = ask(topics.TOOLS, "which tools does he use", reference("it"))
    assert resolve(parse, talk(*before, PAIR), base).roles == (BUYER, CRM)


def test_both_after_a_pair_are_both(base: KnowledgeBase) -> None:
    focus = talk(DUTIES_OF_CRM, PAIR)
    parse = ask(topics.TOOLS, "which tools do both use", reference("both"), reference("it"))
    assert set(resolve(parse, focus, base).roles) == {BUYER, CRM}


def test_two_places_are_two_roles_in_the_order_of_the_message(base: KnowledgeBase) -> None:
    text = "how is the second one other than the first one"
    found = (place(text, "the second one", 2), place(text, "the first one", 1))
    focus = Focus().after(FOR_NUMBERS, (BUYER, CRM, WAREHOUSE), ())
    assert resolve(ask(topics.COMPARE, text, *found), focus, base) == Question(
        topics.COMPARE, roles=(CRM, BUYER)
    )


@pytest.mark.parametrize(
    ("text", "word", "roles"),
    [
        ("which skills does the first one need", "the first one", (CRM,)),
        ("first", "first", (CRM,)),
        ("what does the former have to know", "former", (CRM,)),
        ("what do i have to learn first to get there", "first", (WAREHOUSE,)),
    ],
)
def test_first_in_the_middle_of_a_sentence_is_no_place_in_a_list(
    base: KnowledgeBase, text: str, word: str, roles: tuple[str, ...]
) -> None:
    focus = focus_on(topics.DUTIES, WAREHOUSE, shown=(CRM, BUYER))
    assert resolve(ask(topics.SKILLS, text, place(text, word, 1)), focus, base).roles == roles


@pytest.mark.parametrize("number", [0, 3, -3])
def test_a_place_beyond_the_list_is_nobody_elses(base: KnowledgeBase, number: int) -> None:
    focus = Focus().after(FOR_NUMBERS, (BUYER, CRM), ())
    parse = said(topics.SKILLS, ordinal(number), text="the nth one")
    assert resolve(parse, focus, base).roles == ()


def test_the_two_of_a_pair_keep_their_places_when_they_are_told_the_other_way_round(
    base: KnowledgeBase,
) -> None:
    focus = Focus().after(PAIR, (BUYER, CRM), ())
    focus = focus.after(Question(topics.COLLABORATION, roles=(CRM, BUYER)), (CRM, BUYER), ())
    parse = said(topics.SKILLS, ordinal(1), text="the first one")
    assert resolve(parse, focus, base).roles == (BUYER,)
