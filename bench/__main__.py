"""`make bench` prints one JSON line a case and writes docs/performance.md; `make bench ONLY=W4` every case of W4."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from bench import growth, idle, lighthouse, mailing, pages, planning, report, start, texts, throughput, weight
from bench.places import ENGINES, Place, place
from bench.rounds import TOLD

IN_A_PLACE: dict[str, list[Callable[[Place], None]]] = {
    "W1": [pages.journal],
    "W2": [pages.last_page],
    "W6": [pages.look_back],
    "W8": [throughput.home],
    "W12": [weight.pages, lighthouse.pages],
    "W4": [texts.search],
    "W5": [texts.export],
    "W7": [growth.growth],
    "W11": [idle.memory],
    "W3": [pages.capture],  # leaves short lines at the top of the Journal, which is measured before
    "W13": [start.again],
}
# Each in a place of its own, for the people of one are no part of another.
WITH_A_CROWD: dict[str, list[Callable[[Place], None]]] = {
    "W9": [planning.peak],
    "W10": [mailing.one_process],
    "W10n": [mailing.over_a_network],
}


def main(only: str = "") -> None:
    known = IN_A_PLACE | WITH_A_CROWD
    if only and only not in known:
        sys.exit(f"There is no workload {only}; there are {', '.join(known)}.")
    load = os.getloadavg()[0]
    try:
        for engine in ENGINES:
            if shared := _parts(IN_A_PLACE, only):
                _in_a_place(engine, shared)
            for alone in _parts(WITH_A_CROWD, only):
                _in_a_place(engine, [alone])
    finally:
        report.keep(TOLD, datetime.now(UTC).date(), load)


def _parts(workloads: dict[str, list[Callable[[Place], None]]], only: str) -> list[Callable[[Place], None]]:
    return [part for name, parts in workloads.items() if only in ("", name) for part in parts]


def _in_a_place(engine: str, workloads: list[Callable[[Place], None]]) -> None:
    with place(engine) as made:
        for workload in workloads:
            workload(made)


if __name__ == "__main__":
    main(*sys.argv[1:2])
