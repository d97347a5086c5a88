"""Every figure that a run takes, in the order of the table."""

from __future__ import annotations

from typing import NamedTuple


class Measure(NamedTuple):
    """A figure: its key in results and budgets, its label in the table and its unit."""

    key: str
    label: str
    unit: str


MEASURES = (
    Measure("latency_p50", "a message, p50", "ms"),
    Measure("latency_p95", "a message, p95", "ms"),
    Measure("latency_p99", "a message, p99", "ms"),
    Measure("processor_time", "a message, processor time", "ms"),
    Measure("throughput", "4 users at once", "messages/s"),
    Measure("turn_20", "a message around turn 20", "ms"),
    Measure("turn_100", "a message around turn 100", "ms"),
    Measure("turn_400", "a message around turn 400", "ms"),
    Measure("start", "start to first answer", "s"),
    Measure("memory_pss", "memory, PSS", "MB"),
    Measure("memory_rss", "memory, RSS", "MB"),
    Measure("training", "training", "s"),
    Measure("environment", "environment", "MB"),
    Measure("reply_length", "reply, median", "characters"),
    Measure("answered", "messages with a reply", "%"),
)
