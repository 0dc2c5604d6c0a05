"""docs/performance.md is written from figures and notes: nothing that is said by hand is lost when it is made anew."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bench import report, sizing
from bench.targets import TARGETS, target_of

FIGURE = {"unit": "ms", "floor": 10.0, "detail": {}}


def line(name: str, value: float, **more: Any) -> dict[str, Any]:
    return FIGURE | {"name": name, "value": value, "ratio": round(value / 10, 3)} | more


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("FIGURES", "NOTES", "PAGE"):
        monkeypatch.setattr(report, name, tmp_path / getattr(report, name).name)
    monkeypatch.setattr(report, "machine", lambda: "a small one")
    report.NOTES.write_text('"W1-journal-10000" = "It opens thirty texts."\n')
    return tmp_path


def rows() -> list[str]:
    return [one for one in report.PAGE.read_text().splitlines() if one.startswith("|") and "---" not in one]


def test_the_page_is_what_its_figures_and_notes_say() -> None:
    assert report.PAGE.read_text() == report.page(json.loads(report.FIGURES.read_text()), report.notes())


def test_one_workload_measured_again_changes_its_own_rows_alone(docs: Path) -> None:
    report.keep([line("W1-journal-10000-sqlite", 19.0), line("W3-capture-10000-sqlite", 8.0)], date(2026, 11, 20), 0.4)
    before = rows()
    report.keep([line("W3-capture-10000-sqlite", 7.0)], date(2026, 11, 27), 1.2)
    assert [one for one in rows() if one not in before] == [
        "| capture 10000, SQLite | 7 ms | 10 ms | 0.70 | ≤ 9 ms | yes | 2026-11-27, load 1.2, a |"
    ]
    assert len(rows()) == len(before)


def test_a_note_stays_and_what_has_none_says_so(docs: Path) -> None:
    report.keep([line("W1-journal-10000-sqlite", 19.0), line("W2-last-page-10000-sqlite", 19.0)], date(2026, 11, 20), 0)
    notes = [one for one in report.PAGE.read_text().splitlines() if one.startswith("- ")]
    assert notes == ["- It opens thirty texts.", "- last page 10000, SQLite: no reason noted yet."]


@pytest.mark.parametrize(("value", "said"), [(8.9, "yes"), (15.7, "in multiples of F3"), (15.9, "no")])
def test_a_time_is_also_looked_at_in_multiples_of_f3(value: float, said: str) -> None:
    capture, home = (line(name, value, machine="a") for name in ("W3-capture-sqlite", "W1-journal-sqlite"))
    assert report.verdict("W3-capture-sqlite", capture, {"W1-journal-sqlite": home}) == said


def test_what_has_no_floor_is_not_judged_by_one(docs: Path) -> None:
    report.keep([line("W9-plan-and-claim-sqlite", 19_435.0, floor=None, ratio=None)], date(2026, 11, 27), 0.4)
    assert [one.split("|")[6].strip() for one in rows()] == ["reached", ""]


def test_every_bound_counts() -> None:
    target = target_of("W5-json-10000-sqlite")
    detail = {"first_byte_ms": 12, "grown_mb": 10}
    assert target
    assert [
        target.reached(line("W5", 530, detail=detail | more)) for more in ({}, {"first_byte_ms": 51}, {"grown_mb": 17})
    ] == [True, False, False]


def test_every_workload_has_its_words_and_an_aim() -> None:
    assert {name.split("-")[0] for name in TARGETS} == set(report.WORKLOADS)


def test_the_operators_page_has_the_table_that_is_reckoned() -> None:
    assert sizing.table() in (report.DOCS / "operating.md").read_text()


def test_what_is_reckoned_with_is_no_less_than_what_was_measured() -> None:
    figures, with_ = json.loads(report.FIGURES.read_text()), sizing.Measured()
    assert with_.page >= 2 / figures["W8-journal-10000-postgresql"]["value"]  # two cores
    assert with_.letter / 2 * 1000 >= figures["W10-letters-postgresql"]["detail"]["cpu_ms_a_letter"]
    assert with_.delivery >= figures["W9-plan-and-claim-postgresql"]["detail"]["delivery"]


@pytest.mark.parametrize(
    ("people", "cores", "senders"), [(10, (1, 1), 1), (10_000, (1, 1), 1), (1_000_000, (6, 3), 6)], ids=str
)
def test_more_people_need_more_and_nobody_needs_less_than_one(
    people: int, cores: tuple[int, int], senders: int
) -> None:
    found = sizing.need(people)
    assert ((found.web_cores, found.database_cores), found.senders, found.web_processes >= 2) == (cores, senders, True)
