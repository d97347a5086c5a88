"""What a description must be worth, by what is named beside it and what was talked about.

The scores are chosen far from the limits, so that a limit may be tuned without a test failing.
"""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Question
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on, reference

BUYER, CRM, WAREHOUSE = "purchasing-manager", "crm-specialist", "warehouse-manager"
QUALITY, VISUAL, SUPERVISOR = "quality-controller", "visual-designer", "customer-service-supervisor"
UX, MERCHANDISER = "ux-designer", "visual-merchandiser"
LONG = "please say which skills it takes to look through the cartons for faults"
FEW = "tools of the trade"
ON_BUYER = focus_on(topics.DUTIES, BUYER)

# A faint guess, a fair one, a good one and a sure one: score and lead over the next best.
FAINT, FAIR, GOOD, SURE = (2.0, 0.0), (4.2, 0.02), (5.0, 0.2), (8.0, 2.5)


def guess(
    value: str, worth: tuple[float, float], start: int = 0, candidates: tuple[str, ...] = ()
) -> Found:
    return Found(
        "described_role",
        value,
        start,
        start + 10,
        candidates=candidates or (value,),
        score=worth[0],
        lead=worth[1],
    )


def ask(text: str, *found: Found, intent: str = topics.SKILLS, sure: float = 0.9) -> Parse:
    return Parse(text, ((intent, sure), ("help", (1 - sure) / 2)), found)


def at(text: str, said: str, kind: str, value: str, *candidates: str) -> Found:
    start = text.index(said)
    return Found(kind, value, start, start + len(said), candidates)


@pytest.mark.parametrize(("worth", "taken"), [(FAINT, False), (FAIR, True), (SURE, True)])
def test_a_description_is_taken_from_some_score_on(
    base: KnowledgeBase, worth: tuple[float, float], taken: bool
) -> None:
    question = resolve(ask(LONG, guess(QUALITY, worth)), Focus(), base)
    assert (question == Question(topics.SKILLS, roles=(QUALITY,))) is taken
    assert taken or question.topic == topics.CLARIFY


@pytest.mark.parametrize(("worth", "role"), [(FAIR, BUYER), (GOOD, BUYER), (SURE, QUALITY)])
def test_it_takes_more_to_leave_the_role_talked_about(
    base: KnowledgeBase, worth: tuple[float, float], role: str
) -> None:
    assert resolve(ask(LONG, guess(QUALITY, worth)), ON_BUYER, base).roles == (role,)


@pytest.mark.parametrize(("worth", "role"), [(FAIR, BUYER), (GOOD, QUALITY)])
def test_it_takes_less_where_a_person_is_plainly_described(
    base: KnowledgeBase, worth: tuple[float, float], role: str
) -> None:
    parse = ask(LONG, reference("person"), guess(QUALITY, worth))
    assert resolve(parse, ON_BUYER, base).roles == (role,)


def test_it_takes_more_where_it_points_at_the_role_talked_about(base: KnowledgeBase) -> None:
    fairly_sure = guess(QUALITY, (6.0, 0.6))
    assert resolve(ask(LONG, fairly_sure), ON_BUYER, base).roles == (QUALITY,)
    assert resolve(ask(LONG, reference("it"), fairly_sure), ON_BUYER, base).roles == (BUYER,)
    sure = guess(QUALITY, SURE)
    assert resolve(ask(LONG, reference("it"), sure), ON_BUYER, base).roles == (QUALITY,)


@pytest.mark.parametrize(("worth", "role"), [((6.0, 1.0), BUYER), (SURE, QUALITY)])
def test_a_few_words_must_be_surer_to_change_the_subject(
    base: KnowledgeBase, worth: tuple[float, float], role: str
) -> None:
    assert resolve(ask(LONG, guess(QUALITY, worth)), ON_BUYER, base).roles == (QUALITY,)
    assert resolve(ask(FEW, guess(QUALITY, worth)), ON_BUYER, base).roles == (role,)


def test_a_lead_counts_as_well_as_a_score(base: KnowledgeBase) -> None:
    parse = ask(LONG, guess(QUALITY, (8.0, 0.0)))
    assert resolve(parse, ON_BUYER, base).roles == (BUYER,)


@pytest.mark.parametrize("value", ["both", "more", "back"])
def test_a_few_words_that_point_back_describe_nobody(base: KnowledgeBase, value: str) -> None:
    parse = ask("both of them then", reference(value), guess(QUALITY, SURE))
    assert QUALITY not in resolve(parse, ON_BUYER, base).roles


def test_a_message_that_is_hardly_understood_describes_nobody(base: KnowledgeBase) -> None:
    parse = ask(LONG, guess(QUALITY, FAIR), sure=0.15)
    assert resolve(parse, Focus(), base).topic == topics.CLARIFY


def test_who_is_plainly_described_is_answered_however_little_else_is_understood(
    base: KnowledgeBase,
) -> None:
    parse = ask(LONG, reference("person"), guess(QUALITY, SURE), sure=0.15)
    assert resolve(parse, Focus(), base).roles == (QUALITY,)


def test_what_is_no_longer_a_role_is_not_taken(base: KnowledgeBase) -> None:
    question = resolve(ask(LONG, guess("job-of-the-past", SURE)), Focus(), base)
    assert (question.topic, question.candidates) == (topics.CLARIFY, ())


