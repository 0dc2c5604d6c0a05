"""Each person's data keys. One seals what that person writes; the ring (accounts.ring) wraps it.

A data key is created, wrapped, opened and destroyed here. Nothing here prints a key, and nothing but a scope
(accounts.scope) holds an opened one.
"""

from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Count

from accounts import ring
from accounts.ring import NONCE as NONCE
from accounts.ring import Locked as Locked
from accounts.scope import held

TRIED = 20  # wrapped keys that may be damaged before the ring is held to be the wrong one


def _rows() -> Any:
    return apps.get_model("accounts", "DataKey").objects.all()


# A person's keys


def create(owner: UUID, no: int = 1) -> None:
    """A first (or next) data key; the ring's primary key wraps it."""
    kek_id, wrapped = ring.current().wrap(owner, no, AESGCM.generate_key(256))
    _rows().create(owner_id=owner, no=no, kek_id=kek_id, wrapped=wrapped)


def newest(owner: UUID) -> tuple[int, AESGCM]:
    """The key that seals what this person writes now, and its number. Raises Locked."""
    opened = of(owner)
    no = max(opened)
    return no, opened[no]


def of(owner: UUID) -> dict[int, AESGCM]:
    """A person's data keys by number, at least one. Raises Locked where one of them cannot be opened."""
    kept = held()
    if kept is not None and (opened := kept.get(owner)):
        return opened
    rows = _wrapped(owner)
    if not rows:
        raise Locked("There is no data key.")
    now = ring.current()
    opened = {no: AESGCM(now.open(owner, no, kek_id, bytes(wrapped))) for no, kek_id, wrapped in rows}
    if kept is not None:
        kept[owner] = opened
    return opened


def _wrapped(owner: UUID) -> list[tuple[int, str, bytes]]:
    """(number, master key, wrapped key). Asked on every request: its own words take a third of the time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT no, kek_id, wrapped FROM accounts_datakey WHERE owner_id = %s",
            [owner if connection.features.has_native_uuid_field else owner.hex],
        )
        rows: list[tuple[int, str, bytes]] = cursor.fetchall()
        return rows


def destroy(owner: UUID) -> None:
    """After this nothing the person wrote can be opened again."""
    _rows().filter(owner_id=owner).delete()
    if (kept := held()) is not None:
        kept.pop(owner, None)


# The ring they need


def needed() -> dict[str, int]:
    """How many data keys in the database each master key wraps, by its name; none before the first migration."""
    if _rows().model._meta.db_table not in connection.introspection.table_names():
        return {}
    return dict(_rows().values_list("kek_id").annotate(Count("no")).order_by("kek_id"))


def ensure_ring() -> None:
    """Makes the first ring where it is ours to make and nothing was ever sealed; raises where one is missing."""
    path = ring.place()
    if path.exists():
        ring.read(path)
    elif needed() or not settings.MAKES_RING:
        raise _missing()
    else:
        ring.make(path)


def add() -> str:
    """A new master key, primary from now on; the first ring where there is none and nothing was sealed yet.

    Raises ImproperlyConfigured, or OSError where the file cannot be written. Answers the key's name.
    """
    path = ring.place()
    if path.exists():
        return ring.extend(path, needed())
    if needed():
        raise _missing()
    return ring.make(path)


def refuse_without_ring() -> None:
    """Raises ImproperlyConfigured, naming the key, where the ring cannot open what the database holds.

    A data key of each master key is opened, so that another key under the same name is noticed too.
    """
    if not ring.place().exists():
        raise _missing()
    kept = ring.read(ring.place())
    for name in needed():
        try:
            _open_one(kept, name)
        except Locked as error:
            raise ImproperlyConfigured(f"{error} The texts here need it; put the right key ring in place.") from None


def _missing() -> ImproperlyConfigured:
    said = f"There is no key ring at {ring.place()}"
    if names := ", ".join(needed()):
        return ImproperlyConfigured(f"{said}; the texts here need the key {names}.")
    return ImproperlyConfigured(f"{said}: make one with manage.py keys add.")


def _open_one(kept: ring.Ring, name: str) -> None:
    """Raises Locked where none of the first data keys opens: a single damaged one stops nobody else."""
    trouble = None
    for row in _rows().filter(kek_id=name)[:TRIED]:
        try:
            kept.open(row.owner_id, row.no, row.kek_id, bytes(row.wrapped))
            return
        except Locked as error:
            trouble = error
    if trouble:
        raise trouble
