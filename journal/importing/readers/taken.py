"""One row of a source, taken field by field: nothing is read twice, and what nobody took is still there at the end."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from journal.importing.readers.text import tidy

# Beyond this no computer counts by fractions; Journey writes 1.797e308 for "nothing".
LARGEST = 1e15
NOTHING: tuple[Any, ...] = (None, "", [], {})


class Fields:
    """A value of another type than was asked for is not taken: it stays among what is left."""

    def __init__(self, row: Any) -> None:
        self.held: dict[str, Any] = {str(key): value for key, value in row.items()} if isinstance(row, Mapping) else {}

    def text(self, *names: str) -> str:
        """The first of these that is a text; "" where none is."""
        for name in names:
            if isinstance(self.held.get(name), str):
                return tidy(self.held.pop(name))
        return ""

    def line(self, *names: str) -> str:
        return " ".join(self.text(*names).split())

    def number(self, name: str) -> float | None:
        value = self.held.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST:
            return None
        return float(self.held.pop(name))

    def whole(self, name: str) -> int | None:
        value = self.held.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
            return None
        return int(self.held.pop(name))

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts, each once."""
        value = self.held.get(name)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return ()
        del self.held[name]
        return words(value)

    def rows(self, name: str) -> Iterator["Fields"]:
        """Of a list of objects; of anything else none."""
        value = self.held.get(name)
        if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
            yield from map(Fields, self.held.pop(name))

    def left_out(self, reasons: Mapping[str, str]) -> tuple[str, ...]:
        """Takes these fields away; why, for those that held something."""
        found = [reason for name, reason in reasons.items() if self.held.pop(name, None)]
        return tuple(dict.fromkeys(found))

    def left(self) -> dict[str, Any]:
        """What nobody took, without what says nothing."""
        return {name: value for name, value in self.held.items() if value is not False and value not in NOTHING}


def words(found: list[str]) -> tuple[str, ...]:
    """Tags in their order, each once, in one line."""
    lines = (" ".join(tidy(one).split()) for one in found)
    return tuple(dict.fromkeys(one for one in lines if one))


class Ids:
    """Ids of rows that have none: the same row has the same id in each file, and a second one like it another."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def of(self, *parts: object) -> str:
        digest = hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]
        return self.once(digest)

    def once(self, id: str) -> str:
        """An id that came before in this file is told apart by how often it came."""
        self.seen[id] = self.seen.get(id, 0) + 1
        return id if self.seen[id] == 1 else f"{id}-{self.seen[id]}"


def titled(title: str, text: str) -> str:
    """A title is the first line, where the text does not begin with it."""
    if not title or text == title or text.startswith(f"{title}\n"):
        return text or title
    return f"{title}\n\n{text}" if text else title
