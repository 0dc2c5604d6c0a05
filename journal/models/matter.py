"""What matters to somebody: up to five words of their own, for steps and milestones to carry one."""

from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.line import Line
from journal.models.owned import OwnedQuerySet
from journal.models.theme import folded

MOST = 5


class Full(Exception):
    """Five words stand already."""


class Matter(Line):
    text = SealedTextField(label="matter.text")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    @classmethod
    @transaction.atomic
    def add(cls, owner: User, *, text: str, id: UUID | None = None) -> Self:
        """A word that stands already, however it is spelt, is that one; the first spelling stays.

        Raises Full.
        """
        # Words are sealed, so no unique index can keep two tabs from making the same one: the person's row does.
        User.objects.select_for_update().get(pk=owner.pk)
        kept: list[Self] = list(cls.objects.of(owner))
        for one in kept:
            if folded(one.text_of("text") or "") == folded(text):
                return one
        if len(kept) >= MOST:
            raise Full
        return super().add(owner, text=text, id=id)
