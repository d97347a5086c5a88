"""Small outcomes made by hand, so that their figures can be reckoned on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from chatbot.evaluation.cases import Case, Talk
from chatbot.evaluation.judge import Answered
from chatbot.evaluation.outcome import Outcome, Understood

# Which half these belong to follows from the hash of the text; a test checks that it does.
DEV_TEXT, HELD_OUT_TEXT = "which tools does a buyer use", "what does a buyer do"


def outcome(
    meant: str,
    understood: str,
    *,
    roles: Sequence[str] = (),
    answered: Sequence[str] | None = None,
    voice: str = "plain",
    text: str = DEV_TEXT,
    sure: float = 0.9,
    took: float = 5.0,
) -> Outcome:
    """Return a message that stands alone; the roles are right if `answered` is not given."""
    talk = Talk(voice, "", (Case(text, meant, tuple(roles)),))
    return Outcome(
        talk, 0, _understood(understood, roles if answered is None else answered, sure, took)
    )


def dialogue(name: str, turns: Sequence[tuple[str, str]], voice: str = "plain") -> list[Outcome]:
    """Return the outcomes of a dialogue whose turns are pairs of topics, meant and understood."""
    cases = tuple(Case(f"{name} {number}", meant) for number, (meant, _) in enumerate(turns))
    talk = Talk(voice, name, cases)
    return [
        Outcome(talk, number, _understood(topic, (), 0.5, 1.0))
        for number, (_, topic) in enumerate(turns)
    ]


class Echo:
    """A system that understands every message alike."""

    name, about = "echo", ("says the same to everything",)

    def understand(self, talks: Sequence[Sequence[str]]) -> Iterator[list[Understood]]:
        """Yield the same answer for each message."""
        for texts in talks:
            yield [_understood("duties", ("purchasing-manager",), 1.0, 2.0) for _ in texts]


def write_cases(folder: Path, singles: str = "", dialogues: str = "") -> Path:
    """Write YAML below a data folder and return the folder."""
    for kind, text in (("singles", singles), ("dialogues", dialogues)):
        if text:
            (folder / kind).mkdir(parents=True, exist_ok=True)
            (folder / kind / "some.yml").write_text(text, "utf-8")
    return folder


def _understood(topic: str, roles: Sequence[str], sure: float, took: float) -> Understood:
    return Understood(Answered(topic, tuple(roles)), topic, sure, (("role", "buyer"),), took)
