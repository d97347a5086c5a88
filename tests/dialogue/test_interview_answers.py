"""Which options a message chooses, and which words steer the interview."""

from __future__ import annotations

import pytest

from chatbot.dialogue.choices import choice_of, chosen
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.steering import Command, command, question_named
from chatbot.dialogue.subjects import find
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import wording
from tests.support.checks import assert_none


def choices(base: KnowledgeBase, key: str, text: str, *found: Found) -> tuple[str, ...]:
    question = base.interview.question(key)
    assert question is not None
    parse = Parse(text, (("recommend", 0.5),), found)
    return chosen(parse, find(parse, Focus(), base), question, base.interview, base).choices


@pytest.mark.parametrize(
    ("key", "text", "wanted"),
    [
        ("likes", "2", ("numbers",)),
        ("likes", "2.", ("numbers",)),
        ("likes", "b", ("numbers",)),
        ("likes", "a and c", ("people", "pictures")),
        ("likes", "1,3", ("people", "pictures")),
        ("likes", "2 5", ("numbers", "computers")),
        ("likes", "the second one", ("numbers",)),
        ("likes", "number two please", ("numbers",)),
        ("likes", "option 3", ("pictures",)),
        ("likes", "the last", ("goods",)),
        ("likes", "first and last", ("people", "goods")),
        ("likes", "numbers and data", ("numbers",)),
        ("likes", "nubmers", ("numbers",)),
        ("likes", "I like drawing and coding", ("pictures", "computers")),
        ("likes", "no people, only numbers", ("-people", "numbers")),
        ("likes", "I've had enough of customers", ("-people",)),
        (
            "likes",
            "all of them",
            ("people", "numbers", "pictures", "writing", "computers", "goods"),
        ),
        ("likes", "detail", ()),
        ("likes", "blue", ()),
        ("likes", "7", ()),
        ("likes", "0", ()),
        ("likes", "what is this", ()),
        ("background", "I was a cashier in a shop", ("service",)),
        ("background", "IT", ("technical",)),
        ("background", "I did it", ()),
        ("background", "detail, logic", ()),
        ("pace", "both", ("mixed",)),
        ("pace", "not too hectic", ("calm",)),
        ("pace", "calm or hectic", ()),
        ("pace", "no stress please", ("calm",)),
        ("lead", "no", ("never",)),
        ("lead", "no thanks", ("never",)),
        ("lead", "no, not the boss", ("never",)),
        ("lead", "YES!", ("now",)),
        ("lead", "maybe one day", ()),
    ],
)
def test_what_a_message_chooses(
    base: KnowledgeBase, key: str, text: str, wanted: tuple[str, ...]
) -> None:
    if text == "maybe one day":  # two phrases of the same option
        wanted = ("later",)
    assert choices(base, key, text) == wanted


def test_every_label_place_and_phrase_chooses_its_option(base: KnowledgeBase) -> None:
    wrong = [
        f"{question.id}: {text!r} -> {choices(base, question.id, text)}, not {option.id}"
        for question in base.interview.questions
        for number, option in enumerate(question.options, 1)
        for text in (option.label, str(number), *option.phrases)
        if choices(base, question.id, text) != (option.id,)
    ]
    assert_none(wrong, "answers are misread")


def test_interests_in_own_words_count_where_they_may(base: KnowledgeBase) -> None:
    found = Found("interest", "leading", 7, 21)
    assert choices(base, "likes", "I love bossing around", found) == ("+interest/leading",)
    assert choices(base, "pace", "I love bossing around", found) == ()


def test_a_job_counts_as_background_only(base: KnowledgeBase) -> None:
    found = Found("occupation", "nurse", 8, 13)
    assert choices(base, "background", "I was a nurse", found) == ("+occupation/nurse",)
    assert choices(base, "lead", "I was a nurse", found) == ()


def steered(base: KnowledgeBase, text: str, **state: bool) -> Command | None:
    known = {"asking": False, "begun": True, "waiting": False, **state}
    return command(text, base.interview, **known)


def test_every_steering_phrase_is_understood(base: KnowledgeBase) -> None:
    script = base.interview
    states = {
        "while_asking": {"asking": True},
        "once_begun": {},
        "while_waiting": {"waiting": True},
        "always": {"begun": False},
    }
    wrong = []
    for place, state in states.items():
        for name, phrases in getattr(script, place).items():
            for phrase in phrases if name != "every" else ():
                for text in (phrase, phrase.upper(), f"{phrase}!"):
                    found = steered(base, text, **state)
                    if found is None or found.name != name:
                        wrong.append(f"{place}: {text!r} -> {found}, not {name}")
    assert_none(wrong, "words are not understood")


def test_the_steering_buttons_do_what_they_say(base: KnowledgeBase) -> None:
    for name, text in wording("en").words["steering"].items():
        assert steered(base, text, asking=True) == Command(name)


@pytest.mark.parametrize(
    "text", ["skip", "back", "stop", "next", "go on", "quit", "change pace", "again", "keep it"]
)
def test_words_that_steer_mean_nothing_when_no_question_is_open(
    base: KnowledgeBase, text: str
) -> None:
    assert steered(base, text) is None
    assert steered(base, text, begun=False) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("change my answer about background", Command("change", "background")),
        ("I want to change my answer on pace to hectic", Command("change", "pace", ("hectic",))),
        ("can i change answer 3", Command("change", "background")),
        ("change question 5 to calm", Command("change", "pace", ("calm",))),
        ("change my answer about likes to numbers and pictures",
         Command("change", "likes", ("numbers", "pictures"))),
        ("change calm to hectic", Command("change", "pace", ("hectic",))),
        ("change my answer", Command("change")),
        ("does the price change often", None),
        ("how do prices change to reach more people in the shop", None),
    ],
)  # fmt: skip
def test_answers_are_changed(base: KnowledgeBase, text: str, wanted: Command | None) -> None:
    assert steered(base, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("3", "background"), ("pace", "pace"), ("the one about my strengths", "strengths"),
     ("what does a buyer do in a large shop in the summer", ""), ("blue", "")],
)  # fmt: skip
def test_a_question_is_named(base: KnowledgeBase, text: str, wanted: str) -> None:
    assert question_named(text, base.interview) == wanted


def test_the_new_answer_is_read_as_any_other(base: KnowledgeBase) -> None:
    pace = base.interview.question("pace")
    assert pace is not None
    assert choice_of("calm", pace) == ("calm",)
    assert choice_of("2", pace) == ("mixed",)
    assert choice_of("blue", pace) == ()
