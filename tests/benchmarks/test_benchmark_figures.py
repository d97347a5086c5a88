from __future__ import annotations

from benchmarks.client import Reply
from benchmarks.figures import of_growth, of_latency, of_starts
from benchmarks.measure import Start
from benchmarks.processes import Memory


def replies(*times: float, text: str = "ten chars.") -> list[Reply]:
    return [Reply(text, ms) for ms in times]


def test_latency_is_told_by_its_percentiles():
    found = of_latency(replies(*range(1, 101)))
    assert (found["latency_p50"], found["latency_p95"], found["latency_p99"]) == (50, 95, 99)


def test_messages_without_a_reply_show():
    found = of_latency(replies(1, 1, 1) + replies(1, text=""))
    assert found["answered"] == 75
    assert found["reply_length"] == 10


def test_growth_is_told_at_each_turn_that_was_reached():
    found = of_growth(replies(*range(1, 108)))
    assert found == {"turn_20": 20, "turn_100": 100}


def test_a_full_conversation_has_all_three_turns():
    assert set(of_growth(replies(*range(1, 408)))) == {"turn_20", "turn_100", "turn_400"}


def test_the_start_is_the_median_and_memory_that_of_the_last_start():
    starts = [Start(9.0, None), Start(3.0, None), Start(4.0, Memory(rss=500, pss=400))]
    assert of_starts(starts) == {"start": 4.0, "memory_rss": 500, "memory_pss": 400}


def test_without_shares_of_memory_only_the_sum_is_told():
    assert "memory_pss" not in of_starts([Start(3.0, Memory(rss=500, pss=None))])
