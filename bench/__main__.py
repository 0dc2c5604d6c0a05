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
    "W3": [pages.capture],
    "W4": [texts.search],
    "W5": [texts.export],
    "W7": [growth.growth],
    "W10": [mailing.one_process],
    "W10n": [mailing.over_a_network],
    "W11": [idle.memory],
    "W12": [weight.pages, lighthouse.pages],
    "W13": [start.again],
    "W9": [planning.peak],  # leaves a million people behind
}


def main(only: str = "") -> None:
    if only and only not in IN_A_PLACE:
        sys.exit(f"There is no workload {only}; there are {', '.join(IN_A_PLACE)}.")
    load = os.getloadavg()[0]
    try:
        for engine in ENGINES:
            with place(engine) as made:
                for workload in [part for name, parts in IN_A_PLACE.items() if only in ("", name) for part in parts]:
                    workload(made)
    finally:
        report.keep(TOLD, datetime.now(UTC).date(), load)


if __name__ == "__main__":
    main(*sys.argv[1:2])
