from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.models.owned import Owned, OwnedQuerySet


class Acceptance(Owned):
    """A setback that nothing more is asked of: it was only hard, or it is left be."""

    class Way(models.TextChoices):
        HARD = "hard", _("It was only hard.")
        BE = "be", _("Left be.")

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="acceptance")
    way = models.CharField(max_length=4, choices=Way, default=Way.BE)

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()
