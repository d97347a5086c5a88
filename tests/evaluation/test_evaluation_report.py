from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chatbot.evaluation import changes, requirements
from chatbot.evaluation.cases import Case, Part, Talk
from chatbot.evaluation.outcome import outcomes
from chatbot.evaluation.report import Report, about, format_of, judged, percent, render
from tests.evaluation.made import DEV_TEXT, HELD_OUT_TEXT, Echo, dialogue, outcome
from tests.support.paths import ROOT

SCHEMA = json.loads((ROOT / "chatbot" / "evaluation" / "report.schema.json").read_text("utf-8"))
VOID = {"meta", "br", "input", "link", "img", "hr"}
NASTY = "<script>alert('x')</script> & \"quotes\" 仓库"


def full_report(**changed: Any) -> Report:
    """Return a report of two systems that holds everything a report can hold."""
    rows = [
        outcome("duties", "duties", roles=["a"], text="a right one"),
        outcome("skills", "tools", text=DEV_TEXT, sure=0.4),
        outcome("duties", "tools", text=HELD_OUT_TEXT, voice="other"),
        outcome("out_of_scope", "duties", text=NASTY),
        *dialogue("talk", [("greet", "greet"), ("help", "duties")]),
    ]
    first = judged(Echo(), rows)
    second = replace(judged(Echo(), rows), name="the <other> one")
    before = changes.Before(
        "old.json", "2026-01-01", {rows[1].key: (True, True), "gone": (True, True)}
    )
    report = Report(
        date="2026-01-02",
        data="tests/understanding",
        part=Part.ALL,
        show_held_out=False,
        systems=[first, second],
        verdicts=requirements.check(requirements.parse(["singles=0.9", "p95=9"]), first.results),
        changes=changes.compare(before, rows),
    )
    return replace(report, **changed)


def singles_only() -> Report:
    return Report(
        "2026-01-02", "x", Part.DEV, False, [judged(Echo(), [outcome("duties", "duties")])]
    )


def dialogues_only() -> Report:
    rows = dialogue("talk", [("greet", "greet")])
    return Report("2026-01-02", "x", Part.DEV, False, [judged(Echo(), rows)])


