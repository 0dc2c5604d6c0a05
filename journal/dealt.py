"""Which of many comes by itself: by the day another, and the same all day long. Pure: nothing is remembered for it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def dealt(many: Iterable[T], by: object, name: Callable[[T], object] = str) -> list[T]:
    """All of them, shuffled by a day or a person; what else is among them changes nothing in their order."""
    return sorted(many, key=lambda one: _digest(by, name(one)))


def thrown(sides: int, by: object) -> int:
    """A die of so many sides, for more than can be read at once."""
    return int.from_bytes(_digest(by, sides)) % sides


def in_turn(many: Sequence[T], today: date) -> T | None:
    """One after the other and from the beginning again: of two that are there, tomorrow brings the other."""
    return many[today.toordinal() % len(many)] if many else None


def _digest(by: object, name: object) -> bytes:
    return sha256(f"{by}|{name}".encode()).digest()
