"""Each row of docs/article-coverage.md is followed to its entry and put to the bot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from chatbot.dialogue import topics
from chatbot.knowledge.base import KnowledgeBase
from tests.support.base import texts
from tests.support.conversation import Conversation
from tests.support.paths import ROOT

TABLE = ROOT / "docs" / "article-coverage.md"


@dataclass(frozen=True)
class Row:
    """A statement of the article and where the bot says it."""

    number: str
    statement: str
    topic: str
    kind: str
    key: str
    words: tuple[str, ...]
    question: str


def rows() -> Iterator[Row]:
    for line in TABLE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].isdigit():
            number, statement, topic, entry, words, question = cells
            kind, key = entry.split("/")
            listed = tuple(word.strip() for word in words.split(","))
            yield Row(number, statement, topic, kind, key, listed, question)


ROWS = list(rows())
each_row = pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row.number} {row.kind}-{row.key}"
)


def missing(words: tuple[str, ...], text: str) -> list[str]:
    return [w for w in words if not re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text, re.I)]


def test_the_table_is_numbered_without_gap() -> None:
    assert [int(row.number) for row in ROWS] == list(range(1, len(ROWS) + 1))
    assert len(ROWS) >= 100


@each_row
def test_the_entry_holds_the_fact(base: KnowledgeBase, row: Row) -> None:
    entry = base.by_kind[row.kind][row.key]
    assert missing(row.words, " ".join([entry.name, *(text for _, text in texts(entry))])) == []


@each_row
def test_an_entry_with_a_fact_of_the_article_names_it_as_source(
    base: KnowledgeBase, row: Row
) -> None:
    assert "article" in base.by_kind[row.kind][row.key].sources


@each_row
def test_the_question_leads_to_the_fact(talk: Conversation, row: Row) -> None:
    assert row.topic in topics.TOPICS
    turn = talk(row.question)
    assert turn.topic == row.topic, turn.text
    left = missing(row.words, turn.text)
    if left and "Say “more”" in turn.text:
        left = missing(row.words, turn.text + talk("tell me more").text)
    assert left == [], turn.text


def test_questions_of_the_table_are_all_different() -> None:
    asked = [row.question for row in ROWS]
    assert len(set(asked)) == len(asked)
