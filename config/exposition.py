"""Figures as Prometheus reads them: its text format 0.0.4, gauges alone.

A library would bring counters that live in a process; ours stand in the database, and are the same in every process.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# What the format escapes: in a help text the first two, in the value of a label all of them.
ESCAPED = {"\\": r"\\", "\n": r"\n", '"': r"\""}


@dataclass(frozen=True)
class Gauge:
    """One name, and a figure for each set of labels. Without a figure the name is still said."""

    name: str
    help: str
    samples: Sequence[tuple[Mapping[str, str], float]] = ()

    @classmethod
    def one(cls, name: str, help: str, figure: float | None, **labels: str) -> "Gauge":
        """None is a figure that nobody knows."""
        return cls(name, help, [] if figure is None else [(labels, figure)])


def rendered(gauges: Iterable[Gauge]) -> str:
    return "".join(f"{line}\n" for gauge in gauges for line in _lines(gauge))


def _lines(gauge: Gauge) -> Iterable[str]:
    yield f"# HELP {gauge.name} {_escaped(gauge.help, quotes=False)}"
    yield f"# TYPE {gauge.name} gauge"
    for labels, figure in gauge.samples:
        yield f"{gauge.name}{_labels(labels)} {figure}"


def _labels(labels: Mapping[str, str]) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _escaped(text: str, quotes: bool = True) -> str:
    return "".join(ESCAPED.get(sign, sign) if quotes or sign != '"' else sign for sign in text)
