"""Changing keys under running feet: every step is whole by itself, and whatever ends one, running it again goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import add, or_
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.models.functions import Coalesce, Length, Substr

from accounts import keys, ring
from accounts.models import DataKey, User
from accounts.scope import scope
from accounts.sealed import HEAD, Damaged, SealedTextField, seal

BATCH = 500
# Bytes of texts that are held while they are sealed anew: pieces of a file that waits have a mebibyte and more each.
AT_ONCE = 8 * 1024 * 1024
# A sealed text names its key in one byte.
MOST = 255


@dataclass
class Done:
    changed: int = 0
    # What stayed as it was, by id alone.
    left: list[str] = field(default_factory=list)


def rotate() -> Iterator[Done]:
    """Wraps each data key with the ring's primary, a batch at a time; what it wraps is untouched.

    A data key that another process wrapped meanwhile stays as that one left it.
    """
    last: tuple[Any, ...] = (UUID(int=0), 0)
    while rows := _behind(last):
        yield _rewrap(rows)
        last = rows[-1].pk


def _behind(last: tuple[Any, ...]) -> list[DataKey]:
    rows = DataKey.objects.exclude(kek_id=ring.current().primary).filter(pk__gt=last)
    return list(rows.order_by("owner_id", "no")[:BATCH])


@transaction.atomic
def _rewrap(rows: list[DataKey]) -> Done:
    done, now = Done(), ring.current()
    for row in rows:
        try:
            key = now.open(row.owner_id, row.no, row.kek_id, bytes(row.wrapped))
        except keys.Locked as error:
            done.left.append(f"person {row.owner_id}, key {row.no}: {error}")
            continue
        kek_id, wrapped = now.wrap(row.owner_id, row.no, key)
        same = DataKey.objects.filter(pk=row.pk, kek_id=row.kek_id)
        done.changed += same.update(kek_id=kek_id, wrapped=wrapped)
    return done


def retire(name: str) -> None:
    """Takes a master key out of the ring for good. Raises ImproperlyConfigured while anything needs it."""
    if count := keys.needed().get(name, 0):
        raise ImproperlyConfigured(f"{name} still wraps data keys ({count}): keys rotate first.")
    ring.shorten(ring.place(), name)


def reseal(person: User) -> Iterator[Done]:
    """A new data key, and every text of this person sealed again with it, a batch at a time.

    Older keys stay: a request that began before may still seal with one. `forget` takes them once that is over.
    Running it again goes on with the newest key where texts are still sealed with an older one, instead of making
    another.
    """
    newest = _newest(person)
    if not any(True for _ in _older(person, newest)):
        if newest == MOST:
            raise ImproperlyConfigured("This person has had as many keys as there can be.")
        keys.create(person.pk, newest + 1)
    yield from sweep(person)


def sweep(person: User) -> Iterator[Done]:
    """Seals with the newest key whatever an older one has sealed."""
    for model, rows in _older(person, _newest(person)):
        with scope():
            yield _reseal(model, rows)


def forget(person: User) -> int:
    """Destroys this person's older keys. How many that were; raises ImproperlyConfigured while a text needs one."""
    newest = _newest(person)
    if count := sum(len(rows) for _, rows in _older(person, newest)):
        raise ImproperlyConfigured(f"Rows that still need an older key: {count}. Nothing was destroyed.")
    return DataKey.objects.filter(owner=person, no__lt=newest).delete()[0]


def _newest(person: User) -> int:
    return cast(int, DataKey.objects.filter(owner=person).aggregate(no=models.Max("no"))["no"])


def sealed_models() -> Iterator[tuple[type[models.Model], list[SealedTextField]]]:
    """Found by looking, so that a new one cannot be forgotten."""
    for model in apps.get_models():
        fields = [one for one in model._meta.concrete_fields if isinstance(one, SealedTextField)]
        if fields:
            yield model, fields


def _older(person: User, newest: int) -> Iterator[tuple[type[models.Model], list[Any]]]:
    """Ids of rows with a text that an older key sealed: at most BATCH at a time, and no more than AT_ONCE bytes of text
    where a row has not more by itself. Of the texts only their beginnings are read, which name their keys.
    """
    for model, fields in sealed_models():
        ids, size = list[Any](), 0
        for id, length, *heads in _heads(model, fields, person):
            if not any(_is_older(head, newest) for head in heads):
                continue
            if ids and (len(ids) >= BATCH or size + length > AT_ONCE):
                yield model, ids
                ids, size = [], 0
            ids.append(id)
            size += length
        if ids:
            yield model, ids


def _heads(model: type[models.Model], fields: list[SealedTextField], person: User) -> Iterator[tuple[Any, ...]]:
    """Of each row its id, the bytes of all its texts, and how each of them begins; no cursor is open meanwhile."""
    filled = reduce(or_, (models.Q((f"{one.name}__filled", True)) for one in fields))
    size = reduce(add, (Coalesce(Length(one.name), 0) for one in fields))
    heads = [Substr(one.name, 1, HEAD, output_field=models.BinaryField()) for one in fields]
    mine = model._base_manager.filter(filled, **{fields[0].owner: person.pk}).order_by("pk")
    rows, last = mine.values_list("pk", size, *heads), None
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:BATCH]):
        last = batch[-1][0]
        yield from batch


def _is_older(kept: bytes, newest: int) -> bool:
    return bool(kept) and kept[1] < newest


@transaction.atomic
def _reseal(model: type[models.Model], ids: list[Any]) -> Done:
    """No writer comes between reading and writing: PostgreSQL locks the rows, SQLite everything."""
    fields, done = dict(sealed_models())[model], Done()
    for row in model._base_manager.select_for_update().filter(pk__in=ids).order_by("pk"):
        owner = getattr(row, fields[0].owner)
        newest, _key = keys.newest(owner)
        for one in fields:
            kept = one.kept(row)
            if not _is_older(kept, newest):
                continue
            try:
                fresh = seal(one.unseal(kept, row), owner, one.label, row.pk)
            except Damaged as error:
                done.left.append(f"{one.label} {row.pk}: {error}")
                continue
            model._base_manager.filter(pk=row.pk).update(**{one.name: fresh})
            done.changed += 1
    return done
