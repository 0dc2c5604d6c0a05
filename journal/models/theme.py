"""Themes: a word or two of the person's own, for the index at the back."""

import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models, transaction

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.owned import Owned, OwnedQuerySet


def folded(text: str) -> str:
    """Without case and accents: how two spellings of one word are recognised."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())


class Theme(Owned):
    name = SealedTextField(label="theme.name")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "created_at"], name="theme_owner")]

    @classmethod
    @transaction.atomic
    def named(cls, owner: User, names: Iterable[str]) -> list["Theme"]:
        """The person's themes of these names, each made where it is new; the first spelling stays."""
        wanted = {folded(name): name.strip() for name in reversed(list(names)) if folded(name)}
        if not wanted:
            return []
        # Names are sealed, so no unique index can keep two tabs from making the same theme: the person's row does.
        User.objects.select_for_update().get(pk=owner.pk)
        kept = [theme for theme in cls.objects.of(owner).order_by("-created_at") if not theme.damaged]
        known = {folded(theme.name): theme for theme in kept}
        for key, name in wanted.items():
            if key not in known:
                known[key] = cls.objects.create(owner=owner, name=name)
        return [known[key] for key in wanted]
