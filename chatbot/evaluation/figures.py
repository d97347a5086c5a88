"""Add up outcomes to figures: pure sums, no files and no model."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chatbot.dialogue.topics import CLARIFY, OUT_OF_SCOPE, UNKNOWN_ROLE
from chatbot.evaluation.outcome import Outcome

BINS = 10
# Topics that no intent stands for: a pipeline without our dialogue cannot answer them.
OF_THE_DIALOGUE = (CLARIFY, UNKNOWN_ROLE)


@dataclass(frozen=True)
class Tally:
    """Numbers of cases: all, and those with the right topic, the right role, both right."""

    cases: int
    topic: int
    role: int
    both: int


@dataclass(frozen=True)
class Sums:
    """What can be said of a set of cases.

    Attributes:
        all: every case.
        in_scope: cases that the bot should answer.
        intents: those of them whose topic is an intent, which any pipeline can get right.
        out_of_scope: cases that it should decline; `topic` counts those it declined.
        false_alarms: number of cases in scope that it declined.
    """

    all: Tally
    in_scope: Tally
    intents: Tally
    out_of_scope: Tally
    false_alarms: int


@dataclass(frozen=True)
class Confusion:
    """How often one topic was taken for another."""

    meant: str
    understood: str
    cases: int


@dataclass(frozen=True)
class Bin:
    """Cases of which the system was about equally sure; the means are shares, 0 to 1.

    Attributes:
        low: the least confidence of the bin; the next bin's `low` is its end.
        cases: number of cases.
        confidence: mean confidence.
        right: share whose topic is right.
    """

    low: float
    cases: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """Whether the confidence can be believed.

    Attributes:
        bins: those that have cases, by confidence.
        error: expected calibration error: the mean distance of confidence and share of right
            topics over the bins, weighted by their cases; 0 is best.
    """

    bins: tuple[Bin, ...]
    error: float


@dataclass(frozen=True)
class Times:
    """Milliseconds from a message to its reply: half and 95% of all take at most so long."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Section:
    """The figures of one kind of cases (messages that stand alone, or turns of dialogues)."""

    total: Sums
    by_voice: Mapping[str, Sums]
    by_topic: Mapping[str, Tally]
    by_topic_and_voice: Mapping[str, Mapping[str, Tally]]
    confusions: tuple[Confusion, ...]
    calibration: Calibration
    milliseconds: Times


@dataclass(frozen=True)
class Dialogues:
    """Number of dialogues, and of those in which every turn is right."""

    dialogues: int
    right: int


def section(outcomes: Sequence[Outcome]) -> Section:
    """Return the figures of some outcomes; there must be one at least."""
    by_topic = _grouped(outcomes, _topic)
    return Section(
        total=sums(outcomes),
        by_voice={voice: sums(rows) for voice, rows in _grouped(outcomes, _voice).items()},
        by_topic={topic: tally(rows) for topic, rows in by_topic.items()},
        by_topic_and_voice={
            topic: {voice: tally(part) for voice, part in _grouped(rows, _voice).items()}
            for topic, rows in by_topic.items()
        },
        confusions=confusions(outcomes),
        calibration=calibration(
            [(o.understood.confidence, o.verdict.topic) for o in outcomes],
        ),
        milliseconds=times([outcome.understood.milliseconds for outcome in outcomes]),
    )


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count cases and right ones."""
    verdicts = [outcome.verdict for outcome in outcomes]
    return Tally(
        len(verdicts),
        sum(verdict.topic for verdict in verdicts),
        sum(verdict.role for verdict in verdicts),
        sum(verdict.both for verdict in verdicts),
    )


def sums(outcomes: Sequence[Outcome]) -> Sums:
    """Return the sums over outcomes in and out of scope."""
    outside = [outcome for outcome in outcomes if _topic(outcome) == OUT_OF_SCOPE]
    inside = [outcome for outcome in outcomes if _topic(outcome) != OUT_OF_SCOPE]
    return Sums(
        all=tally(outcomes),
        in_scope=tally(inside),
        intents=tally(outcome for outcome in inside if _topic(outcome) not in OF_THE_DIALOGUE),
        out_of_scope=tally(outside),
        false_alarms=sum(o.understood.answered.topic == OUT_OF_SCOPE for o in inside),
    )


def confusions(outcomes: Iterable[Outcome]) -> tuple[Confusion, ...]:
    """Return which topics were taken for which, the most frequent first."""
    pairs = Counter(
        (_topic(outcome), outcome.understood.answered.topic)
        for outcome in outcomes
        if not outcome.verdict.topic
    )
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Confusion(meant, understood, n) for (meant, understood), n in ordered)


def calibration(rows: Sequence[tuple[float, bool]], bins: int = BINS) -> Calibration:
    """Return how confidence and right topics go together.

    Args:
        rows: confidence (0 to 1) and whether the topic is right, one for each case.
        bins: number of equal steps of confidence.
    """
    found = []
    for number in range(bins):
        part = [row for row in rows if min(int(row[0] * bins), bins - 1) == number]
        if part:
            mean = sum(confidence for confidence, _ in part) / len(part)
            right = sum(is_right for _, is_right in part) / len(part)
            found.append(Bin(number / bins, len(part), mean, right))
    error = sum(one.cases * abs(one.confidence - one.right) for one in found)
    return Calibration(tuple(found), error / len(rows) if rows else 0.0)


def times(milliseconds: Sequence[float]) -> Times:
    """Return the percentiles by nearest rank."""
    ordered = sorted(milliseconds)

    def percentile(share: float) -> float:
        return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else 0.0

    return Times(percentile(0.5), percentile(0.95))


def dialogues(outcomes: Iterable[Outcome]) -> dict[str, Dialogues]:
    """Return by voice how many dialogues are right in every turn."""
    found: dict[str, list[bool]] = {}
    by_talk = _grouped(list(outcomes), lambda o: f"{o.talk.voice}\0{o.talk.name}")
    for rows in by_talk.values():
        found.setdefault(rows[0].talk.voice, []).append(all(row.verdict.both for row in rows))
    return {voice: Dialogues(len(rows), sum(rows)) for voice, rows in found.items()}


def _grouped(
    outcomes: Sequence[Outcome], key: Callable[[Outcome], str]
) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=key):
        found.setdefault(key(outcome), []).append(outcome)
    return found


def _topic(outcome: Outcome) -> str:
    return outcome.case.topic


def _voice(outcome: Outcome) -> str:
    return outcome.talk.voice
