"""A message that asks two things at once is cut in two, and only such a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.nlu.delexicalise import Variant, joined_questions
from chatbot.nlu.knowledge_linker import DELEXICALISED
from chatbot.nlu.topic_classifier import TopicClassifier

EXAMPLES = {
    "duties": ["what does a xrolex do", "what does he do all day", "what does she do"],
    "tools": ["which tools does a xrolex use", "which tools does he use", "which software is used"],
    "skills": ["which skills does a xrolex need", "what skills are needed", "skills he must have"],
    "compare": ["how does a xrolex differ from a xrolex", "a xrolex or a xrolex"],
    "recommend": ["which job is for me", "what should i become", "who could i be"],
    "greet": ["hello", "hi there", "good morning"],
}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "what does a xrolex do and which tools does he use?",
            ["what does a xrolex do", "which tools does he use"],
        ),
        (
            "what does a xrolex do? which tools does he use?",
            ["what does a xrolex do", "which tools does he use"],
        ),
        (
            "what does a xrolex do, which tools does he use",
            ["what does a xrolex do", "which tools does he use"],
        ),
        ("skills n tools of a xrolex pls", ["skills", "tools of a xrolex pls"]),
        ("what are the duties and also the tools", ["what are the duties", "the tools"]),
        (
            "what is xtermx; who uses it; where is it used",
            ["what is xtermx", "who uses it", "where is it used"],
        ),
    ],
)
def test_a_message_of_several_questions_is_cut_where_one_ends(text: str, parts: list[str]) -> None:
    assert joined_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "what does a xrolex do?",
        "what does a xrolex do? thanks",
        "how do a xrolex and a xrolex differ",
        "which job is for someone who draws and paints",
        "i love numbers and my cat. which job is for me?",
        "xrolex and xrolex",
        "the man who minds the stock and the shelves, with which programs does he work?",
        "there is a junior who sorts files and does whatever is left. which family is he in?",
        "what is xtermx? who uses it? where is it used? how is it used? why is it used?",
    ],
)
def test_what_is_one_question_or_a_story_is_not_cut(text: str) -> None:
    assert joined_questions(text) == []


@pytest.fixture(scope="module")
def classify(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a classifier that has learnt a handful of sentences without vectors."""
    storage = LocalModelStorage(Path(tmp_path_factory.mktemp("classifier")))
    config = TopicClassifier.get_default_config() | {"vectors": "none"}
    args: tuple[Any, ...] = (config, storage, Resource("topics"), None)
    messages = [
        Message(data={TEXT: text, INTENT: topic, DELEXICALISED: [text]})
        for topic, texts in EXAMPLES.items()
        for text in texts * 8
    ]
    TopicClassifier.create(*args).train(TrainingData(messages))
    classifier = TopicClassifier.load(*args)

    def process(text: str) -> Message:
        data = {TEXT: text, ENTITIES: [], DELEXICALISED: [Variant(text, frozenset())]}
        return classifier.process([Message(data=data)])[0]

    return process


def also_asked(message: Message) -> list[str]:
    return [e["value"] for e in message.get(ENTITIES) if e["entity"] == "also_asked"]


@pytest.mark.parametrize(
    ("first", "second"), [("duties", "tools"), ("tools", "duties"), ("skills", "tools")]
)
def test_the_first_question_is_the_intent_and_the_second_an_entity(
    classify: Any, first: str, second: str
) -> None:
    message = classify(f"{EXAMPLES[first][0]} and {EXAMPLES[second][1]}")
    assert message.get(INTENT)["name"] == first
    assert also_asked(message) == [second]
    assert message.get("intent_ranking")[0] == message.get(INTENT)


def test_each_topic_stands_in_the_ranking_once(classify: Any) -> None:
    message = classify("which tools does he use and what does a xrolex do")
    names = [row["name"] for row in message.get("intent_ranking")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "text",
    [
        "what does a xrolex do",
        "what does a xrolex do and what does he do all day",
        "what does a xrolex do and which tools does a xrolex use",
        "how does a xrolex differ from a xrolex and what does he do",
        "what does a xrolex do and which job is for me",
        "hello, what does a xrolex do",
    ],
)
def test_one_question_brings_no_second(classify: Any, text: str) -> None:
    assert also_asked(classify(text)) == []
