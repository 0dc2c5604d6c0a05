"""Large things in small steps, and the line across the steps where enough is."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction

from accounts.days import local_date, zone_of
from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from journal.models.again import beside
from journal.models.entry import Entry, Stale
from journal.models.matter import Matter
from journal.models.owned import Dated, OwnedQuerySet
from journal.models.step import Step


class MilestoneQuerySet(OwnedQuerySet):
    def with_reached(self) -> Self:
        """Each with `reached_on`: the day its owner said that it is good enough, or None."""
        said = Entry.objects.filter(milestone=models.OuterRef("pk"), kind=Entry.Kind.MILESTONE, removal__isnull=True)
        return self.annotate(reached_on=models.Subquery(said.order_by("local_date").values("local_date")[:1]))

    def walking(self) -> Self:
        return self.with_reached().filter(reached_on__isnull=True).order_by("-created_at")

    def resting(self) -> Self:
        """Those that were reached, the latest first."""
        return self.with_reached().filter(reached_on__isnull=False).order_by("-reached_on", "-created_at")

    def with_path(self) -> Self:
        """Everything a page shows of a milestone, in a fixed number of queries."""
        return self.prefetch_related(
            models.Prefetch("steps", Step.objects.select_related("completion")), "good_enoughs"
        )


class Milestone(Dated):
    """It is reached once an entry of the kind `milestone` says so (journal.models.entry)."""

    title = SealedTextField(label="milestone.title")
    why = SealedTextField(label="milestone.why")
    matter = models.ForeignKey(Matter, on_delete=models.SET_NULL, null=True, blank=True, related_name="milestones")

    objects: ClassVar[Any] = MilestoneQuerySet.as_manager()
    if TYPE_CHECKING:
        reached_on: date | None

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at"], name="milestone_owner")]

    # Keeping

    @classmethod
    def keep(
        cls,
        owner: User,
        now: datetime,
        *,
        title: str,
        why: str = "",
        good_enough: str = "",
        step: str = "",
        matter: Matter | None = None,
        id: UUID | None = None,
    ) -> "Milestone":
        """Keeps a milestone, the line where it is good enough and its first step; the form sent again finds it.

        The same id with the same words is the one that stands; with other words, or where the id is somebody
        else's, it is kept under a new id.
        """
        day = {"local_date": local_date(owner, now), "zone": zone_of(owner).key}
        milestone = cls(id=id or uuid4(), owner=owner, title=title, why=why, matter=matter, created_at=now, **day)
        try:
            with transaction.atomic():
                milestone.save(force_insert=True)
                milestone.draw_line(good_enough, now)
                if step:
                    Step.keep(milestone, title=step)
        except IntegrityError:
            if id is None:
                raise
            stands: Milestone | None = cls.objects.of(owner).filter(pk=id).with_path().first()
            if stands and stands._says(title, why, good_enough, step):
                return stands
            free = beside(id, str(owner.pk), title, why, good_enough, step)
            words = {"title": title, "why": why, "good_enough": good_enough, "step": step}
            return cls.keep(owner, now, id=free, matter=matter, **words)
        return milestone

    def _says(self, title: str, why: str, good_enough: str, step: str) -> bool:
        try:
            lines = ["", *(line.text for line in self.good_enoughs.all())]
            steps = ["", *(one.title for one in self.steps.all())]
            return (self.title, self.why) == (title, why) and good_enough in lines and step in steps
        except Damaged:
            return False

    # Changing

    @transaction.atomic
    def change(self, version: int, now: datetime, *, good_enough: str | None = None, **words: str) -> None:
        """Writes new words over the version that was read; a new line is drawn beside the earlier ones.

        The same form sent again changes nothing more. Raises Stale where another version with other words stands by
        now, and Damaged where a text here cannot be opened; then nothing is changed.
        """
        stands = Milestone.objects.select_for_update().get(pk=self.pk)
        if stands.version != version:
            if stands._has(good_enough, words):
                return
            raise Stale
        if stands.damaged:
            raise Damaged("a milestone that cannot be opened")
        for name, value in words.items():
            setattr(self, name, value)
        self.version = version + 1
        self.save()
        if good_enough is not None:
            self.draw_line(good_enough, now)

    def _has(self, good_enough: str | None, words: dict[str, str]) -> bool:
        """This version says all of it already."""
        return good_enough in (None, "", self._line_text()) and all(getattr(self, n) == v for n, v in words.items())

    def draw_line(self, text: str, now: datetime) -> None:
        """Says anew what good enough looks like, unless it is what was said last. Nothing takes no line away."""
        if not text or text == self._line_text():
            return
        day = {"local_date": local_date(self.owner, now), "zone": zone_of(self.owner).key}
        GoodEnough.objects.create(owner=self.owner, milestone=self, text=text, created_at=now, **day)

    def _line_text(self) -> str:
        latest = self.good_enoughs.order_by("created_at").last()
        return latest.text if latest and not latest.damaged else ""

    # Reaching

    def reaching(self) -> Entry | None:
        """The entry that says this is good enough now."""
        said: Entry | None = Entry.objects.of(self.owner).filter(milestone=self, kind=Entry.Kind.MILESTONE).first()
        return said

    @transaction.atomic
    def reach(self, now: datetime, note: str = "", version: int | None = None) -> Entry:
        """It is good enough: one entry says so, however often this is asked. A note given later is written over it.

        Raises Stale where `version` was given and the entry has another one.
        """
        # Two presses at once wait for each other at the milestone's own row.
        Milestone.objects.select_for_update().get(pk=self.pk)
        said = self.reaching() or self._said_before(now)
        if said is None:
            return Entry.keep(self.owner, now, kind=Entry.Kind.MILESTONE, body=note, milestone=self)
        if note and note != said.body:
            said.change(version or said.version, body=note)
        return said

    def _said_before(self, now: datetime) -> Entry | None:
        """It was taken back; now it is so after all, from today."""
        said: Entry | None = (
            Entry.objects.removed(self.owner)
            .filter(milestone=self, kind=Entry.Kind.MILESTONE)
            .order_by("created_at")
            .last()
        )
        if said is not None:
            said.restore()
            said.change(said.version, local_date=local_date(self.owner, now))
        return said

    def unreach(self, now: datetime) -> None:
        """Not yet, after all. The note can be put back for thirty days, like any entry."""
        said = self.reaching()
        if said is not None:
            said.remove(now)

    # What a page shows of it

    @property
    def line(self) -> "GoodEnough | None":
        lines = list(self.good_enoughs.all())
        return lines[-1] if lines else None

    @property
    def earlier_lines(self) -> "list[GoodEnough]":
        return list(self.good_enoughs.all())[:-1][::-1]


class GoodEnough(Dated):
    """What good enough looks like. The newest row counts; the earlier ones stay as they were said."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="good_enoughs")
    text = SealedTextField(label="good_enough.text")
    reason = SealedTextField(label="good_enough.reason")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
