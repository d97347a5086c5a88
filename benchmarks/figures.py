"""Replies and starts as the figures of the table."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benchmarks.client import Reply
from benchmarks.measure import LONG_TURNS, WIDTH, Start
from benchmarks.stats import around, percentile


def of_latency(replies: Sequence[Reply]) -> dict[str, float]:
    """Return the percentiles of a message's milliseconds, and what the replies were like."""
    times = [reply.ms for reply in replies]
    lengths = [len(reply.text) for reply in replies]
    return {
        "latency_p50": percentile(times, 0.50),
        "latency_p95": percentile(times, 0.95),
        "latency_p99": percentile(times, 0.99),
        "reply_length": median(lengths),
        "answered": 100 * sum(map(bool, lengths)) / len(lengths),
    }


def of_growth(replies: Sequence[Reply]) -> dict[str, float]:
    """Return the median milliseconds around each turn that the conversation was long enough for."""
    times = [reply.ms for reply in replies]
    reached = [turn for turn in LONG_TURNS if turn + WIDTH // 2 <= len(times)]
    return {f"turn_{turn}": around(times, turn, WIDTH) for turn in reached}


def of_starts(starts: Sequence[Start]) -> dict[str, float]:
    """Return the median start in seconds and the memory after the last one in MB."""
    found = {"start": median(start.seconds for start in starts)}
    memory = starts[-1].memory
    if memory is not None:
        found["memory_rss"] = memory.rss
        if memory.pss is not None:
            found["memory_pss"] = memory.pss
    return found
