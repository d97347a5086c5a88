"""Commands that name no intent are read as words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.core.payload_reader import PayloadReader

EXAMPLES = TrainingData([Message.build("what does she do", intent="duties")])


def make(folder: Path, load: bool = False) -> PayloadReader:
    how = PayloadReader.load if load else PayloadReader.create
    return how({}, LocalModelStorage(folder), Resource("reader"), ExecutionContext(GraphSchema({})))


@pytest.fixture
def reader(tmp_path: Path) -> PayloadReader:
    trained = make(tmp_path)
    trained.train(EXAMPLES)
    return trained


def read(reader: PayloadReader, text: Any) -> Any:
    [message] = reader.process([Message({TEXT: text})])
    return message.get(TEXT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('/foo{"role": "x"}', "foo"),
        ("/unknown", "unknown"),
        ("/career_path_of a buyer", "career path of a buyer"),
        ("  //what is SEM?", "what is SEM?"),
        ("/duties of a buyer", "duties of a buyer"),
        ("/{broken", ""),
        ("/duties{broken", "duties"),
        ("/duties{broken}", "duties"),
        ('/duties{"role": "x"} please', "duties"),
        ("/", ""),
        ("//", ""),
    ],
)
def test_an_unknown_command_is_read_as_words(reader: PayloadReader, text: str, words: str) -> None:
    assert read(reader, text) == words


@pytest.mark.parametrize(
    "text",
    [
        "/duties",
        '/duties{"role": "x"}',
        "/duties@0.5",
        '/duties@0.5{"a":\n1}',
        " /duties {} ",
        "/restart",
        "/out_of_scope",
    ],
)
def test_a_known_command_stays_as_it_is(reader: PayloadReader, text: str) -> None:
    assert read(reader, text) == text


@pytest.mark.parametrize("text", ["", "hello", "either/or", 'a {"role": "x"}', "1/2 price_list"])
def test_other_messages_stay_as_they_are(reader: PayloadReader, text: str) -> None:
    assert read(reader, text) == text


def test_a_command_nested_too_deep_is_read_as_words(reader: PayloadReader) -> None:
    assert read(reader, "/duties" + '{"a":' * 50_000 + "1" + "}" * 50_000) == "duties"


def test_a_message_without_text_gets_an_empty_one(reader: PayloadReader) -> None:
    assert read(reader, None) == ""


def test_a_loaded_reader_knows_the_same_intents(reader: PayloadReader, tmp_path: Path) -> None:
    loaded = make(tmp_path, load=True)
    assert read(loaded, "/duties") == "/duties"
    assert read(loaded, "/unknown") == "unknown"
