"""The one timeline: what was done, what was hard, notes, proud things, doubts, milestones reached."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.days import local_date, zone_of
from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.owned import Dated, OwnedQuerySet
from journal.models.removal import Removal
from journal.models.revision import Revision
from journal.models.theme import Theme

if TYPE_CHECKING:
    from journal.models import Acceptance, Answer, Lesson, Milestone


class Stale(Exception):
    """Somebody, most likely the same person in another tab, changed this since it was read."""


class EntryQuerySet(OwnedQuerySet):
    def of(self, user: User) -> Self:
        """What stands in this person's journal; what was taken back does not."""
        return super().of(user).filter(removal__isnull=True)

    def removed(self, user: User) -> Self:
        return super().of(user).filter(removal__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-local_date", "-created_at", "-id")

    def within(self, first: date, last: date) -> Self:
        return self.filter(local_date__gte=first, local_date__lte=last)

    def of_week(self, monday: date) -> Self:
        return self.within(monday, monday + timedelta(days=6))

    def with_records(self) -> Self:
        """Everything a page shows of an entry, in a fixed number of queries."""
        return self.select_related("lesson", "acceptance", "answer", "milestone").prefetch_related("themes")

    def open_setbacks(self) -> Self:
        """Hard things with neither a lesson nor a word that they were only hard."""
        return self.filter(kind=Entry.Kind.SETBACK, acceptance__isnull=True).exclude(lesson__lesson__filled=True)


class Entry(Dated):
    class Kind(models.TextChoices):
        WIN = "win", _("Something I did")
        SETBACK = "setback", _("Something hard")
        NOTE = "note", _("A note")
        PROUD = "proud", _("Something I’m proud of")
        DOUBT = "doubt", _("A doubt")
        MILESTONE = "milestone", _("Milestone reached")

    class Deed(models.TextChoices):
        SHOWED_UP = "showed_up", _("Showed up")
        BEGAN = "began", _("Began")
        TRIED = "tried", _("Tried something")
        OPENED_UP = "opened_up", _("Opened up")
        ASKED_FOR_HELP = "asked_for_help", _("Asked for help")
        SAID_NO = "said_no", _("Said no")
        RESTED = "rested", _("Rested")
        CAME_BACK = "came_back", _("Came back")
        PUT_RIGHT = "put_right", _("Put it right")
        LAUGHED = "laughed", _("It went wrong and I laughed")
        FINISHED = "finished", _("Finished")

    kind = models.CharField(max_length=9, choices=Kind)
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
        removal: Removal
        milestone_id: UUID | None
        _milestone: Milestone

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["owner", "-local_date", "-created_at", "-id"], name="entry_timeline"),
            models.Index(fields=["owner", "kind", "-local_date", "-created_at", "-id"], name="entry_kind"),
        ]

    # Keeping

    @classmethod
    def keep(cls, owner: User, now: datetime, *, id: UUID | None = None, themes: Iterable[str] = (), **words: Any) -> "Entry":
        """Keeps an entry; the same form sent again finds the one it made.

        The same id with the same words, as first kept or as they stand now, is the entry that stands (taken back
        meanwhile: it comes back). With other words, or where the id is somebody else's, it is kept under a new id.
        """
        words.setdefault("local_date", local_date(owner, now))
        entry = cls(id=id or uuid4(), owner=owner, zone=zone_of(owner).key, created_at=now, **words)
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
                entry.set_themes(themes)
        except IntegrityError:
            if id is None:
                raise
            return entry._again(now, list(themes))
        return entry

    def _again(self, now: datetime, themes: list[str]) -> "Entry":
        """Our id is taken already."""
        stands = Entry.objects.filter(owner_id=self.owner_id, pk=self.pk).first()
        if stands and stands.kind == self.kind and self.snapshot() in (stands.snapshot(), stands.first_snapshot()):
            stands.restore()
            return stands
        fields = ("kind", "body", "deed", "milestone", "local_date")
        words = {name: getattr(self, name) for name in fields}
        return Entry.keep(self.owner, now, themes=themes, **words)

    def set_themes(self, names: Iterable[str]) -> None:
        self.themes.set(Theme.named(self.owner, names))

    # Changing

    def snapshot(self) -> dict[str, str]:
        """The words of this entry, for comparing and for its revisions."""
        return {"body": self.body, "deed": self.deed}

    def first_snapshot(self) -> dict[str, str]:
        first = self.revisions.filter(of_version=1).order_by("created_at").first()
        return first.words if first else self.snapshot()

    @transaction.atomic
    def change(self, version: int, *, themes: Iterable[str] | None = None, **words: Any) -> None:
        """Writes new words over the version that was read; the old words stay as a revision.

        Raises Stale where another version stands by now; then nothing is changed.
        """
        stands = Entry.objects.select_for_update().get(pk=self.pk)
        if stands.version != version:
            raise Stale
        before = stands.snapshot()
        for name, value in words.items():
            setattr(self, name, value)
        if self.snapshot() != before:
            Revision.keep(stands, before)
        self.version = version + 1
        self.save()
        if themes is not None:
            self.set_themes(themes)

    # Taking back, for thirty days

    def remove(self, now: datetime) -> None:
        Removal.objects.get_or_create(entry=self, defaults={"at": now})

    def restore(self) -> None:
        Removal.objects.filter(entry=self).delete()

    # What it is

    @property
    def deed_name(self) -> str:
        return str(self.Deed(self.deed).label) if self.deed in self.Deed.values else self.deed

    @property
    def has_lesson(self) -> bool:
        return hasattr(self, "lesson") and bool(self.lesson.lesson)

    @property
    def is_open(self) -> bool:
        """A hard thing that nothing more was said about. It may stay so for ever."""
        return self.kind == self.Kind.SETBACK and not self.has_lesson and not hasattr(self, "acceptance")
