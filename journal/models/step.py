"""One small step, towards a milestone or on its own, and what came of it."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.days import local_date, zone_of
from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from journal.models.again import beside
from journal.models.entry import Entry, Stale
from journal.models.matter import Matter
from journal.models.owned import Dated, Owned, OwnedQuerySet
from journal.models.removal import Removable, RemovableQuerySet

if TYPE_CHECKING:
    from journal.models.detour import Detour
    from journal.models.milestone import Milestone


class StepQuerySet(RemovableQuerySet):
    def open(self) -> Self:
        """Neither tried nor done, nor left for another way (unless that was taken back)."""
        left = models.Q(detour__isnull=False, detour__way__removal__isnull=True)
        return self.filter(completion__isnull=True).exclude(left)

    def on_the_way(self) -> Self:
        """Open, on this side of good enough, and not of a milestone that is good enough already: first things first.

        What was chosen last comes before all others, with what it was made smaller by; what was set down, not at all.
        """
        reached = Entry.objects.filter(
            milestone=models.OuterRef("milestone"), kind=Entry.Kind.MILESTONE, removal__isnull=True
        )
        chosen = models.F("chosen_at").desc(nulls_last=True)
        latest = models.F("milestone__created_at").desc(nulls_last=True)
        walking = self.open().filter(~models.Exists(reached), beyond=False, milestone__aside__isnull=True)
        return walking.order_by(chosen, latest, "position", "created_at", "pk")

    def waiting(self, today: date) -> Self:
        """What one small step can be chosen from on this day."""
        rested = models.Q(rests_until__isnull=True) | models.Q(rests_until__lte=today)
        return self.on_the_way().filter(rested)


class Step(Removable, Owned):
    milestone = models.ForeignKey(
        "journal.Milestone", on_delete=models.CASCADE, null=True, blank=True, related_name="steps"
    )
    title = SealedTextField(label="step.title")
    permission = SealedTextField(label="step.permission")
    experiment = models.BooleanField(_("an experiment, for the trying itself"), default=False)
    matter = models.ForeignKey(Matter, on_delete=models.SET_NULL, null=True, blank=True, related_name="steps")
    position = models.PositiveIntegerField(default=0)
    beyond = models.BooleanField(_("beyond good enough"), default=False)
    smaller_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="smaller_steps"
    )
    rests_until = models.DateField(null=True, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = StepQuerySet.as_manager()
    if TYPE_CHECKING:
        milestone_id: UUID | None
        matter_id: UUID | None
        completion: "Completion"
        detour: "Detour"

    class Meta:
        ordering = ["beyond", "position", "created_at", "pk"]

    # Keeping

    @classmethod
    def keep(cls, milestone: "Milestone", *, title: str, beyond: bool = False, id: UUID | None = None) -> "Step":
        """Puts a step last on its side of the line. The form sent again finds the one it made."""
        step = cls(id=id or uuid4(), owner=milestone.owner, milestone=milestone, title=title, beyond=beyond)
        return step._kept(step._last_position())

    @classmethod
    def keep_alone(cls, owner: User, now: datetime, *, title: str, id: UUID | None = None, **more: Any) -> "Step":
        """A step towards no milestone, and the one that was chosen last. The form sent again finds the one it made.

        `more`: permission, experiment, matter.
        """
        step = cls(id=id or uuid4(), owner=owner, title=title, created_at=now, chosen_at=now, **more)
        return step._kept(step._last_position())

    def in_its_place(self, *, title: str, id: UUID | None = None) -> "Step":
        """A step where this one lies. The form sent again finds the one it made."""
        step = Step(id=id or uuid4(), owner=self.owner, milestone_id=self.milestone_id, title=title, beyond=self.beyond)
        return step._kept(self.position)

    @transaction.atomic
    def split(self, *, title: str, id: UUID | None = None) -> "Step":
        """A smaller step right before this one, which stays as it is."""
        smaller = Step(
            id=id or uuid4(), owner=self.owner, milestone_id=self.milestone_id, title=title, beyond=self.beyond
        )
        smaller.smaller_of = self
        smaller.permission = self.text_of("permission") or ""
        for name in ("experiment", "matter_id", "chosen_at"):
            setattr(smaller, name, getattr(self, name))
        kept = smaller._kept(self.position)
        if kept is smaller:
            beside = Step.objects.of(self.owner).filter(milestone_id=self.milestone_id, position__gte=self.position)
            beside.exclude(pk=smaller.pk).update(position=models.F("position") + 1)
        return kept

    def _kept(self, position: int) -> "Step":
        """Itself, under an id of its own where the form's was taken; or the same step that stands already.

        What was taken back meanwhile comes back.
        """
        self.position = position
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            stands: Step | None = Step.kept_by(self.owner).filter(pk=self.pk, milestone_id=self.milestone_id).first()
            if stands and not stands.damaged and stands.title == self.title:
                stands.restore()
                return stands
            self.pk = beside(self.pk, str(self.owner_id), str(self.milestone_id), self.title)
            return self._kept(position)
        return self

    def _last_position(self) -> int:
        beside = Step.objects.of(self.owner).filter(milestone_id=self.milestone_id, beyond=self.beyond)
        last = beside.aggregate(last=models.Max("position"))["last"]
        return 0 if last is None else last + 1

    # Changing

    @transaction.atomic
    def change(self, version: int, *, title: str, beyond: bool, **more: Any) -> None:
        """Other words, or the other side of the line: then it goes last there. The same form again changes nothing.

        `more`: permission, experiment, matter. What had been taken back is put back. Raises Stale where another version
        with other words stands by now, and Damaged where it cannot be opened.
        """
        stands = self.locked()
        self.restore()
        if stands.version != version:
            words = {"title": title, "beyond": beyond} | more
            if all(getattr(stands, name) == value for name, value in words.items()):
                return
            raise Stale
        if stands.damaged:
            raise Damaged("a step that cannot be opened")
        for name, value in more.items():
            setattr(self, name, value)
        written = ["title", "version", "updated_at", *more]
        if stands.beyond != beyond:
            self.beyond = beyond
            self.position = self._last_position()
            written += ["beyond", "position"]
        self.title, self.version = title, version + 1
        self.save(update_fields=written)

    # What came of it

    @transaction.atomic
    def tell(self, note: str, now: datetime, id: UUID | None = None) -> Entry:
        """What it was like, kept as a win beside what came of it. The form sent again finds the one it made."""
        words: dict[str, Any] = {"kind": Entry.Kind.WIN, "deed": Entry.Deed.TRIED, "milestone": self.milestone}
        entry = Entry.keep(self.owner, now, id=id, body=note, **words)
        Completion.objects.of(self.owner).filter(step=self).update(entry=entry)
        return entry

    @transaction.atomic
    def complete(self, outcome: str, now: datetime) -> None:
        """Tried or done: both complete it. Said twice it keeps its first day."""
        day = {"local_date": local_date(self.owner, now), "zone": zone_of(self.owner).key, "created_at": now}
        said = {"outcome": outcome}
        self.completion, _made = Completion.objects.update_or_create(
            owner=self.owner, step=self, defaults=said, create_defaults=said | day
        )
        self._rest(None)

    @transaction.atomic
    def reopen(self) -> None:
        Completion.objects.of(self.owner).filter(step=self).delete()
        self._state.fields_cache.pop("completion", None)
        self._rest(None)

    def choose(self, now: datetime) -> None:
        """This one first. It may have rested."""
        self.chosen_at, self.rests_until = now, None
        self.save(update_fields=["chosen_at", "rests_until", "updated_at"])

    def rest(self, now: datetime) -> None:
        """Not today: it stays open and is not offered until tomorrow."""
        self._rest(local_date(self.owner, now) + timedelta(days=1))

    def _rest(self, until: date | None) -> None:
        self.rests_until = until
        self.save(update_fields=["rests_until", "updated_at"])

    @property
    def is_done(self) -> bool:
        return hasattr(self, "completion")

    @property
    def is_left(self) -> bool:
        """Another way was taken instead, and stands."""
        return hasattr(self, "detour") and not self.detour.way.is_removed


class Completion(Dated):
    """A step was tried or done: both complete it."""

    class Outcome(models.TextChoices):
        TRIED = "tried", _("I tried")
        DONE = "done", _("I did it")

    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="completion")
    outcome = models.CharField(max_length=5, choices=Outcome)
    # What it was like, where somebody said so.
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()
