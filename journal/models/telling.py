"""Rows with their texts opened, for taking everything along: a page of them at once, column by column. No instance is
made: it takes a third of the time.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from accounts.models import User
from accounts.sealed import Damaged, Sealed, SealedTextField, opener
from journal.models.owned import Open, OwnedQuerySet

AT_ONCE = 500
Row = dict[str, Any]


class Telling:
    """`pk` and each of `names` of this owner's rows, ids as text.

    `lesson__kind_words` is a text of what belongs to a row; `lesson__pk` comes with it. The owner is compared here:
    with two conditions SQLite may look through all of a person's rows for each page of them.
    """

    def __init__(self, rows: OwnedQuerySet, owner: User, *names: str) -> None:
        self.owner = owner
        fields = {name: _field(rows.model, name) for name in names}
        sealed = {name: field for name, field in fields.items() if isinstance(field, SealedTextField)}
        self.openers = {name: (beside(name), opener(owner.pk, field.label)) for name, field in sealed.items()}
        ids = dict.fromkeys(["pk", "owner_id", *(id for id, _ in self.openers.values())])
        self.ids = ids | dict.fromkeys(name for name, field in fields.items() if isinstance(field, models.ForeignKey))
        casts: dict[str, Any] = {f"{name}_as_text": Cast(name, models.CharField()) for name in self.ids}
        casts |= {f"{name}_as_bytes": Cast(name, models.BinaryField()) for name in sealed}
        plain = [name for name in names if name not in self.ids and name not in sealed]
        self.names = (*self.ids, *sealed, *plain)
        self.values = rows.annotate(**casts).values_list(*casts, *plain)

    def rows(self, pks: Sequence[str] | None = None) -> Iterator[tuple[Row, list[str]]]:
        """Each row, and which of its page's texts did not all open: such a text stands as the bytes that are kept."""
        values = iter(self.values if pks is None else self.values.filter(pk__among=pks))
        while chunk := list(islice(values, AT_ONCE)):
            yield from self._told(chunk)

    def _told(self, chunk: list[Any]) -> Iterator[tuple[Row, list[str]]]:
        at, own = self.names.index("owner_id"), (self.owner.pk.hex, str(self.owner.pk))
        rows = [row for row in chunk if row[at] in own]
        if not rows:
            return
        columns: dict[str, Any] = dict(zip(self.names, zip(*rows, strict=True), strict=True))
        for name, (id, open_) in self.openers.items():
            columns[name] = _texts(columns[name], columns[id], open_)
        for name in self.ids:
            columns[name] = [id and dashed(id) for id in columns[name]]
        del columns["owner_id"]
        unopened = [name for name in self.openers if Sealed in set(map(type, columns[name]))]
        for row in zip(*columns.values(), strict=True):
            yield dict(zip(columns, row, strict=True)), unopened


def _field(model: Any, name: str) -> Any:
    """The field at the end of a path such as `lesson__kind_words`; None for what a query has added."""
    *path, column = name.split("__")
    for part in path:
        model = model._meta.get_field(part).related_model
    return next((field for field in model._meta.concrete_fields if column in (field.name, field.attname)), None)


def beside(name: str) -> str:
    """The id that a sealed text is bound to: its row's own, or that of what belongs to it."""
    return "__".join([*name.split("__")[:-1], "pk"])


def dashed(id: str) -> str:
    """An id as text, the same from every database (SQLite has it without dashes)."""
    return f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}" if len(id) == 32 else id


def _texts(sealed: Sequence[bytes | None], ids: Sequence[str], open_: Open) -> list[str | bytes]:
    if not any(sealed):
        return [""] * len(sealed)
    return [_text(one, id, open_) if one else "" for one, id in zip(sealed, ids, strict=True)]


def _text(sealed: bytes, id: str, open_: Open) -> str | bytes:
    try:
        return open_(sealed, bytes.fromhex(id if len(id) == 32 else id.replace("-", ""))).decode()
    except Damaged:
        return Sealed(sealed)
