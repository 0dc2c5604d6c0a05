from typing import Any, ClassVar

from django.db import models

from journal.models.owned import Owned, OwnedQuerySet


class NotAgain(Owned):
    """A good thing that is not to come back by itself. It stands in the journal as before."""

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="not_again")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()
