"""Large things in small steps, and the line across the steps where enough is."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.sealed import SealedTextField
from journal.models.owned import Dated, Owned, OwnedQuerySet

if TYPE_CHECKING:
    from uuid import UUID


class Milestone(Dated):
    """It is reached once an entry of the kind `milestone` says so (journal.models.entry)."""

    title = SealedTextField(label="milestone.title")
    why = SealedTextField(label="milestone.why")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at"], name="milestone_owner")]


class GoodEnough(Dated):
    """What good enough looks like. The newest row counts; the earlier ones stay as they were said."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="good_enoughs")
    text = SealedTextField(label="good_enough.text")
    reason = SealedTextField(label="good_enough.reason")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]


class Step(Owned):
    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, null=True, blank=True, related_name="steps")
    title = SealedTextField(label="step.title")
    position = models.PositiveIntegerField(default=0)
    beyond = models.BooleanField(_("beyond good enough"), default=False)
    smaller_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="smaller_steps")
    rests_until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()
    if TYPE_CHECKING:
        milestone_id: UUID | None
        completion: "Completion"

    class Meta:
        ordering = ["beyond", "position", "created_at"]

    @property
    def is_done(self) -> bool:
        return hasattr(self, "completion")


class Completion(Dated):
    """A step was tried or done: both complete it."""

    class Outcome(models.TextChoices):
        TRIED = "tried", _("I tried")
        DONE = "done", _("I did it")

    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="completion")
    outcome = models.CharField(max_length=5, choices=Outcome)

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()
