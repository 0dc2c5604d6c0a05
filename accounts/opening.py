"""Whether what a person wrote can be opened, text by text, without showing any of it."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db import models

from accounts.models import User
from accounts.rotation import sealed_models
from accounts.sealed import Damaged, SealedTextField

BATCH = 500


def texts(person: User, every: bool = True) -> Iterator[str]:
    """For each text, or for one alone: "" where it opens, else which it is and why not. Raises keys.Locked."""
    for field, row in _sealed_of(person, BATCH if every else 1):
        try:
            field.unseal(field.kept(row), row)
            yield ""
        except Damaged as error:
            yield f"{field.label} {row.pk}. It is {error}."
        if not every:
            return


def _sealed_of(person: User, size: int) -> Iterator[tuple[SealedTextField, models.Model]]:
    """Every sealed text of a person, of whatever model."""
    for model, fields in sealed_models():
        filled = reduce(or_, (models.Q((f"{field.name}__filled", True)) for field in fields))
        rows = model._base_manager.filter(filled, **{fields[0].owner: person.pk})
        for row in in_batches(rows.only("pk", fields[0].owner, *(field.name for field in fields)), size):
            yield from ((field, row) for field in fields if field.kept(row))


def in_batches(rows: models.QuerySet[Any], size: int = BATCH) -> Iterator[Any]:
    """Each batch is read whole before the next: an open read would keep others from writing (SQLite)."""
    rows, last = rows.order_by("pk"), None
    while batch := list(rows.filter(pk__gt=last)[:size] if last else rows[:size]):
        yield from batch
        last = batch[-1].pk
