"""Figures as Prometheus reads them: its text format 0.0.4. Where counters come from: config.tally."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import ClassVar

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# What the format escapes: in a help text the first two, in the value of a label all of them.
ESCAPED = {"\\": r"\\", "\n": r"\n", '"': r"\""}

Labels = Mapping[str, str]


@dataclass(frozen=True)
class Gauge:
    """One name, and a figure for each set of labels. Without a figure the name is still said."""

    name: str
    help: str
    samples: Sequence[tuple[Labels, float]] = ()
    kind: ClassVar[str] = "gauge"

    @classmethod
    def one(cls, name: str, help: str, figure: float | None, **labels: str) -> "Gauge":
        """None is a figure that nobody knows."""
        return cls(name, help, [] if figure is None else [(labels, figure)])

    def lines(self) -> Iterator[str]:
        return (f"{self.name}{_labels(labels)} {figure}" for labels, figure in self.samples)


class Counter(Gauge):
    """It only rises, and begins again where the web does. Its name ends in `_total`."""

    kind = "counter"


@dataclass(frozen=True)
class Histogram:
    """For each set of labels how many fell into each bucket, the last of which has no bound, and their sum."""

    name: str
    help: str
    bounds: Sequence[float]
    samples: Sequence[tuple[Labels, Sequence[int], float]] = field(default=())
    kind: ClassVar[str] = "histogram"

    def lines(self) -> Iterator[str]:
        for labels, buckets, total in self.samples:
            up_to = list(accumulate(buckets))
            for bound, number in zip([*map(str, self.bounds), "+Inf"], up_to, strict=True):
                yield f"{self.name}_bucket{_labels({**labels, 'le': bound})} {number}"
            yield f"{self.name}_sum{_labels(labels)} {total}"
            yield f"{self.name}_count{_labels(labels)} {up_to[-1]}"


Figure = Gauge | Histogram


def rendered(figures: Iterable[Figure]) -> str:
    return "".join(f"{line}\n" for figure in figures for line in _lines(figure))


def _lines(figure: Figure) -> Iterator[str]:
    yield f"# HELP {figure.name} {_escaped(figure.help, quotes=False)}"
    yield f"# TYPE {figure.name} {figure.kind}"
    yield from figure.lines()


def _labels(labels: Labels) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _escaped(text: str, quotes: bool = True) -> str:
    return "".join(ESCAPED.get(sign, sign) if quotes or sign != '"' else sign for sign in text)
