"""What each case is aimed at. The aims were set on a machine where F3, a bare page of Django's, takes 5.7 ms: a time is
also looked at in multiples of F3, for a slower machine is not a slower program.
"""

from dataclasses import dataclass, field
from typing import Any

F3_WHERE_AIMED = 5.7  # ms
Line = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """Bounds of `value`, of `ratio`, or of what the detail has under a name; `clock`: times, which the machine decides
    as well.
    """

    words: str
    most: dict[str, float] = field(default_factory=dict)
    least: dict[str, float] = field(default_factory=dict)
    clock: bool = False

    def judges(self, line: Line) -> bool:
        """Whether all that it bounds was measured: a case can have no floor."""
        found = line["detail"] | {"value": line["value"], "ratio": line["ratio"]}
        return all(found[name] is not None for name in (*self.most, *self.least))

    def reached(self, line: Line, slower: float = 1.0) -> bool:
        """On a machine that takes `slower` times as long for F3."""
        found = line["detail"] | {"value": line["value"], "ratio": line["ratio"]}
        scale = slower if self.clock else 1.0
        below = all(found[name] <= bound * scale for name, bound in self.most.items())
        return below and all(found[name] >= bound for name, bound in self.least.items())


def within(words: str, milliseconds: float, **more: float) -> Target:
    return Target(words, most={"value": milliseconds} | more, clock=True)


def lightest(kilobytes: float) -> Target:
    return Target(f"≤ {kilobytes:g} KB", most={"value": kilobytes})


LIGHTHOUSE = {"lcp_s": 1.2, "tbt_ms": 30, "cls": 0.005}
# By the beginning of a case's name; the first one that fits counts.
TARGETS: dict[str, Target] = {
    "W1-same": Target("0.9–1.1: a claim needs more than that", {"ratio": 1.1}, {"ratio": 0.9}),
    "W1-": Target("≤ 1.0 × F3", {"ratio": 1.0}),
    "W2-": Target("≤ 1.1 × W1", {"ratio": 1.1}),
    "W3-": within("≤ 9 ms", 9),
    "W4-rare-2000-sqlite": within("≤ 25 ms", 25),
    "W4-common-2000-sqlite": within("≤ 25 ms", 25),
    "W4-rare-10000-sqlite": within("≤ 90 ms", 90),
    "W4-common-10000-sqlite": within("≤ 90 ms", 90),
    "W4-rare-2000-": within("≤ 40 ms", 40),
    "W4-common-2000-": within("≤ 40 ms", 40),
    "W4-": within("≤ 140 ms", 140),
    "W5-pdf": within("≤ 1 s", 1000),
    "W5-": Target(
        "≤ 0.9 s, first byte ≤ 50 ms, ≤ 16 MB more held", {"value": 900, "first_byte_ms": 50, "grown_mb": 16}
    ),
    "W6-": within("≤ 12 ms", 12),
    "W7-": Target("≤ 1.15 × the same with 100 entries", {"ratio": 1.15}),
    "W8-": Target("≥ 1.0 × F3", least={"ratio": 1.0}),
    "W9-plan": Target("≥ 0.75 × a plain loop", least={"ratio": 0.75}),
    "W9-idle": within("≤ 1 ms", 1),
    "W10-": Target("≥ 800 a second", least={"value": 800}),
    "W10n-": Target("≥ 0.9 × 40 / (4 round trips) = 450 a second", least={"value": 450}),
    "W11-": Target("≤ 170 MB", {"value": 170}),
    "W12-journal-html": lightest(9),
    "W12-journal-css": lightest(18),
    "W12-journal-js": lightest(17),
    "W12-journal-art": lightest(12),
    "W12-journal-fonts": lightest(46),
    "W12-sign-in": lightest(14),
    "W12-lighthouse": Target("≥ 99, LCP ≤ 1.2 s, TBT ≤ 30 ms, CLS ≤ 0.005", LIGHTHOUSE, {"value": 99}),
    "W12-inp": Target("≤ 100 ms with the processor at a quarter", {"value": 100}),
    "W13-": Target("≤ 3 s", {"value": 3}),
}


def target_of(name: str) -> Target | None:
    """None for a figure that says something and has no aim."""
    return next((target for beginning, target in TARGETS.items() if name.startswith(beginning)), None)
