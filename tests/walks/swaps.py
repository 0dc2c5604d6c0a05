"""Every sealed text of two people, tried in every place that is not its own."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.apps import apps

from accounts.scope import scope
from accounts.sealed import Damaged, Sealed, SealedTextField, seal, unseal


class Text(NamedTuple):
    model: Any
    field: SealedTextField
    owner: UUID
    row: UUID
    sealed: bytes


def fields() -> list[tuple[Any, SealedTextField]]:
    """Of every model that is a table."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    ]


def texts() -> list[Text]:
    found = []
    for model, field in fields():
        for row in model._base_manager.all():
            if isinstance(kept := field.kept(row), Sealed) and kept:
                found.append(Text(model, field, getattr(row, field.owner), row.pk, bytes(kept)))
    return found


def unwritten(owner: UUID, every: list[Text]) -> list[Text]:
    """One of each field that nobody has written into, such as an earlier wording: sealed as it would be."""
    known = {one.field.label for one in every}
    rows = [(model, field, uuid4()) for model, field in fields() if field.label not in known]
    return [Text(model, field, owner, row, seal("heliotrope", owner, field.label, row)) for model, field, row in rows]


def tried(every: list[Text]) -> tuple[int, int, int]:
    """How many opened in their own place, how many were tried elsewhere, how many of these opened."""
    with scope():
        at_home = sum(_opens(one.sealed, one.owner, one.field.label, one.row) for one in every)
        elsewhere = [_opens(one.sealed, *place) for one in every for place in _other_places(one, every)]
    return at_home, len(elsewhere), sum(elsewhere)


def _other_places(one: Text, every: list[Text]) -> Iterator[tuple[UUID, str, UUID]]:
    """Another row of the same person, another person’s row as theirs and as one’s own, each other field."""
    rows = {other.row: other.owner for other in every if other.row != one.row}
    mine = next(row for row, owner in rows.items() if owner == one.owner)
    theirs, them = next((row, owner) for row, owner in rows.items() if owner != one.owner)
    yield one.owner, one.field.label, mine
    yield one.owner, one.field.label, theirs
    yield them, one.field.label, theirs
    yield them, one.field.label, one.row
    for label in {field.label for _, field in fields()} - {one.field.label}:
        yield one.owner, label, one.row


def _opens(sealed: bytes, owner: UUID, label: str, row: UUID) -> bool:
    try:
        return unseal(sealed, owner, label, row) is not None
    except Damaged:
        return False


def moved() -> tuple[int, int]:
    """In the tables themselves: each field of a row takes the other person’s bytes, and is read by the model."""
    tried = opened = 0
    with scope():
        every = texts()
        for one in every:
            other = next((other for other in every if other.field is one.field and other.owner != one.owner), None)
            if other:
                one.model._base_manager.filter(pk=one.row).update(**{one.field.attname: Sealed(other.sealed)})
                tried, opened = tried + 1, opened + _reads(one)
                one.model._base_manager.filter(pk=one.row).update(**{one.field.attname: Sealed(one.sealed)})
    return tried, opened


def _reads(one: Text) -> bool:
    try:
        return getattr(one.model._base_manager.get(pk=one.row), one.field.attname) is not None
    except Damaged:
        return False
