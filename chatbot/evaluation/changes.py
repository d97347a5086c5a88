"""Compare a run with an earlier one: which cases are right now that were wrong, and the reverse."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.errors import SettingsError
from chatbot.evaluation.outcome import Outcome

# Case -> whether topic and role were right.
Earlier = Mapping[str, tuple[bool, bool]]


@dataclass(frozen=True)
class Before:
    """An earlier run: when it was, and what was right in it."""

    name: str
    date: str
    cases: Earlier


@dataclass(frozen=True)
class TopicChange:
    """How many cases of a topic were right before and are now, among those in both runs."""

    cases: int
    before: int
    now: int


@dataclass(frozen=True)
class Changes:
    """What differs between two runs.

    Attributes:
        before: name and date of the earlier run.
        by_topic: topics whose numbers differ, or of which cases went both ways.
        total: the same over all cases.
        mended: cases that are right now.
        broken: cases that were right.
        added: number of cases that the earlier run did not have.
        removed: number of its cases that are not among those of this run.
    """

    before: str
    by_topic: Mapping[str, TopicChange]
    total: TopicChange
    mended: tuple[Outcome, ...]
    broken: tuple[Outcome, ...]
    added: int
    removed: int


def read(path: Path) -> Before:
    """Return what `chatbot evaluate --format json` wrote.

    Raises:
        SettingsError: it is no such file.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        cases = content["systems"][0]["cases"]
        rights = {key: (bool(topic), bool(role)) for key, (topic, role) in cases.items()}
        return Before(path.name, content["date"], rights)
    except OSError as error:
        raise SettingsError(f"--baseline {path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise SettingsError(
            f"--baseline {path}: must be a report that `chatbot evaluate --format json` wrote"
        ) from error


def compare(before: Before, outcomes: Sequence[Outcome]) -> Changes:
    """Return what has changed since the earlier run."""
    shared = [outcome for outcome in outcomes if outcome.key in before.cases]
    was_right = {key for key, rights in before.cases.items() if all(rights)}
    mended = tuple(o for o in shared if o.verdict.both and o.key not in was_right)
    broken = tuple(o for o in shared if not o.verdict.both and o.key in was_right)
    topics = sorted({outcome.case.topic for outcome in (*mended, *broken)})
    return Changes(
        before=f"{before.name} of {before.date}",
        by_topic={
            topic: _change([o for o in shared if o.case.topic == topic], was_right)
            for topic in topics
        },
        total=_change(shared, was_right),
        mended=mended,
        broken=broken,
        added=len(outcomes) - len(shared),
        removed=len(before.cases) - len(shared),
    )


def _change(outcomes: Sequence[Outcome], was_right: set[str]) -> TopicChange:
    before = sum(outcome.key in was_right for outcome in outcomes)
    return TopicChange(len(outcomes), before, sum(outcome.verdict.both for outcome in outcomes))
