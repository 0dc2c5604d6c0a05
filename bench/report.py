"""What `make bench` found, kept and written down: docs/performance.json holds the figures, docs/performance.md shows
them. Why an aim is not reached is written by hand into docs/performance-notes.toml, and stays.
"""

import json
import os
import platform
import re
import sqlite3
import subprocess
import tomllib
from datetime import date
from importlib.metadata import version
from typing import Any

from bench.places import ROOT
from bench.targets import F3_WHERE_AIMED, Line, target_of
from scripts import services

DOCS = ROOT / "docs"
FIGURES, NOTES, PAGE = DOCS / "performance.json", DOCS / "performance-notes.toml", DOCS / "performance.md"
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
WORKLOADS = {
    "W1": "The Journal, thirty entries of 10,000, whole and compressed; the floor is F3",
    "W2": "Its last page; the floor is the first one",
    "W3": "A line with three themes is kept, by htmx; the floor is four rows in one transaction",
    "W4": "A search; the floor opens and scans as many texts in memory",
    "W5": "A copy of everything, streamed; the floor opens 10,000 texts and writes them to a file",
    "W6": "Look back, with five measures of two years; the floor is F3",
    "W7": "With 100,000 entries; the floor is the same with 100",
    "W8": "Pages a second of two processes, four connections; the floor is F3",
    "W9": "A minute of a million schedules (a tenth of it on SQLite); the floor is a plain loop over two bare tables",
    "W10": "Letters from the claim to the mark; the floor gives a finished mail to the same server",
    "W10n": "The same at 20 ms to the mail server over forty connections; the floor as above",
    "W11": "Memory at rest (proportional set size); the floor is the same processes without Onward in them",
    "W12": "Weight on the wire, Lighthouse’s mobile preset, and how soon a page shows what was pressed",
    "W13": "`make run` a second time, to its first answer; the floor is a bare server’s start",
}
INTRODUCTION = """# What it takes

Written by `make bench`, {day}; `make bench ONLY=W4` renews the rows of one workload. Look at ratios rather than times:
each figure stands beside its **floor**, the least that this machine needs for the same work in the same minutes.
Rounds are shuffled, a figure is the median of the rounds’ medians, and an answer that is not as it has to be ends
the measurement. A time ends with the last byte of an answer; to unpack and look through it is the measurement’s own
work. *F3* is a bare page of Django’s as it comes: nine middlewares, zlib, a session, a person, thirty rows by a join,
a template’s loop. The aims were set where F3 takes {aimed} ms: *“in multiples of F3”* says that a time is above its
aim here, and within it as a multiple of F3. A load well above 1 before the run means that others were at work on the
machine: then even ratios are rough.
"""


def keep(lines: list[Line], today: date, load: float) -> None:
    """The rows of these cases in place of older ones; all other rows stay."""
    kept: dict[str, Line] = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    of = {"at": today.isoformat(), "load": round(load, 1), "machine": machine()}
    kept |= {line["name"]: {name: line[name] for name in line if name != "name"} | of for line in lines}
    FIGURES.write_text(json.dumps(dict(sorted(kept.items(), key=_order)), indent=1, ensure_ascii=False) + "\n")
    PAGE.write_text(page(kept, notes()))


def notes() -> dict[str, str]:
    return dict(tomllib.loads(NOTES.read_text())) if NOTES.exists() else {}


def page(kept: dict[str, Line], notes: dict[str, str]) -> str:
    """The whole page, from figures and notes alone."""
    machines = list(dict.fromkeys(line["machine"] for line in kept.values()))
    newest = max((line["at"] for line in kept.values()), default="not yet run")
    told = [INTRODUCTION.format(day=newest, aimed=F3_WHERE_AIMED)]
    told += [f"Machine {chr(97 + at)}: {words}.\n" for at, words in enumerate(machines)]
    for workload, words in WORKLOADS.items():
        rows = {name: line for name, line in kept.items() if name.split("-")[0] == workload}
        if rows:
            told += [f"## {workload}\n\n{words}.\n", *_table(rows, kept, machines), *_notes(rows, kept, notes)]
    return "\n".join(told)


def _table(rows: dict[str, Line], kept: dict[str, Line], machines: list[str]) -> list[str]:
    told = ["| case | ours | floor | ratio | aim | reached | measured |", "|---|---|---|---|---|---|---|"]
    for name, line in sorted(rows.items(), key=_order):
        target = target_of(name)
        cells = [_case(name), _amount(line["value"], line["unit"]), _amount(line["floor"], line["unit"])]
        cells += ["" if line["ratio"] is None else f"{line['ratio']:.2f}", target.words if target else ""]
        cells += [verdict(name, line, kept), f"{line['at']}, load {line['load']}, {_letter(line, machines)}"]
        told.append(f"| {' | '.join(cells)} |")
    return [*told, ""]


def _notes(rows: dict[str, Line], kept: dict[str, Line], notes: dict[str, str]) -> list[str]:
    """What is noted of these cases; of each that is above its aim something is said."""
    told: dict[str, str] = {}
    for name, line in sorted(rows.items(), key=_order):
        if note := notes.get(name) or notes.get(re.sub(r"-(sqlite|postgresql)$", "", name)):
            told.setdefault(note, _case(name))
        elif verdict(name, line, kept) == "no":
            told.setdefault(f"{_case(name)}: no reason noted yet.", _case(name))
    return [f"- {note}" for note in told] + ([""] if told else [])


def verdict(name: str, line: Line, kept: dict[str, Line]) -> str:
    target = target_of(name)
    if not target or line["value"] is None or not target.judges(line):
        return ""
    if target.reached(line):
        return "yes"
    f3 = next(
        (one["floor"] for key, one in kept.items() if key.startswith("W1-journal") and _same(one, line, key, name)), 0
    )
    return "in multiples of F3" if target.clock and f3 and target.reached(line, f3 / F3_WHERE_AIMED) else "no"


def _same(one: Line, other: Line, *names: str) -> bool:
    """Of one machine and one database."""
    return one["machine"] == other["machine"] and len({name.rpartition("-")[2] for name in names}) == 1


def _case(name: str) -> str:
    case, _, engine = name.rpartition("-")
    words = case if engine in ENGINES else name
    words = words.partition("-")[2].replace("-", " ")
    return f"{words}, {ENGINES[engine]}" if engine in ENGINES else words


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    shown = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{shown} {unit}"


def _letter(line: Line, machines: list[str]) -> str:
    return chr(97 + machines.index(line["machine"]))


def _order(item: tuple[str, Any]) -> list[Any]:
    """W2 before W10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", item[0])]


def machine() -> str:
    """Cores, memory, and the versions of what is measured with."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    postgres = _said(str(services.postgres_binaries() / "postgres"), "--version")
    parts = [f"{os.cpu_count()} cores", f"{memory:.0f} GiB", f"Linux {platform.release().split('-')[0]}"]
    parts += [f"Python {platform.python_version()}", f"Django {version('django')}", f"SQLite {sqlite3.sqlite_version}"]
    return ", ".join([*parts, f"PostgreSQL {postgres}"])


def _said(*command: str) -> str:
    said = subprocess.run(command, capture_output=True, text=True).stdout
    return found[0] if (found := re.findall(r"\d+(?:\.\d+)+", said)) else "?"
