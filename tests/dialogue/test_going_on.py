"""What a message asks where its words leave that to the conversation."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.resolve import in_context, resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on, hint, ordinal, reference, role

BUYER, CRM, WAREHOUSE = "purchasing-manager", "crm-specialist", "warehouse-manager"
SUPERVISOR = "customer-service-supervisor"
PRE, IN, AFTER = (f"{stage}-customer-service" for stage in ("pre-sales", "in-sale", "after-sales"))
ON_CRM = focus_on(topics.DUTIES, CRM)
SHOWN = Focus().after(Question(topics.RECOMMEND), (BUYER, CRM), ())


def ranked(text: str, *rows: tuple[str, float], found: tuple[Found, ...] = ()) -> Parse:
    return Parse(text, rows, found)


def at(text: str, said: str, kind: str, value: str) -> Found:
    start = text.index(said)
    return Found(kind, value, start, start + len(said))


START = "and how does one get started there"
CLOSE = ((topics.PROCESS, 0.45), (topics.CAREER_PATH, 0.35), (topics.RECOMMEND, 0.1))


def test_without_a_conversation_the_likeliest_topic_is_asked(base: KnowledgeBase) -> None:
    assert resolve(ranked(START, *CLOSE), Focus(), base).topic == topics.PROCESS


def test_who_talks_about_a_job_goes_on_with_it(base: KnowledgeBase) -> None:
    question = resolve(ranked(START, *CLOSE), ON_CRM, base)
    assert question == Question(topics.CAREER_PATH, roles=(CRM,))


def test_who_talks_about_a_process_goes_on_with_that(base: KnowledgeBase) -> None:
    focus = ON_CRM.after(Question(topics.PROCESS, things=(Thing("process", "restocking"),)), (), ())
    rows = ((topics.CAREER_PATH, 0.45), (topics.PROCESS, 0.35))
    assert resolve(ranked(START, *rows), focus, base).topic == topics.PROCESS


def test_who_talks_about_a_group_goes_on_with_that(base: KnowledgeBase) -> None:
    focus = Focus(last=Question(topics.GROUP_OVERVIEW, groups=("marketing",)))
    rows = ((topics.DUTIES, 0.45), (topics.ROLES_IN_GROUP, 0.35))
    question = resolve(ranked("and who is there", *rows), focus, base)
    assert question == Question(topics.ROLES_IN_GROUP, groups=("marketing",))


@pytest.mark.parametrize(
    "found",
    [*role(BUYER), Found("group", "marketing"), Found("process", "restocking")]
    + [hint("manager", BUYER, WAREHOUSE), Found("occupation", "nurse"), ordinal(1)],
    ids=lambda found: found.kind,
)
def test_a_message_that_names_something_is_taken_by_its_own_words(found: Found) -> None:
    parse = ranked(START, *CLOSE, found=(found,))
    assert in_context(parse, ON_CRM) == parse


def test_an_interest_is_plain_language_and_no_name() -> None:
    parse = ranked(START, *CLOSE, found=(Found("interest", "numbers"),))
    assert in_context(parse, ON_CRM).intent == topics.CAREER_PATH


def test_what_is_surely_asked_is_not_overruled() -> None:
    parse = ranked(START, (topics.PROCESS, 0.9), (topics.CAREER_PATH, 0.08))
    assert in_context(parse, ON_CRM).intent == topics.PROCESS


@pytest.mark.parametrize(
    ("chance", "intent"), [(0.7, topics.OUT_OF_SCOPE), (0.4, topics.CAREER_PATH)]
)
def test_another_subject_is_not_drawn_into_the_conversation_when_it_is_sure(
    chance: float, intent: str
) -> None:
    parse = ranked(
        "and where is it best", (topics.OUT_OF_SCOPE, chance), (topics.CAREER_PATH, 0.28)
    )
    assert in_context(parse, ON_CRM).intent == intent


@pytest.mark.parametrize("intent", [topics.GREET, topics.GOODBYE, topics.THANKS])
def test_a_greeting_stays_one(intent: str) -> None:
    parse = ranked("ok bye then", (intent, 0.4), (topics.DUTIES, 0.38))
    assert in_context(parse, ON_CRM).intent == intent


def test_chances_stay_chances_and_fall() -> None:
    parse = in_context(ranked(START, (topics.SKILLS, 0.6), (topics.TOOLS, 0.3)), ON_CRM)
    chances = [chance for _, chance in parse.ranking]
    assert chances == sorted(chances, reverse=True)
    assert max(chances) <= 1


@pytest.mark.parametrize("text", ["ROI?", "the ROI", "and ROI then?", "what about ROI"])
def test_nothing_but_a_name_asks_about_it_whatever_it_looks_like(
    base: KnowledgeBase, text: str
) -> None:
    parse = ranked(text, (topics.SKILLS, 0.9), found=(at(text, "ROI", "term", "roi"),))
    assert resolve(parse, Focus(), base) == Question(topics.DEFINE, things=(Thing("term", "roi"),))


def test_a_name_and_another_word_ask_what_the_words_say(base: KnowledgeBase) -> None:
    text = "warehouse manager abilities"
    parse = ranked(
        text, (topics.SKILLS, 0.9), found=(at(text, "warehouse manager", "role", WAREHOUSE),)
    )
    assert resolve(parse, focus_on(topics.TOOLS, CRM), base).topic == topics.SKILLS
    bare = ranked("warehouse manager", (topics.SKILLS, 0.9), found=parse.found)
    assert resolve(bare, focus_on(topics.TOOLS, CRM), base).topic == topics.TOOLS


@pytest.mark.parametrize(
    ("text", "chance", "topic"),
    [
        ("and a buyer for that", 0.5, topics.TOOLS),
        ("what about the buyer then", 0.5, topics.TOOLS),
        ("and a buyer for that", 0.95, topics.DUTIES),
        ("and what is a buyer there for", 0.5, topics.DUTIES),
        ("a buyer please tell me all that he has to get done", 0.5, topics.DUTIES),
    ],
)
def test_a_message_that_only_puts_another_role_in_keeps_the_topic(
    base: KnowledgeBase, text: str, chance: float, topic: str
) -> None:
    parse = ranked(
        text,
        (topics.DUTIES, chance),
        (topics.DEMAND, 0.01),
        found=(at(text, "buyer", "role", BUYER),),
    )
    assert resolve(parse, focus_on(topics.TOOLS, CRM), base) == Question(topic, roles=(BUYER,))


def test_with_no_question_before_there_is_nothing_to_go_on_with(base: KnowledgeBase) -> None:
    text = "and a buyer for that"
    parse = ranked(text, (topics.SKILLS, 0.5), found=(at(text, "buyer", "role", BUYER),))
    assert resolve(parse, Focus(), base) == Question(topics.SKILLS, roles=(BUYER,))


@pytest.mark.parametrize(
    ("text", "topic"),
    [("soz meant the team lead", topics.SKILLS), ("i'd say the team lead does", topics.DUTIES)],
)
def test_what_was_meant_instead_keeps_the_topic(base: KnowledgeBase, text: str, topic: str) -> None:
    parse = ranked(text, (topics.DUTIES, 0.9), found=(at(text, "team lead", "role", SUPERVISOR),))
    question = resolve(parse, focus_on(topics.SKILLS, CRM), base)
    assert question == Question(topic, roles=(SUPERVISOR,))


def test_one_of_two_compared_roles_is_corrected(base: KnowledgeBase) -> None:
    text = "no, pre-sales, not in-sale"
    found = (at(text, "pre-sales", "role", PRE), at(text, "in-sale", "role", IN))
    focus = focus_on(topics.COMPARE, IN, AFTER)
    question = resolve(ranked(text, (topics.DENY, 0.9), found=found), focus, base)
    assert question == Question(topics.COMPARE, roles=(AFTER, PRE))


def test_a_rejected_role_is_not_asked_about(base: KnowledgeBase) -> None:
    text = "no, pre-sales, not in-sale"
    found = (at(text, "pre-sales", "role", PRE), at(text, "in-sale", "role", IN))
    question = resolve(
        ranked(text, (topics.DENY, 0.9), found=found), focus_on(topics.TOOLS, IN), base
    )
    assert question == Question(topics.TOOLS, roles=(PRE,))


def test_a_job_that_somebody_had_before_is_not_meant(base: KnowledgeBase) -> None:
    text = "he was only a buyer before, which skills does he need"
    found = (at(text, "buyer", "role", BUYER), reference("it"))
    assert resolve(ranked(text, (topics.SKILLS, 0.9), found=found), ON_CRM, base).roles == (CRM,)


PAST = Focus().after(Question(topics.TOOLS, roles=(WAREHOUSE,)), (), ())
PAST = PAST.after(Question(topics.DUTIES, roles=(CRM,)), (), ())


@pytest.mark.parametrize(
    "text", ["back", "ok, back", "let's go back please", "the previous one", "the one before"]
)
def test_going_back_repeats_the_question_before(base: KnowledgeBase, text: str) -> None:
    question = resolve(ranked(text, (topics.FOLLOW_UP, 0.9)), PAST, base)
    assert question == Question(topics.TOOLS, roles=(WAREHOUSE,))


@pytest.mark.parametrize("text", ["what comes next", "say it again please"])
def test_what_does_not_go_back_stays(base: KnowledgeBase, text: str) -> None:
    question = resolve(ranked(text, (topics.FOLLOW_UP, 0.9)), PAST, base)
    assert question.roles == (CRM,)


def test_going_back_to_a_word_of_an_earlier_name(base: KnowledgeBase) -> None:
    question = resolve(ranked("back to warehouse", (topics.FOLLOW_UP, 0.9)), PAST, base)
    assert question == Question(topics.DUTIES, roles=(WAREHOUSE,))


def test_what_only_looks_a_little_like_small_talk_is_no_small_talk(base: KnowledgeBase) -> None:
    text = "what would i do to get in"
    rows = ((topics.CAREER_PATH, 0.07), (topics.SKILLS, 0.05))
    question = resolve(ranked(text, (topics.HELP, 0.35), *rows), Focus(), base)
    assert (question.topic, question.reason) == (topics.CLARIFY, "unsure")
    assert resolve(ranked(text, (topics.HELP, 0.6), *rows), Focus(), base).topic == topics.HELP


def test_small_talk_beside_a_place_in_a_list_is_no_small_talk(base: KnowledgeBase) -> None:
    text = "cool, the first one"
    found = (at(text, "the first one", "ordinal", "1"),)
    question = resolve(ranked(text, (topics.FEEDBACK, 0.9), found=found), SHOWN, base)
    assert question.roles == (BUYER,)


@pytest.mark.parametrize(
    ("text", "topic"),
    [("returns", topics.PROCESS), ("bananas", topics.OUT_OF_SCOPE)]
    + [("my returns from shares", topics.OUT_OF_SCOPE)],
)
def test_a_single_word_may_name_a_process(base: KnowledgeBase, text: str, topic: str) -> None:
    question = resolve(ranked(text, (topics.OUT_OF_SCOPE, 0.6)), Focus(), base)
    assert question.topic == topic
    assert question.of_kind("process") == (
        ["return-or-complaint"] if topic == topics.PROCESS else []
    )


@pytest.mark.parametrize(
    ("chance", "topic"), [(0.6, topics.UNKNOWN_ROLE), (0.97, topics.OUT_OF_SCOPE)]
)
def test_a_job_without_an_entry_is_told_unless_the_message_is_surely_off_the_subject(
    base: KnowledgeBase, chance: float, topic: str
) -> None:
    text = "what do pickers get paid"
    found = (at(text, "pickers", "occupation", next(iter(base.occupations))),)
    rows = ((topics.OUT_OF_SCOPE, chance), (topics.DUTIES, 1 - chance))
    assert resolve(ranked(text, *rows, found=found), Focus(), base).topic == topic
