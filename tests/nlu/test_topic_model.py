"""The classifier alone, on a toy problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.nlu.topic_model import TopicModel, fit

TEXTS = {
    "duties": ["what does a xrolex do", "tasks of a xrolex", "xrolex job description"],
    "skills": ["skills of a xrolex", "what must a xrolex know", "abilities a xrolex needs"],
    "greet": ["hello", "hi there", "good morning"],
}


@pytest.fixture(scope="module")
def model() -> TopicModel:
    rows = [(text, topic) for topic, texts in TEXTS.items() for text in texts * 4]
    return fit([text for text, _ in rows], [topic for _, topic in rows])


def test_what_was_learnt_is_known(model: TopicModel) -> None:
    for topic, texts in TEXTS.items():
        assert {model.rank(text)[0][0] for text in texts} == {topic}


def test_all_topics_are_ranked_with_probabilities(model: TopicModel) -> None:
    chances = [chance for _, chance in model.rank("tasks")]
    assert len(chances) == len(TEXTS)
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", " ", "zzzz", "😀", "职位"])
def test_a_message_of_unknown_words_is_ranked_too(model: TopicModel, text: str) -> None:
    assert len(model.rank(text)) == len(TEXTS)


def test_a_model_answers_alike_after_it_was_saved_and_loaded(
    model: TopicModel, tmp_path: Path
) -> None:
    model.save(tmp_path)
    loaded = TopicModel.load(tmp_path)
    for text in ("tasks of the xrolex", "hello you", "what", ""):
        assert loaded.rank(text) == [
            (topic, pytest.approx(chance, abs=1e-3)) for topic, chance in model.rank(text)
        ]


def test_a_saved_model_holds_no_pickle(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".npz"}


def test_the_same_examples_make_the_same_model() -> None:
    texts = [text for texts in TEXTS.values() for text in texts * 4]
    labels = [topic for topic, texts in TEXTS.items() for _ in texts * 4]
    assert fit(texts, labels).rank("a xrolex") == fit(texts, labels).rank("a xrolex")
