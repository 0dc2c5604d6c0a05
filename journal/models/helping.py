"""Somebody helps others, and is asked as one who does: a row while that is so."""

from typing import Any, ClassVar

from django.db import models

from accounts.models import User
from accounts.prepared import prepared
from journal.models.owned import Owned, OwnedQuerySet


class Helping(Owned):
    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", name="helping_once")]

    @classmethod
    def choose(cls, owner: User, chosen: bool) -> None:
        if chosen:
            cls.objects.get_or_create(owner=owner)
        else:
            cls.objects.of(owner).delete()

    @classmethod
    def is_chosen(cls, owner: User) -> bool:
        return bool(_chosen(owner))


@prepared
def _chosen(owner: User) -> Any:
    return Helping.objects.of(owner).values_list("pk")[:1]
