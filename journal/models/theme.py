"""Themes: a word or two of the person's own, for the index at the back."""

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction

from accounts.models import User
from accounts.prepared import prepared
from accounts.sealed import Damaged, SealedTextField
from journal.models.owned import Owned, OwnedQuerySet


def folded(text: str) -> str:
    """Without case and accents: how two spellings of one word are recognised."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())


class Stale(Exception):
    """Another name stands by now than the one that was read."""


class Taken(Exception):
    """Another theme has this name: `theme`."""

    def __init__(self, theme: "Theme") -> None:
        super().__init__("another theme has this name")
        self.theme = theme


class Theme(Owned):
    name = SealedTextField(label="theme.name")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()
    if TYPE_CHECKING:
        entries: Any

    class Meta:
        indexes = [models.Index(fields=["owner", "created_at"], name="theme_owner")]

    @classmethod
    @transaction.atomic(savepoint=False)
    def named(cls, owner: User, names: Iterable[str]) -> list["Theme"]:
        """The person’s themes of these names, the earliest first, each made if it is new; the first spelling stays."""
        wanted: dict[str, str] = {}
        for name in names:
            if folded(name):
                wanted.setdefault(folded(name), name.strip())
        if not wanted:
            return []
        # Names are sealed, so no unique index can keep two tabs from making the same theme: the person's row does.
        User.objects.select_for_update().get(pk=owner.pk)
        kept = [theme for theme in _newest_first(owner) if not theme.damaged]
        known = {folded(theme.name): theme for theme in kept}
        for key, name in wanted.items():
            if key not in known:
                known[key] = cls.objects.create(owner=owner, name=name)
        return sorted((known[key] for key in wanted), key=lambda theme: theme.created_at)

    # Another word for it

    @transaction.atomic
    def rename(self, name: str, version: int, *, merge: bool = False) -> "Theme":
        """The theme that has this name now: itself, or with `merge` the one that had it before.

        Then everything kept under either stands under that one. Raises Taken where another one has the name and `merge`
        was not said, Stale where another version with another name stands by now, Damaged where it cannot be opened.
        """
        User.objects.select_for_update().get(pk=self.owner_id)
        stands = Theme.objects.get(pk=self.pk)
        if stands.damaged:
            raise Damaged("a theme that cannot be opened")
        if stands.name == name:
            return stands
        if stands.version != version:
            raise Stale
        other = next((one for one in self._others() if folded(one.name) == folded(name)), None)
        if other is None:
            stands.name, stands.version = name, version + 1
            stands.save(update_fields=["name", "version", "updated_at"])
            return stands
        if not merge:
            raise Taken(other)
        return stands._put_into(other)

    def _others(self) -> list["Theme"]:
        return [
            one
            for one in Theme.objects.of(self.owner).exclude(pk=self.pk).order_by("created_at", "pk")
            if not one.damaged
        ]

    def _put_into(self, other: "Theme") -> "Theme":
        """Also what was taken back, and may be put back."""
        other.entries.add(*self.entries.all())
        self.delete()
        return other


@prepared
def _newest_first(owner: User) -> Any:
    return Theme.objects.of(owner).order_by("-created_at", "pk")
