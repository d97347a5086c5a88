"""Words of what is declined decide where the classifier is in doubt."""

from __future__ import annotations

import pytest

from chatbot.nlu.delexicalise import question_part
from tests.support.conversation import Conversation


@pytest.mark.parametrize(
    "text",
    [
        "draft an advert for a database developer, a hundred words",
        "so what do they throw at you when the interview for an order manager comes",
    ],
)
def test_a_word_of_what_is_declined_is_heard(talk: Conversation, text: str) -> None:
    assert talk(text).topic == "out_of_scope"


@pytest.mark.parametrize(
    "text",
    [
        "What does a buyer do once the supplier has sent a refund?",
        "which skills does an order manager need to book refunds",
    ],
)
def test_it_decides_nothing_where_the_question_is_clear(talk: Conversation, text: str) -> None:
    assert talk(text).topic in ("duties", "skills")


def test_a_plea_for_help_is_not_the_question() -> None:
    story = "my niece asked what a buyer does all day. can you help us out?"
    assert question_part(story).startswith("my niece")
