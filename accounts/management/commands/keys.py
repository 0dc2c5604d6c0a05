"""manage.py keys status|add|verify: the master-key ring, and whether everything that is sealed can be opened.

It runs without a right ring, prints no key material ever, and names rows by id alone.
"""

import stat
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models
from django.utils import timezone

from accounts import keys, ring
from accounts.models import User
from accounts.scope import scope
from accounts.sealed import Damaged, SealedTextField

BATCH = 500
COPY = (
    "Keep a copy of the ring, as it stands now, on another machine and apart from the backups of the database. Without "
    "it nothing that was written here can ever be read again; with it, a stolen backup can be."
)


class Command(BaseCommand):
    help = "The master-key ring: status, add a key, verify that what is sealed can be opened."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("status", help="where the ring is, its primary key, how many people each key serves")
        verbs.add_parser("add", help="a new key, primary from now on; the first ring where there is none")
        verify = verbs.add_parser("verify", help="opens one data key and one text a person")
        verify.add_argument("--all", action="store_true", dest="every", help="opens every text of every person")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            {"status": self._status, "add": self._add, "verify": self._verify}[verb](**options)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None

    def _status(self, **options: Any) -> None:
        path = ring.place()
        self.stdout.write(f"Ring: {path}")
        counts = keys.needed()
        kept = ring.read(path) if path.exists() else None
        for name in sorted({*counts, *(kept.keys if kept else ())}):
            self.stdout.write(f"  {name}: {_told(name, kept)}, {_count(counts.get(name, 0), 'data key')}")
        keys.refuse_without_ring()
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            self.stdout.write("Other accounts of this machine can read the ring; chmod 600 closes it to them.")
        self.stdout.write(COPY)

    def _add(self, **options: Any) -> None:
        try:
            name = keys.add()
        except OSError as error:
            raise CommandError(f"The key ring at {ring.place()} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"The ring at {ring.place()} has the key {name}, primary from now on: new people use it.")
        self.stdout.write(COPY)

    def _verify(self, every: bool = False, **options: Any) -> None:
        counts: Counter[str] = Counter()
        # Whoever closed their journal for good has no key any more; their rows go with the next pass.
        for person in _in_batches(User.objects.exclude(leaving__goes_at__lte=timezone.now()).only("pk")):
            with scope():
                self._verify_person(person, every, counts)
        texts = "every text" if every else "one text a person"
        opened = ", ".join(_count(counts[noun], noun) for noun in ("person", "data key", "text"))
        self.stdout.write(f"Opened: {opened} ({texts}).")
        if counts["locked"] or counts["damaged"]:
            locked, damaged = _count(counts["locked"], "person"), _count(counts["damaged"], "text")
            raise CommandError(f"Locked: {locked}. Damaged: {damaged}.")

    def _verify_person(self, person: User, every: bool, counts: Counter[str]) -> None:
        try:
            counts["data key"] += len(keys.of(person.pk))
        except keys.Locked as error:
            counts["locked"] += 1
            self.stderr.write(f"locked: person {person.pk}. {error}")
            return
        counts["person"] += 1
        for field, row in _sealed_of(person, BATCH if every else 1):
            try:
                field.unseal(field.kept(row), row)
                counts["text"] += 1
            except Damaged as error:
                counts["damaged"] += 1
                self.stderr.write(f"damaged: {field.label} {row.pk}. It is {error}.")
            if not every:
                return


def _told(name: str, kept: ring.Ring | None) -> str:
    if not kept or name not in kept.keys:
        return "not in the ring"
    return "primary" if name == kept.primary else "in the ring"


def _count(number: int, noun: str) -> str:
    plural = {"person": "people"}.get(noun, f"{noun}s")
    return f"{number:,} {noun if number == 1 else plural}"


def _sealed_of(person: User, size: int) -> Iterator[tuple[SealedTextField, models.Model]]:
    """Every sealed text of a person, of whatever model: found by looking, so that a new one cannot be forgotten."""
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]
        filled = reduce(or_, (models.Q((f"{field.name}__filled", True)) for field in fields), models.Q())
        if not fields:
            continue
        rows = model._base_manager.filter(filled, **{fields[0].owner: person.pk})
        for row in _in_batches(rows.only("pk", fields[0].owner, *(field.name for field in fields)), size):
            yield from ((field, row) for field in fields if field.kept(row))


def _in_batches(rows: models.QuerySet[Any], size: int = BATCH) -> Iterator[Any]:
    """Each batch is read whole before the next: an open read would keep others from writing (SQLite)."""
    rows, last = rows.order_by("pk"), None
    while batch := list(rows.filter(pk__gt=last)[:size] if last else rows[:size]):
        yield from batch
        last = batch[-1].pk
