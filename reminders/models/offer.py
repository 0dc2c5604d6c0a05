from django.conf import settings
from django.db import models

from accounts.by_owner import ByOwner
from reminders.kinds import WEEKLY


class Offer(ByOwner):
    """What somebody said when Today offered a kind of letter."""

    class Answer(models.TextChoices):
        YES = "yes"
        LATER = "later"
        NO = "no"

    # Found through the constraint, which begins with it.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, default=WEEKLY)
    answer = models.CharField(max_length=5, choices=Answer)
    at = models.DateTimeField()
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind"], name="one_offer_a_kind")]
