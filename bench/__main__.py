"""`make bench` prints one JSON line a case; `make bench ONLY=W4` every case of W4."""

import sys
from collections.abc import Callable

from bench import growth, mailing, pages, planning, start, texts, throughput, weight
from bench.places import ENGINES, Place, place

IN_A_PLACE: dict[str, Callable[[Place], None]] = {
    "W1": pages.journal,
    "W2": pages.last_page,
    "W6": pages.look_back,
    "W8": throughput.home,
    "W3": pages.capture,
    "W4": texts.search,
    "W5": texts.export,
    "W7": growth.growth,
    "W10": mailing.one_process,
    "W10n": mailing.over_a_network,
    "W12": weight.pages,
    "W13": start.again,
    "W9": planning.peak,  # leaves a million people behind
}


def main(only: str = "") -> None:
    if only and only not in IN_A_PLACE:
        sys.exit(f"There is no workload {only}; there are {', '.join(IN_A_PLACE)}.")
    chosen = [workload for name, workload in IN_A_PLACE.items() if only in ("", name)]
    for engine in ENGINES:
        with place(engine) as made:
            for workload in chosen:
                workload(made)


if __name__ == "__main__":
    main(*sys.argv[1:2])