class Tags(HTMLParser):
    """Notes tags that are not closed, what the page refers to, and ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.refers: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self._note(values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def _note(self, values: dict[str, str | None]) -> None:
        self.refers += [str(values[key]) for key in ("src", "href", "action") if key in values]
        self.ids += [str(values["id"])] if "id" in values else []
        self.labels += [str(values["aria-labelledby"])] if "aria-labelledby" in values else []


def tags(report: Report) -> Tags:
    found = Tags()
    found.feed(render(report, "html"))
    return found


REPORTS = [full_report, singles_only, dialogues_only]


@pytest.mark.parametrize("made", REPORTS)
def test_json_is_as_the_schema_says(made: Any) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(render(made(), "json")))


def test_the_schema_refuses_another_key() -> None:
    content = json.loads(render(full_report(), "json"))
    content["systems"][0]["extra"] = 1
    assert not Draft202012Validator(SCHEMA).is_valid(content)


def test_json_holds_the_figures() -> None:
    system = json.loads(render(full_report(), "json"))["systems"][0]
    assert system["singles"]["total"]["in_scope"] == {"cases": 3, "topic": 1, "role": 3, "both": 1}
    assert system["dialogues"] == {"plain": {"dialogues": 1, "right": 0}}


def test_json_holds_a_right_or_wrong_for_every_case() -> None:
    system = json.loads(render(full_report(), "json"))["systems"][0]
    assert sorted(system["cases"].values()).count([True, True]) == 2
    assert len(system["cases"]) == 6


@pytest.mark.parametrize("made", REPORTS)
def test_html_closes_every_tag(made: Any) -> None:
    found = tags(made())
    assert (found.open, found.wrong) == ([], [])


@pytest.mark.parametrize("made", REPORTS)
def test_html_loads_nothing_from_elsewhere(made: Any) -> None:
    page = render(made(), "html")
    assert tags(made()).refers == []
    assert re.findall(r"url\(|@import|fetch\(|https?://", page) == []
    assert "default-src 'none'" in page


def test_html_has_no_id_twice_and_every_label_leads_to_one() -> None:
    found = tags(full_report())
    assert len(found.ids) == len(set(found.ids))
    assert set(found.labels) <= set(found.ids)


def test_html_shows_messages_as_text() -> None:
    page = render(full_report(show_held_out=True), "html")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_html_has_charts_with_titles() -> None:
    page = render(full_report(), "html")
    charts = re.findall(r'<svg class="chart[^"]*" role="img" aria-labelledby="([^"]+)"', page)
    assert len(charts) == 6
    assert all(f'<title id="{chart}">' in page for chart in charts)


def test_bars_do_not_run_out_of_the_chart() -> None:
    widths = re.findall(
        r'<rect class="system\d" x="190"[^>]* width="([\d.]+)"', render(full_report(), "html")
    )
    assert widths
    assert all(0 <= float(width) <= 400 for width in widths)


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_wrong_cases_of_the_held_out_half_are_hidden_unless_asked_for(form: str) -> None:
    assert HELD_OUT_TEXT not in render(full_report(), form)
    assert HELD_OUT_TEXT in render(full_report(show_held_out=True), form)


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_wrong_cases_of_the_half_for_developers_are_shown(form: str) -> None:
    assert DEV_TEXT in render(full_report(), form)


def test_the_number_of_hidden_cases_is_told() -> None:
    hidden = json.loads(render(full_report(), "json"))["systems"][0]["wrong_hidden"]
    assert hidden >= 1
    assert f"{hidden} of the held-out half are not" in render(full_report(), "text")


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_every_format_names_data_part_and_date(form: str) -> None:
    said = render(full_report(), form)
    assert all(word in said for word in ("tests/understanding", "all", "2026-01-02"))


@pytest.mark.parametrize(("form", "end"), [("text", "\n"), ("html", "</tr>")])
def test_both_systems_stand_side_by_side(form: str, end: str) -> None:
    row = render(full_report(), form).split("in scope", 1)[1].split(end)[0]
    assert row.count("33.3") == 4  # topic and both, for two systems


def test_text_tells_what_was_meant_and_what_was_understood() -> None:
    said = render(full_report(), "text")
    assert "meant      skills" in said
    assert "understood tools  (intent tools 0.40; role=buyer)" in said


def test_text_tells_requirements_and_changes() -> None:
    said = render(full_report(), "text")
    assert re.search(r"singles +at least 0.9: 0.3333, MISSED", said)
    assert "1 cases are in both: 1 were right, 0 are; 5 new cases, 1 gone." in said


def test_a_table_of_text_has_equal_columns() -> None:
    block = render(full_report(), "text").split("by topic")[1].split("\n\n")[0]
    assert len({line.index("|") for line in block.splitlines()[1:] if "|" in line}) == 1


@pytest.mark.parametrize(
    ("name", "form"), [("a.json", "json"), ("a.html", "html"), ("a.txt", "text"), ("a", "html")]
)
def test_the_ending_of_a_file_decides_its_format(name: str, form: str) -> None:
    assert format_of(Path(name), "html") == form


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (0.0, "0.0"), (0.8555, "85.5"), (1, "100.0")]
)
def test_shares_are_shown_in_per_cent(value: float | None, shown: str) -> None:
    assert percent(value) == shown


def test_what_is_answered_is_told_in_one_line() -> None:
    answered = {"topic": "tools", "roles": ["a", "b"], "group": None, "skill": "s", "term": None}
    assert about(answered) == "tools: a, b, s"


def test_each_turn_of_a_talk_has_its_own_outcome() -> None:
    talk = Talk("plain", "d", (Case("one", "duties"), Case("two", "greet")))
    found = outcomes(Echo(), [talk])
    assert [(o.case.text, o.verdict.topic) for o in found] == [("one", True), ("two", False)]
    assert len({o.key for o in found}) == 2
