"""Large things in small steps, and the line across the steps where enough is."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction

from accounts.days import local_date, zone_of
from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from journal.models.again import beside
from journal.models.aside import Aside
from journal.models.entry import Entry, Stale
from journal.models.good_enough import GoodEnough
from journal.models.matter import Matter
from journal.models.owned import Dated
from journal.models.removal import MilestoneRemoval, Removable, RemovableQuerySet, StepRemoval
from journal.models.step import Step

if TYPE_CHECKING:
    from journal.models.sheet import LongerLook, Standard


class MilestoneQuerySet(RemovableQuerySet):
    def with_reached(self) -> Self:
        """Each with `reached_on`: the day its owner said that it is good enough, or None."""
        said = Entry.objects.filter(milestone=models.OuterRef("pk"), kind=Entry.Kind.MILESTONE, removal__isnull=True)
        return self.annotate(reached_on=models.Subquery(said.order_by("local_date").values("local_date")[:1]))

    def walking(self) -> Self:
        return self.with_reached().filter(reached_on__isnull=True, aside__isnull=True).order_by("-created_at", "pk")

    def resting(self) -> Self:
        """Those that were reached, the latest first."""
        return self.with_reached().filter(reached_on__isnull=False).order_by("-reached_on", "-created_at", "pk")

    def set_down(self) -> Self:
        """Those that wait to be taken up again, the one set down last first."""
        waiting = self.with_reached().filter(reached_on__isnull=True, aside__isnull=False)
        return waiting.select_related("aside").order_by("-aside__local_date", "-created_at", "pk")

    def with_path(self) -> Self:
        """Everything a page shows of a milestone, in a fixed number of queries."""
        steps = Step.objects.standing().select_related("completion", "detour__way__removal")
        return self.prefetch_related(models.Prefetch("steps", steps), "good_enoughs")

    def with_sheets(self) -> Self:
        return self.select_related("aside", "standard", "longer_look")


class Milestone(Removable, Dated):
    """It is reached once an entry of the kind `milestone` says so (journal.models.entry)."""

    title = SealedTextField(label="milestone.title")
    why = SealedTextField(label="milestone.why")
    matter = models.ForeignKey(Matter, on_delete=models.SET_NULL, null=True, blank=True, related_name="milestones")

    objects: ClassVar[Any] = MilestoneQuerySet.as_manager()
    if TYPE_CHECKING:
        reached_on: date | None
        aside: Aside
        standard: Standard
        longer_look: LongerLook

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
            stands: Milestone | None = cls.kept_by(owner).filter(pk=id).first()
            if stands and stands._says(title, why, good_enough, step):
                stands.restore()
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
    def change(
        self, version: int, now: datetime, *, good_enough: str | None = None, reason: str = "", **words: str
    ) -> None:
        """Writes new words over the version that was read; a new line is drawn beside the earlier ones.

        What was taken back is put back. The same form sent again changes nothing more. Raises Stale where another
        version with other words stands by now, and Damaged where a text here cannot be opened; then nothing is changed.
        """
        stands = self.locked()
        self.restore()
        if stands.version != version:
            if stands._has(good_enough, reason, words):
                return
            raise Stale
        if stands.damaged:
            raise Damaged("a milestone that cannot be opened")
        for name, value in words.items():
            setattr(self, name, value)
        self.version = version + 1
        self.save()
        if good_enough is not None:
            self.draw_line(good_enough, now, reason)

    def _has(self, good_enough: str | None, reason: str, words: dict[str, str]) -> bool:
        """This version says all of it already."""
        line = not good_enough or self._is_drawn(good_enough, reason)
        return line and all(getattr(self, name) == text for name, text in words.items())

    def draw_line(self, text: str, now: datetime, reason: str = "") -> None:
        """Says anew what good enough looks like, unless it is what was said last. Nothing takes no line away."""
        if not text or self._is_drawn(text, reason):
            return
        day = {"local_date": local_date(self.owner, now), "zone": zone_of(self.owner).key}
        GoodEnough.objects.create(owner=self.owner, milestone=self, text=text, reason=reason, created_at=now, **day)

    def _is_drawn(self, text: str, reason: str) -> bool:
        latest = self.good_enoughs.order_by("created_at", "pk").last()
        return bool(latest and not latest.damaged and latest.text == text and reason in ("", latest.reason))

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
        self.locked()
        Aside.take_up(self)
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
            .order_by("created_at", "pk")
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

    # Taking back

    @transaction.atomic
    def remove(self, now: datetime) -> None:
        """With its steps. What was kept on the way stays in the journal; what is reached already stays, too."""
        if self.reaching():
            return
        super().remove(now)
        gone = MilestoneRemoval.objects.get(pk=self.pk)
        for step in self.steps.standing():
            step.remove(gone.at)

    @transaction.atomic
    def restore(self) -> None:
        """With the steps that went with it, and not those that had been taken back before."""
        gone = MilestoneRemoval.objects.filter(pk=self.pk).first()
        if gone:
            StepRemoval.objects.filter(step__milestone=self, at=gone.at).delete()
            super().restore()

    # What a page shows of it

    @property
    def is_aside(self) -> bool:
        return hasattr(self, "aside")

    @property
    def line(self) -> "GoodEnough | None":
        lines = list(self.good_enoughs.all())
        return lines[-1] if lines else None

    @property
    def earlier_lines(self) -> "list[GoodEnough]":
        return list(self.good_enoughs.all())[:-1][::-1]
