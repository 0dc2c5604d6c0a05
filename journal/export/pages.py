"""Reading all that a person wrote, page after page. No cursor is open while bytes go out."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast

from accounts.models import User
from journal.export.choice import Choice
from journal.models.owned import Owned, OwnedQuerySet
from journal.models.telling import Row as Row
from journal.models.telling import Telling, beside, dashed

PAGE = 500


@dataclass
class Reader:
    """One person's rows, those that were chosen.

    A text that cannot be opened stands as `instead`, and its bytes are noted in `unopened`.
    """

    user: User
    choice: Choice
    instead: str | None = None
    unopened: dict[tuple[str, str], Row] = field(default_factory=dict)

    def pages(self, noun: str, order: OwnedQuerySet, rows: OwnedQuerySet, *names: str) -> Iterator[list[Row]]:
        """Those of `rows` that `order` names and that were chosen, in that order, at most PAGE at a time.

        What is there at the beginning comes exactly once, whatever is changed meanwhile. Between two pages only ids
        are held, sixteen bytes each.
        """
        ids, telling = bytearray(), Telling(rows, self.user, *names)
        for id in self.chosen(order).values_list(Cast("pk", CharField()), flat=True).iterator(chunk_size=2000):
            ids += bytes.fromhex(id.replace("-", ""))
        for start in range(0, len(ids), 16 * PAGE):
            page = ids[start : start + 16 * PAGE].hex()
            wanted = [dashed(page[at : at + 32]) for at in range(0, len(page), 32)]
            found = {row["pk"]: row for row in self._noted(noun, telling.rows(wanted))}
            yield [found[id] for id in wanted if id in found]

    def chosen(self, rows: OwnedQuerySet) -> OwnedQuerySet:
        return self.choice.narrowed(rows, self.user)

    def rows(self, noun: str, rows: OwnedQuerySet, *names: str) -> Iterator[Row]:
        """Few enough to be read at once."""
        yield from self._noted(noun, Telling(rows, self.user, *names).rows())

    def _noted(self, noun: str, told: Iterator[tuple[Row, list[str]]]) -> Iterator[Row]:
        for row, unopened in told:
            for name in unopened:
                if isinstance(row[name], bytes):
                    self._note(noun, row, name)
            yield row

    def _note(self, noun: str, row: Row, name: str) -> None:
        """What belongs to a row (`lesson__kind_words`) is a noun of its own."""
        path, _, column = name.rpartition("__")
        self.note(f"{path}s" if path else noun, row[beside(name)], column, row[name])
        row[name] = self.instead

    def note(self, noun: str, id: str, name: str, value: bytes) -> None:
        kept = base64.b64encode(value).decode()
        self.unopened[id, name] = {"noun": noun, "id": id, "field": name, "sealed": kept}


def linked(model: type[Owned], name: str, page: list[Row]) -> dict[str, list[str]]:
    """What the rows of a page are linked with through the field `name`: ids by row, in the order of linking.

    Sorted here: asked to do it, PostgreSQL walks everybody's links in their order instead of finding these.
    """
    relation: Any = model._meta.get_field(name)
    here, there = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    links = relation.remote_field.through._base_manager.filter(**{f"{here}__pk__among": [row["pk"] for row in page]})
    texts = [Cast(f"{column}_id", CharField()) for column in (here, there)]
    made, found = _Ids(), dict[str, list[str]]()
    for _, row, other in sorted(links.order_by().values_list("pk", *texts)):
        found.setdefault(made[row], []).append(made[other])
    return found


class _Ids(dict[str, str]):
    """A page has few ids many times, and each is written out but once."""

    def __missing__(self, text: str) -> str:
        return self.setdefault(text, dashed(text))
