"""One person's rows and key out of a backup, into a database that others use: somebody whose journal was lost.

Not for whoever left: what they were promised holds (docs/decisions/0018).
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import import_string

from config.backup import DATA_KEYS, LEFT_OUT, applied, engine, manifest
from config.backup.manifest import Key
from config.backup.restoring import opened_by_the_ring, read_both

# A sign-in of that day is over.
NOT_THEIRS = {*LEFT_OUT, "usersessions_usersession"}


class Part(NamedTuple):
    """A table that holds rows of a person: those whose `column` names the person, or one of their rows of `of`."""

    table: str
    columns: tuple[str, ...]
    column: str
    of: str = ""


def restore_one(texts: Path, keys: Path, email: str, now: datetime) -> tuple[int, int]:
    """How many rows came back, and how many of their texts do not open. Raises ImproperlyConfigured."""
    head, needed = read_both(texts, keys)
    if head["migrations"] != applied():
        raise ImproperlyConfigured(
            "This backup and this database are of different versions. Restore it whole onto a machine of its own, "
            "which brings it up to date, make a backup there, and take the person from that one."
        )
    owner = _found(texts, email.strip().lower())
    kept = [key for key in manifest.read_keys(keys) if key.owner == owner]
    if not kept:
        raise ImproperlyConfigured("Their key is not in this backup of keys: nothing of theirs would open.")
    opened_by_the_ring(kept, sorted({key.kek_id for key in kept}))
    try:
        with transaction.atomic():
            return _bring(texts, owner, kept, now)
    except IntegrityError:
        raise ImproperlyConfigured("Rows that stand here are in the way. Nothing was touched.") from None


def _found(texts: Path, email: str) -> UUID:
    """Raises ImproperlyConfigured where there is nobody, where the account stands, and where they left."""
    people, users = _part_of_people(), get_user_model().objects
    found = dict(engine().pairs(texts, people.table, "email", "id"))
    if email not in found:
        raise ImproperlyConfigured("There is nobody with this address in this backup.")
    owner = UUID(found[email])
    if users.filter(pk=owner).exists() or users.filter(email=email).exists():
        raise ImproperlyConfigured("Their account stands, and what is in it stays as it is. Nothing was touched.")
    closed = {UUID(id) for id, _ in engine().pairs(texts, "accounts_leaving", "owner_id", "owner_id")}
    if owner in closed or list(import_string("accounts.ledger.noted")([owner])):
        raise ImproperlyConfigured(
            "They closed their journal for good, and nobody brings it back. Nothing was touched."
        )
    return owner


def _bring(texts: Path, owner: UUID, kept: list[Key], now: datetime) -> tuple[int, int]:
    at, ids, rows = engine(), dict[str, set[str]](), 0
    for part in parts():
        wanted = ids[part.of] if part.of else {at.written(owner)}
        found = list(at.rows(texts, part.table, part.columns, part.column, wanted))
        at.put(part.table, part.columns, found)
        rows += len(found)
        if "id" in part.columns:
            place = part.columns.index("id")
            ids[part.table] = {row[place] for row in found}
    make = apps.get_model("accounts", "DataKey").objects.create
    for key in kept:
        make(owner_id=key.owner, no=key.no, kek_id=key.kek_id, wrapped=key.wrapped)
    person = get_user_model().objects.get(pk=owner)
    with import_string("accounts.scope.scope")():
        said = list(import_string("accounts.opening.texts")(person))
    if said and all(said):
        raise ImproperlyConfigured("None of their texts opens with their key of this backup. Nothing was touched.")
    import_string("reminders.models.Schedule").objects.begin_anew(person, now)
    import_string("accounts.access.note")(person, apps.get_model("accounts", "Access").What.RESTORED)
    return rows, sum(map(bool, said))


def parts() -> list[Part]:
    """Found by looking at every model, so that a new one cannot be forgotten: first whoever is named by a person's id,
    then what hangs on these."""
    everything = [model for model in apps.get_models(include_auto_created=True) if _is_kept(model)]
    person = _part_of_people()
    found: dict[type[models.Model], Part] = {get_user_model(): person}
    for model in everything:
        for field in _links(model):
            if field.related_model is get_user_model():
                found.setdefault(model, Part(model._meta.db_table, _columns(model), field.column))
    while more := dict(_hanging_on(found, [model for model in everything if model not in found])):
        found |= more
    return list(found.values())


def _hanging_on(found: dict[Any, Part], others: list[Any]) -> Iterator[tuple[Any, Part]]:
    for model in others:
        for field in _links(model):
            part = found.get(field.related_model)
            if part and "id" in part.columns:
                yield model, Part(model._meta.db_table, _columns(model), field.column, of=part.table)
                break


def _part_of_people() -> Part:
    model = get_user_model()
    return Part(model._meta.db_table, _columns(model), "id")


def _is_kept(model: type[models.Model]) -> bool:
    return model._meta.managed and model._meta.db_table not in NOT_THEIRS | {DATA_KEYS}


def _links(model: type[models.Model]) -> Iterator[Any]:
    return (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    """A number that the database gave is given anew: somebody else may have it by now."""
    fields = [field for field in model._meta.concrete_fields if field.column]
    return tuple(str(field.column) for field in fields if not isinstance(field, models.AutoField))
