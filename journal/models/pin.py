"""A moment of More ways to write that somebody keeps on Today. Two stay at most."""

from typing import Any, ClassVar

from django.db import models, transaction

from accounts.models import User
from journal.models.owned import Owned, OwnedQuerySet

MOST = 2


class Full(Exception):
    """Two are there already; one of them makes room first."""


class Pin(Owned):
    moment = models.CharField(max_length=20)

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint("owner", "moment", name="one_pin_a_moment")]

    @classmethod
    @transaction.atomic
    def keep(cls, owner: User, moment: str, instead: str = "") -> None:
        """However often it is said, there is one. `instead` is taken off for it. Raises Full; then nothing changes."""
        # Two tabs wait for each other at the person's row: a third pin never slips in between.
        User.objects.select_for_update().get(pk=owner.pk)
        if instead:
            cls.leave(owner, instead)
        pins = cls.objects.of(owner)
        if pins.filter(moment=moment).exists():
            return
        if pins.count() >= MOST:
            raise Full
        cls.objects.create(owner=owner, moment=moment)

    @classmethod
    def leave(cls, owner: User, moment: str) -> None:
        cls.objects.of(owner).filter(moment=moment).delete()
