"""manage.py keys status|add|rotate|verify|retire|reseal: the master-key ring, the data keys, and what they open.

It runs without a right ring, prints no key material ever, and names rows by id alone.
"""

import stat
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import access, keys, opening, ring, rotation
from accounts.models import User
from accounts.scope import scope

COPY = (
    "Keep a copy of the ring, as it stands now, on another machine and apart from the backups of the database. Without "
    "it nothing that was written here can ever be read again; with it, a stolen backup can be."
)


class Command(BaseCommand):
    help = "The master-key ring and the data keys: status, add, rotate, verify, retire, reseal."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("status", help="where the ring is, its primary key, how many people each key serves")
        verbs.add_parser("add", help="a new key, primary from now on; the first ring where there is none")
        verbs.add_parser("rotate", help="wraps every data key with the primary key; can be ended and run again")
        verify = verbs.add_parser("verify", help="opens one data key and one text a person")
        verify.add_argument("--all", action="store_true", dest="every", help="opens every text of every person")

        retire = verbs.add_parser("retire", help="takes a key that nothing needs any more out of the ring, for good")
        retire.add_argument("name")
        reseal = verbs.add_parser("reseal", help="a new data key for one person, and every text sealed again with it")
        reseal.add_argument("--user", required=True, help="an address or an id")
        reseal.add_argument("--wait", type=int, default=120, help="seconds for what began before to end (120)")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            getattr(self, f"_{verb}")(**options)
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

    def _rotate(self, **options: Any) -> None:
        if set(keys.needed()) - {ring.current().primary}:
            access.note_everybody(access.What.WRAPPED, timezone.now())
        self._count_up(rotation.rotate(), "data key", "wrapped anew")
        self.stdout.write(COPY)

    def _retire(self, name: str, **options: Any) -> None:
        rotation.retire(name)
        self.stdout.write(f"{name} is out of the ring. A backup of keys from before the rotation needs it still.")

    def _reseal(self, user: str, wait: int, **options: Any) -> None:
        person = _person(user)
        self._count_up(rotation.reseal(person), "text", "sealed anew")
        self.stdout.write(f"Waiting {wait} seconds for what began before.")
        time.sleep(wait)
        self._count_up(rotation.sweep(person), "text", "sealed anew")
        access.note(person, access.What.RESEALED)
        self.stdout.write(f"Destroyed: {_count(rotation.forget(person), 'older key')}.")

    def _count_up(self, parts: Iterator[rotation.Done], noun: str, said: str) -> None:
        """A line a batch for whoever waits; raises CommandError where something stayed as it was."""
        changed, left = 0, list[str]()
        for part in parts:
            changed, left = changed + part.changed, left + part.left
            self.stdout.write(f"  {changed:,}")
        self.stdout.write(f"{_count(changed, noun)} {said}.")
        if left:
            raise CommandError("\n".join(["Left as it was:", *left]))

    def _verify(self, every: bool = False, **options: Any) -> None:
        counts: Counter[str] = Counter()
        # Whoever closed their journal for good has no key any more; their rows go with the next pass.
        for person in opening.in_batches(User.objects.exclude(leaving__goes_at__lte=timezone.now()).only("pk")):
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
        for said in opening.texts(person, every):
            counts["damaged" if said else "text"] += 1
            if said:
                self.stderr.write(f"damaged: {said}")


def _told(name: str, kept: ring.Ring | None) -> str:
    if not kept or name not in kept.keys:
        return "not in the ring"
    return "primary" if name == kept.primary else "in the ring"


def _count(number: int, noun: str) -> str:
    plural = {"person": "people"}.get(noun, f"{noun}s")
    return f"{number:,} {noun if number == 1 else plural}"


def _person(named: str) -> User:
    found = User.objects.filter(email=named.lower()).first()
    if not found:
        with suppress(ValueError):
            found = User.objects.filter(pk=UUID(named)).first()
    if not found:
        raise CommandError("There is nobody with this address or id.")
    return found
