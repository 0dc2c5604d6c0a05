"""What matters to somebody: up to five words of their own, for steps and milestones to carry one."""

from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.line import Line
from journal.models.removal import RemovableQuerySet
from journal.models.theme import folded

MOST = 5


class Full(Exception):
    """Five words stand already."""


class Matter(Line):
    text = SealedTextField(label="matter.text")

    objects: ClassVar[Any] = RemovableQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    @classmethod
    @transaction.atomic
    def add(cls, owner: User, *, text: str, id: UUID | None = None) -> Self:
        """A word that stands already, however it is spelt, is that one; the first spelling stays. One that was taken
        back comes back.

        Raises Full.
        """
        kept = cls._held(owner)
        for one in kept:
            if folded(one.text_of("text") or "") == folded(text):
                one._put_back(kept)
                return one
        cls._make_sure_of_room(kept)
        return super().add(owner, text=text, id=id)

    @transaction.atomic
    def restore(self) -> None:
        """Raises Full."""
        self._put_back(self._held(self.owner))

    def _put_back(self, kept: list[Self]) -> None:
        if any(one.pk == self.pk and one.is_removed for one in kept):
            self._make_sure_of_room(kept)
            super().restore()

    @classmethod
    def _held(cls, owner: User) -> list[Self]:
        """Those that stand first. Nobody adds one meanwhile: the words are sealed, so no unique index could tell."""
        User.objects.select_for_update().get(pk=owner.pk)
        kept: list[Self] = list(cls.kept_by(owner).select_related("removal"))
        return sorted(kept, key=lambda one: one.is_removed)

    @classmethod
    def _make_sure_of_room(cls, kept: list[Self]) -> None:
        if sum(not one.is_removed for one in kept) >= MOST:
            raise Full
