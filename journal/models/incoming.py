"""A file that somebody brings from elsewhere: it waits sealed, is looked through, and is kept once they say so."""

import base64
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction

from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from journal.models.owned import Owned, OwnedQuerySet
from journal.models.removal import UNDO

LEASE = timedelta(minutes=2)
# A file that nobody approved is destroyed after a week; one that never came whole, after a day.
UNAPPROVED, UNFINISHED = timedelta(days=7), timedelta(days=1)


class State(models.TextChoices):
    ARRIVING = "arriving"
    READING = "reading"
    READY = "ready"
    KEEPING = "keeping"
    KEPT = "kept"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


class Lost(Exception):
    """Somebody else works on it by now, or it is gone."""


class ImportQuerySet(OwnedQuerySet):
    def waiting(self, now: datetime) -> Self:
        """What there is something to do for, and nobody does it."""
        reading = models.Q(arrived_at__isnull=False, read_at__isnull=True)
        keeping = models.Q(approved_at__isnull=False, kept_at__isnull=True, undo_asked_at__isnull=True)
        undoing = models.Q(undo_asked_at__isnull=False, undone_at__isnull=True)
        free = models.Q(lease__isnull=True) | models.Q(lease__lt=now)
        return self.filter(free, reading | keeping | undoing, failed_at__isnull=True, owner__is_active=True)

    def over(self, now: datetime) -> Self:
        """What nobody approved in time, what never came whole, and what came to nothing."""
        unapproved = models.Q(approved_at__isnull=True, read_at__lt=now - UNAPPROVED)
        unfinished = models.Q(arrived_at__isnull=True, created_at__lt=now - UNFINISHED)
        nothing = models.Q(failed_at__lt=now - UNDO) | models.Q(undone_at__lt=now - UNDO)
        return self.filter(unapproved | unfinished | nothing)

    def shown(self) -> Self:
        return self.filter(arrived_at__isnull=False).order_by("-arrived_at")


class Import(Owned):
    """What became of it is told by the moments that it has. `place`: how many of the things in the file are done in
    the part that is on its way; `total`: how many there are. `kept`, `known` (stood here already) and `skipped` count.
    """

    source = models.CharField(max_length=16)
    name = SealedTextField(label="import.name")
    size = models.PositiveBigIntegerField(default=0)
    arrived_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=32, blank=True)
    place = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    summary = SealedTextField(label="import.summary")
    choices = SealedTextField(label="import.choices")
    token = models.UUIDField(null=True, blank=True, editable=False)
    lease = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = ImportQuerySet.as_manager()
    if TYPE_CHECKING:
        chunks: Any
        rows: Any

    class Meta:
        indexes = [models.Index(fields=["owner", "-arrived_at"], name="import_newest")]

    @classmethod
    def take_in(
        cls, owner: User, now: datetime, *, source: str, name: str, pieces: Iterable[bytes], id: UUID | None = None
    ) -> "Import":
        """Each piece is sealed and written by itself, so that nobody else waits for a large file; then it is whole.

        The same form sent again finds the one that it made; where that one broke off on its way, the file comes anew.
        """
        made = cls(id=id or uuid4(), owner=owner, source=source, name=name, created_at=now)
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            stands: Import | None = cls.objects.of(owner).filter(pk=id, arrived_at__isnull=False).first()
            return stands or cls.take_in(owner, now, source=source, name=name, pieces=pieces)
        for no, piece in enumerate(pieces):
            made.chunks.create(owner=owner, no=no, content=base64.b64encode(piece).decode())
            made.size += len(piece)
        made.arrived_at = now
        made.save()
        return made

    # What became of it

    @property
    def state(self) -> State:
        told = (
            (self.failed_at, State.FAILED),
            (self.undone_at, State.FAILED if self.reason else State.UNDONE),
            (self.undo_asked_at, State.UNDOING),
            (self.kept_at, State.KEPT),
            (self.approved_at, State.KEEPING),
            (self.read_at, State.READY),
            (self.arrived_at, State.READING),
        )
        return next((state for at, state in told if at), State.ARRIVING)

    @property
    def is_at_work(self) -> bool:
        return self.state in (State.READING, State.KEEPING, State.UNDOING)

    @property
    def undo_until(self) -> datetime | None:
        return self.kept_at + UNDO if self.kept_at else None

    def may_be_undone(self, now: datetime) -> bool:
        return self.state == State.KEPT and bool(self.undo_until and now < self.undo_until)

    # Its owner says

    @transaction.atomic
    def approve(self, now: datetime, choices: dict[str, Any]) -> bool:
        """Said twice it is kept once: then False."""
        stands: Import = Import.objects.select_for_update().get(pk=self.pk)
        if stands.state != State.READY:
            return False
        stands.choices = json.dumps(choices, ensure_ascii=False)
        stands.approved_at, stands.place = now, 0
        stands.save()
        return True

    @transaction.atomic
    def undo(self, now: datetime) -> bool:
        """For thirty days. Said twice it is undone once: then False."""
        stands: Import = Import.objects.select_for_update().get(pk=self.pk)
        if not stands.may_be_undone(now):
            return False
        stands.undo_asked_at, stands.place, stands.total = now, 0, stands.rows.standing().count()
        stands.save()
        return True

    # Working on it

    @classmethod
    def claim(cls, now: datetime, id: Any = None) -> "Import | None":
        """One that waits (or this one, if it does), held for this process alone as long as the lease."""
        waiting = cls.objects.waiting(now).filter(**({"pk": id} if id else {}))
        with transaction.atomic():
            found: Import | None = (
                waiting.select_for_update(skip_locked=True, of=("self",)).order_by("updated_at").first()
            )
            if found is None:
                return None
            found.token, found.lease = uuid4(), now + LEASE
            found.save(update_fields=["token", "lease", "updated_at"])
        return found

    def held(self, now: datetime) -> "Import":
        """Itself, locked until the transaction ends, and held a while longer. Raises Lost."""
        stands: Import | None = Import.objects.select_for_update().filter(pk=self.pk, token=self.token).first()
        if stands is None or self.token is None:
            raise Lost
        stands.lease = now + LEASE
        return stands

    def let_be(self) -> None:
        """Nobody holds it any more: the next one goes on."""
        Import.objects.filter(pk=self.pk, token=self.token).update(token=None, lease=None)

    def told(self, name: str) -> dict[str, Any]:
        """Its summary or its choices; nothing where they do not open."""
        try:
            return dict(json.loads(getattr(self, name) or "{}"))
        except Damaged:
            return {}