def test_who_may_be_described_is_asked_about_likeliest_first(base: KnowledgeBase) -> None:
    likely = (QUALITY, WAREHOUSE, BUYER, CRM, VISUAL)
    question = resolve(ask(LONG, guess(QUALITY, FAINT, candidates=likely)), Focus(), base)
    assert (question.topic, question.wanted) == (topics.CLARIFY, topics.SKILLS)
    assert question.candidates == likely[:3]


PENDING = Focus(
    pending=Question(
        topics.CLARIFY, reason="which_role", wanted=topics.TOOLS, candidates=(UX, MERCHANDISER)
    )
)


def test_a_reply_picks_the_offered_role_that_it_describes_best(base: KnowledgeBase) -> None:
    likely = (VISUAL, MERCHANDISER, UX)
    parse = ask(
        "arranging the shop windows",
        guess(VISUAL, GOOD, candidates=likely),
        intent=topics.FOLLOW_UP,
    )
    assert resolve(parse, PENDING, base) == Question(topics.TOOLS, roles=(MERCHANDISER,))


@pytest.mark.parametrize(("worth", "taken"), [(GOOD, False), (SURE, True)])
def test_a_reply_that_describes_none_of_those_offered_must_be_sure(
    base: KnowledgeBase, worth: tuple[float, float], taken: bool
) -> None:
    parse = ask("sorting boxes on shelves", guess(WAREHOUSE, worth), intent=topics.FOLLOW_UP)
    question = resolve(parse, PENDING, base)
    assert (question == Question(topics.TOOLS, roles=(WAREHOUSE,))) is taken
    assert taken or question.topic == topics.CLARIFY


def designer(text: str) -> Found:
    return at(text, "designer", "role_hint", "designer", UX, VISUAL)


@pytest.mark.parametrize(
    ("value", "worth", "role"),
    [
        (VISUAL, GOOD, VISUAL),
        (VISUAL, FAINT, None),
        (QUALITY, GOOD, None),
    ],
)
def test_a_description_settles_which_of_those_a_partial_name_leaves_open(
    base: KnowledgeBase, value: str, worth: tuple[float, float], role: str | None
) -> None:
    text = "which skills must the designer who retouches all those photos have"
    question = resolve(ask(text, designer(text), guess(value, worth)), Focus(), base)
    if role:
        assert question == Question(topics.SKILLS, roles=(role,))
    else:
        assert (question.topic, question.candidates) == (topics.CLARIFY, (UX, VISUAL))


TRAINS = "which skills does the person who trains the chat agents need"


def test_a_plural_name_behind_a_person_is_who_that_person_deals_with(base: KnowledgeBase) -> None:
    agents = at(TRAINS, "chat agents", "role", "customer-service-specialist")
    person = at(TRAINS, "person who", "reference", "person")
    parse = ask(TRAINS, person, agents, guess(SUPERVISOR, GOOD))
    assert resolve(parse, Focus(), base).roles == (SUPERVISOR,)


def test_a_name_in_the_singular_is_meant_itself(base: KnowledgeBase) -> None:
    text = "which skills does the person who is a chat agent need"
    agent = at(text, "chat agent", "role", "customer-service-specialist")
    person = at(text, "person who", "reference", "person")
    question = resolve(ask(text, person, agent, guess(SUPERVISOR, GOOD)), Focus(), base)
    assert question.roles == ("customer-service-specialist",)


def test_a_plural_name_without_a_described_person_is_meant_itself(base: KnowledgeBase) -> None:
    text = "which skills do chat agents need"
    agents = at(text, "chat agents", "role", "customer-service-specialist")
    question = resolve(ask(text, agents, guess(SUPERVISOR, SURE)), Focus(), base)
    assert question.roles == ("customer-service-specialist",)


def test_a_plural_name_is_meant_where_no_one_else_is_described(base: KnowledgeBase) -> None:
    agents = at(TRAINS, "chat agents", "role", "customer-service-specialist")
    person = at(TRAINS, "person who", "reference", "person")
    parse = ask(TRAINS, person, agents, guess(SUPERVISOR, FAINT))
    assert resolve(parse, Focus(), base).roles == ("customer-service-specialist",)


def test_buyers_who_shop_are_no_role_beside_somebody_described(base: KnowledgeBase) -> None:
    text = "what must one know to calm down angry buyers who want their money back"
    buyers = at(text, "buyers", "role", BUYER)
    after = guess("after-sales-customer-service", SURE)
    question = resolve(ask(text, buyers, after), Focus(), base)
    assert question.roles == ("after-sales-customer-service",)
    alone = "what must buyers know"
    question = resolve(ask(alone, at(alone, "buyers", "role", BUYER)), Focus(), base)
    assert question.roles == (BUYER,)


def test_buyers_in_a_process_are_those_who_shop(base: KnowledgeBase) -> None:
    text = "what happens when buyers send goods back"
    buyers = at(text, "buyers", "role", BUYER)
    question = resolve(ask(text, buyers, intent=topics.PROCESS), Focus(), base)
    assert (question.topic, question.roles) == (topics.PROCESS, ())


def test_a_job_that_a_described_person_deals_with_is_not_asked_back(base: KnowledgeBase) -> None:
    text = "what must the person who books couriers for us know"
    couriers = at(text, "couriers", "occupation", next(iter(base.occupations)))
    person = at(text, "person who", "reference", "person")
    parse = ask(text, person, couriers, guess("logistics-manager", SURE))
    assert resolve(parse, Focus(), base).roles == ("logistics-manager",)
    parse = ask(text, person, couriers, guess("logistics-manager", FAINT))
    assert resolve(parse, Focus(), base).topic == topics.UNKNOWN_ROLE
