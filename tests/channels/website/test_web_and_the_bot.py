"""The web channel and the real bot: what it offers is understood, and its sources are found."""

from __future__ import annotations

import pytest

from chatbot.channels.website.output import message_event
from chatbot.channels.website.refusal import LANGUAGES, STATUS, wording
from tests.support.conversation import Conversation

OFFERS = [
    (language, text)
    for language in LANGUAGES
    for text in wording(language)["greeting"]["quick_replies"]
]
NO_ANSWER = {"clarify", "out_of_scope", "unknown_role", "help", "greet"}


@pytest.mark.parametrize(("language", "text"), OFFERS)
def test_what_the_greeting_offers_is_understood(
    talk: Conversation, language: str, text: str
) -> None:
    assert talk(text).topic not in NO_ANSWER


@pytest.mark.parametrize("talk", ["web"], indirect=True)
def test_the_sources_of_an_answer_are_found(talk: Conversation) -> None:
    turn = talk("What does a CRM specialist do?")
    event = message_event({"text": turn.text, "buttons": []})
    assert "reviewed" in event["source"]
    assert "reviewed" not in event["text"]
    assert turn.quick_replies


@pytest.mark.parametrize("talk", ["web"], indirect=True)
def test_an_answer_without_sources_stays_whole(talk: Conversation) -> None:
    turn = talk("thank you")
    event = message_event({"text": turn.text})
    assert (event["text"], event["source"]) == (turn.text, None)


def test_every_language_says_the_same_things() -> None:
    english, chinese = (wording(language) for language in LANGUAGES)
    assert set(english["errors"]) == set(chinese["errors"]) == set(STATUS)
    assert set(english["about"]) == set(chinese["about"])
    assert len(english["greeting"]["quick_replies"]) == len(chinese["greeting"]["quick_replies"])
