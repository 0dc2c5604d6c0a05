"""`make soak`: every fault with its full count on both databases, and one table; `make soak ONLY=redis` for some.

Each database has a process of its own, so that one's waiting is the other's time.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable

from scripts.children import Child, end_on_signals
from tests.faults import (
    bells,
    brought,
    clocks,
    crowds,
    disk,
    files,
    keeping,
    kills,
    nouns,
    outages,
    post,
    probes,
    slowness,
    strangers,
    telling,
    upgrade,
    writing,
)
from tests.faults.figures import Figures
from tests.faults.place import ENGINES, Place, place

# Each name with how often it has to have happened.
FAULTS: dict[str, tuple[int, Callable[[Place], Figures]]] = {
    "strangers": (4000, strangers.rows),
    "swaps": (5000, strangers.swaps),
    "changes": (1000, strangers.changes),
    "answers": (16, lambda at: post.odd_answers(at, people=60)),
    "refusing": (1, lambda at: post.refusing(at, people=60)),
    "tarpit": (2, lambda at: post.tarpit(at, people=60)),
    "hours": (36, lambda at: post.six_hours(at, people=60)),
    "thoughts": (149, lambda at: post.second_thoughts(at, people=150)),
    "turned": (21, lambda at: clocks.turned(at, people=150)),
    "ahead": (1, lambda at: clocks.stopped(at, people=60, real=False)),
    "stopped": (1, lambda at: clocks.stopped(at, people=60, real=True)),
    "blackhole": (200, lambda at: bells.black_hole(at, saves=200)),
    "clocks": (6, lambda at: bells.too_many_clocks(at, people=360)),
    "doubles": (50, lambda at: writing.at_once(at, posts=50)),
    "tabs": (1000, lambda at: writing.two_tabs(at, orders=1000)),
    "nouns": (1000, lambda at: nouns.two_tabs(at, orders=1000)),
    "files": (2000, lambda at: files.hostile(at, files=2000)),
    "secrecy": (75, probes.secrecy),
    "unsealed": (75, probes.unsealed),
    "odd": (20_000, probes.odd),
    "hostile": (20_000, lambda at: probes.hostile(at, texts=20_000)),
    "telling": (200, lambda at: telling.doors(at, tries=200)),
    "database": (20, lambda at: kills.database(at, stops=20)),
    "redis": (50, lambda at: bells.storm(at, blows=50, people=1500)),
    "outage": (20, lambda at: outages.database(at, stops=20)),
    "memory": (50, lambda at: outages.memory(at, blows=50)),
    "web": (200, lambda at: crowds.web(at, kills=200)),
    "burst": (2000, lambda at: crowds.burst(at, requests=2000, connections=200)),
    "slow": (900, lambda at: slowness.slow(at, connections=900, asking=40)),
    "full": (20, lambda at: disk.full(at, times=20)),
    "imports": (20, lambda at: brought.files(at, kills=20, pages=9000)),
    "copies": (1, lambda at: brought.copies(at, entries=10_000)),
    "kills": (300, lambda at: kills.workers(at, kills=300)),
    "rotation": (20, lambda at: keeping.rotation(at, kills=20, people=1500)),
    "restore": (20, lambda at: keeping.restoring(at, kills=20, people=40, entries=50)),
    "migration": (20, lambda at: keeping.migrating(at, kills=20, people=40, entries=50)),
    "upgrade": (24, upgrade.beside),
}
# What one database alone says, or none.
ONCE = {"database": "postgresql", "outage": "postgresql", "files": "sqlite", "telling": "sqlite"}
HEAD = "fault|database|tried|letters|twice (rows)|twice (letters)|unasked|stale|lost/may|missing||".split("|")


def main(words: list[str]) -> int:
    end_on_signals()
    if words[:1] == ["--on"]:
        return on(words[1], *words[2:])
    if set(words) - set(FAULTS):
        sys.exit(f"There is no such fault; there are {', '.join(FAULTS)}.")
    return table(figures(words))


def on(engine: str, *names: str) -> int:
    """One line of JSON for each fault, as soon as it is over."""
    with place(engine) as made:
        for name, (wanted, fault) in FAULTS.items():
            if name in (names or FAULTS) and ONCE.get(name, engine) == engine:
                tell(f"{engine}: {name}, {wanted} times …")
                begun = time.monotonic()
                row = fault(made)
                print(json.dumps([name, row]), flush=True)
                tell(f"{engine}: {' '.join(line(name, row))} ({time.monotonic() - begun:.0f} s)")
    return 0


def tell(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)


def figures(names: list[str]) -> list[tuple[str, Figures | None]]:
    """None where a process ended before it had tried all: what it has to say stands above."""
    words = (sys.executable, "-m", "tests.faults.soak", "--on")
    pipe = {"stdout": subprocess.PIPE, "text": True, "patience": 60}
    children = [Child(engine, *words, engine, *names, **pipe) for engine in ENGINES]
    found: list[tuple[str, Figures | None]] = []
    try:
        for child in children:
            out, _ = child.process.communicate()
            found += [(name, Figures(*row)) for name, row in map(json.loads, out.splitlines())]
            found += [(child.name, None)] if child.process.returncode else []
    finally:
        for child in children:
            child.end()
    return found


def table(found: list[tuple[str, Figures | None]]) -> int:
    """The exit code: 0 where everything was tried and every bar held."""
    rows = [HEAD] + [line(name, row) for name, row in found if row]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), flush=True)
    broken = [name for name, row in found if row is None or not well(name, row)]
    print(f"Not reached: {', '.join(broken)}." if broken else "Every bar held.", flush=True)
    return 1 if broken else 0


def well(name: str, row: Figures) -> bool:
    return row.holds and row.tried >= FAULTS[name][0] and row.ms <= row.at_most_ms


def line(name: str, row: Figures) -> list[str]:
    counts = [row.tried, row.letters, row.double_records, row.double_letters, row.unasked, row.stale]
    time = f"p95 {row.ms:.0f} ms (at most {row.at_most_ms:.0f})" if row.at_most_ms else ""
    note = ", ".join(filter(None, [time, row.note]))
    told = [f"{row.lost}/{row.may_lose}", str(row.missing), note, "" if well(name, row) else "BROKEN"]
    return [row.name, row.engine, *map(str, counts), *told]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
