"""The one timeline: what was done, what was hard, notes, proud things, doubts, milestones reached."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.days import local_date, zone_of
from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from journal import room
from journal.models import kinds
from journal.models.imported import Imported
from journal.models.owned import Dated
from journal.models.removal import Removable, RemovableQuerySet
from journal.models.revision import Revision
from journal.models.theme import Theme, folded
from journal.models.told import Told

if TYPE_CHECKING:
    from journal.models import (
        Acceptance,
        Answer,
        Decision,
        Encouragement,
        Kindness,
        Later,
        Lesson,
        Meeting,
        PutAway,
        Revisit,
        Sequel,
        ThenNow,
    )


# What a page shows of an entry that is not the entry's own.
BESIDE = (
    *("lesson", "acceptance", "answer", "milestone", "sequel", "kindness"),
    *("decision", "meeting", "then_now", "encouragement", "later"),
)


class Stale(Exception):
    """Somebody, most likely the same person in another tab, changed this since it was read."""


# A hard thing with what it taught.
TAUGHT = Q(kind=kinds.Kind.SETBACK, lesson__lesson__filled=True)


class EntryQuerySet(RemovableQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-local_date", "-created_at", "-id")

    def within(self, first: date, last: date) -> Self:
        return self.filter(local_date__gte=first, local_date__lte=last)

    def taught(self) -> Self:
        return self.filter(TAUGHT)

    def of_week(self, monday: date) -> Self:
        return self.within(monday, monday + timedelta(days=6))

    def with_records(self) -> Self:
        """Everything a page shows of an entry, in a fixed number of queries."""
        themes = models.Prefetch("themes", Theme.objects.order_by("created_at", "pk"))
        old = models.Prefetch("then_now__old", Entry.objects.filter(removal__isnull=True).select_related("lesson"))
        return self.select_related(*BESIDE).prefetch_related(themes, old)

    def made_here(self) -> Self:
        """Without what was brought from elsewhere, or came back with a copy: that never lets anything offer itself."""
        brought = Imported.objects.filter(noun="entries", row_id=models.OuterRef("pk"))
        return self.exclude(models.Exists(brought))

    def latest_days(self, most: int) -> Any:
        """Rows of one day each: the last ones on which something was kept, the latest first."""
        return self.order_by("-local_date").values_list("local_date").distinct()[:most]

    def coming_back(self, user: User, only_good: bool) -> Self:
        """What a person is shown again of an earlier year: wins, proud things, lessons.

        A setback comes back without its lesson only where the person turned "only good days" off.
        """
        setbacks = TAUGHT if only_good else Q(kind=Entry.Kind.SETBACK)
        return self.of(user).filter(Q(kind__in=[Entry.Kind.WIN, Entry.Kind.PROUD]) | setbacks)

    def open_setbacks(self) -> Self:
        """Hard things with neither a lesson nor a word that they were only hard."""
        return self.filter(kind=Entry.Kind.SETBACK, acceptance__isnull=True).exclude(lesson__lesson__filled=True)


class Entry(Told, Removable, Dated):
    Kind = kinds.Kind
    Deed = kinds.Deed

    kind = models.CharField(max_length=13, choices=Kind)
    body = SealedTextField(label="entry.body")
    deed = SealedTextField(label="entry.deed")
    themes = models.ManyToManyField(Theme, related_name="entries", blank=True)
    milestone = models.ForeignKey(
        "journal.Milestone", on_delete=models.SET_NULL, null=True, blank=True, related_name="entries"
    )

    objects: ClassVar[Any] = EntryQuerySet.as_manager()
    if TYPE_CHECKING:
        lesson: Lesson
        acceptance: Acceptance
        answer: Answer
        sequel: Sequel
        put_away: PutAway
        decision: Decision
        meeting: Meeting
        revisit: Revisit
        then_now: ThenNow
        kindness: Kindness
        encouragement: Encouragement
        later: Later
        milestone_id: UUID | None
        listed_themes: list[Theme]

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["owner", "-local_date", "-created_at", "-id"], name="entry_timeline"),
            models.Index(fields=["owner", "kind", "-local_date", "-created_at", "-id"], name="entry_kind"),
        ]

    # Keeping

    @classmethod
    def keep(
        cls, owner: User, now: datetime, *, id: UUID | None = None, themes: Iterable[str] = (), **words: Any
    ) -> "Entry":
        """Keeps an entry; the same form sent again finds the one it made.

        The same id with the same words, as first kept or as they stand now, is the entry that stands (taken back
        meanwhile: it comes back). With other words, or where the id is somebody else's, it is kept under a new id.
        """
        words.setdefault("local_date", local_date(owner, now))
        entry = cls(id=id or uuid4(), owner=owner, zone=zone_of(owner).key, created_at=now, **words)
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
                room.take(owner, entry.body)
                entry.listed_themes = Theme.named(owner, themes)
                entry.themes.add(*entry.listed_themes)
        except IntegrityError:
            if id is None:
                raise
            return entry._again(now, list(themes))
        return entry

    def _again(self, now: datetime, themes: list[str]) -> "Entry":
        """Our id is taken already."""
        stands: Entry | None = Entry.kept_by(self.owner).filter(pk=self.pk).first()
        if stands and stands._says_what(self):
            stands.restore()
            return stands
        fields = ("kind", "body", "deed", "milestone", "local_date")
        words = {name: getattr(self, name) for name in fields}
        return Entry.keep(self.owner, now, id=self._next_id(), themes=themes, **words)

    def _says_what(self, other: "Entry") -> bool:
        try:
            return self.kind == other.kind and other.snapshot() in (self.snapshot(), self.first_snapshot())
        except Damaged:
            return False

    def _next_id(self) -> UUID:
        """The id that these words get beside the one that is taken: the same however often they are sent.

        Keyed, because an id stands open in the database and says nothing about words there.
        """
        words = "\0".join((str(self.pk), str(self.owner_id), self.kind, self.body, self.deed))
        return UUID(bytes=salted_hmac("journal.entry.again", words, algorithm="sha256").digest()[:16], version=4)

    def set_themes(self, names: Iterable[str]) -> None:
        self.themes.set(Theme.named(self.owner, names))

    # Changing

    def snapshot(self) -> dict[str, str]:
        """The words of this entry, for comparing and for its revisions."""
        return {"body": self.body, "deed": self.deed}

    def first_snapshot(self) -> dict[str, str]:
        # The earlier words of its lesson or answer stand among them too.
        kept = self.revisions.filter(of_version=1).order_by("created_at", "pk")
        return next((one.words for one in kept if "body" in one.words), self.snapshot())

    @transaction.atomic
    def change(self, version: int, *, themes: Iterable[str] | None = None, **words: Any) -> None:
        """Writes new words over the version that was read; the old words stay as a revision.

        What had been taken back is put back. The same form sent again changes nothing more. Raises Stale where
        another version with other words stands by now; then nothing is changed.
        """
        stands = self.locked()
        if stands.version != version:
            if stands._has(words, themes):
                return
            raise Stale
        before = stands.snapshot()
        for name, value in words.items():
            setattr(self, name, value)
        if self.snapshot() != before:
            Revision.keep(stands, before)
        self.version = version + 1
        self.save()
        self.restore()
        if themes is not None:
            self.set_themes(themes)

    def _has(self, words: dict[str, Any], themes: Iterable[str] | None) -> bool:
        """This version says all of it already."""
        if themes is not None and {folded(name) for name in themes} != {folded(one.name) for one in self.themes.all()}:
            return False
        return all(getattr(self, name) == value for name, value in words.items())

    def keep_beside(self, words: dict[str, str]) -> None:
        """Keeps words that did not come to stand, sealed among the revisions. The same words are kept once."""
        if words not in [revision.opened for revision in self.revisions.filter(of_version=Revision.NEVER_STOOD)]:
            Revision.keep(self, words, of_version=Revision.NEVER_STOOD)
