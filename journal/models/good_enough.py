from typing import Any, ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.owned import Dated, OwnedQuerySet


class GoodEnough(Dated):
    """What good enough looks like. The newest row counts; the earlier ones stay as they were said.

    `reason`: why it is larger than the one before, where somebody said that it is.
    """

    milestone = models.ForeignKey("journal.Milestone", on_delete=models.CASCADE, related_name="good_enoughs")
    text = SealedTextField(label="good_enough.text")
    reason = SealedTextField(label="good_enough.reason")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
