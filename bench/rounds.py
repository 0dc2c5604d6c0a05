"""Honest timing on a noisy machine: rounds in shuffled order, medians of rounds."""

import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.targets import target_of

ROUNDS, TIMES = 7, 12
Case = Callable[[], Any]
TOLD: list[dict[str, Any]] = []


@dataclass
class Figure:
    """Milliseconds, or a rate: the median of the rounds' medians, and the least and the most of them."""

    middle: float
    least: float
    most: float


def interleaved(cases: dict[str, Case], rounds: int = ROUNDS, times: int = TIMES) -> dict[str, Figure]:
    """Each case `times` in each of `rounds`, their order new in each. Two calls beforehand are not counted."""
    for case in cases.values():
        case()
        case()
    medians: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name in random.sample(list(cases), len(cases)):
            medians[name].append(median(timed(cases[name]) for _ in range(times)))
    return {name: Figure(median(found), min(found), max(found)) for name, found in medians.items()}


def in_turn(cases: dict[str, Callable[[], float]], rounds: int) -> dict[str, Figure]:
    """Figures that the cases take themselves, one of each a round. A round beforehand is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name in random.sample(list(cases), len(cases)):
            figure = cases[name]()
            progress(f"round {number} of {rounds}: {name} {figure:.0f}")
            if number:
                taken[name].append(figure)
    return {name: Figure(median(found), min(found), max(found)) for name, found in taken.items()}


def progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


class Clock(threading.local):
    """Of one thread: the seconds that were `uncounted`."""

    away = 0.0


clock = Clock()


@contextmanager
def uncounted() -> Iterator[None]:
    """What a case does for the measurement alone, once the last byte of an answer is there."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        clock.away += time.perf_counter() - begun


def timed(case: Case) -> float:
    """Milliseconds, less what was `uncounted`."""
    begun, before = time.perf_counter(), clock.away
    case()
    return (time.perf_counter() - begun - (clock.away - before)) * 1000


def tell(name: str, value: float | None, unit: str, floor: float | None, detail: dict[str, Any]) -> None:
    """One JSON line a case, which docs/performance.md gets as well."""
    ratio = round(value / floor, 3) if floor and value is not None else None
    line = {"name": name, "value": value and round(value, 3), "unit": unit, "floor": floor and round(floor, 3)}
    if target := target_of(name):
        detail |= {"target": target.words}
    TOLD.append(line | {"ratio": ratio, "detail": detail})
    print(json.dumps(TOLD[-1]), flush=True)


def tell_figure(name: str, ours: Figure, floor: Figure | None, unit: str = "ms", **detail: Any) -> None:
    spread = {"min": round(ours.least, 3), "max": round(ours.most, 3)}
    if floor:
        spread |= {"floor_min": round(floor.least, 3), "floor_max": round(floor.most, 3)}
    tell(name, ours.middle, unit, floor.middle if floor else None, spread | detail)
