"""What somebody was writing and has not kept: a form as it stood, to be gone on with from any device."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import Q
from django.urls import Resolver404, resolve

from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from config.typed import Typed, local_path, parted
from journal.models.owned import Owned
from journal.models.removal import Removable, RemovableQuerySet

Fields = Sequence[tuple[str, str]]
LONGEST = 200


class Full(Exception):
    """More than is held for one person. The words are where they were typed."""


@dataclass(frozen=True)
class Mark:
    """The draft of a form: which it is, in the version that the page knows (0: there is none yet), and whose it is:
    `form`, by its name on the page `place`, posts to `action`. A hidden field of every form in which a person writes.
    """

    id: UUID
    version: int
    form: str
    action: str
    place: str

    def __str__(self) -> str:
        return f"{self.id} {self.version} {self.form} {self.action} {self.place}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """None for what no page of ours has written: the names of a form and of a page are kept as they are."""
        parts = text.split(" ")
        try:
            id, version, form, action, place = parts
            mark = cls(UUID(id), int(version), form, action, place)
        except ValueError:
            return None
        names = form.replace("_", "").replace("-", "").replace(".", "")
        fits = names.isalnum() and len(form) <= LONGEST and 0 <= mark.version < 2**31
        return mark if fits and is_page(action) and is_page(place) else None


def is_page(path: str) -> bool:
    """A path of the journal's: it has neither a query nor words."""
    try:
        return len(path) <= LONGEST and local_path(path) == path and resolve(path).namespace == "journal"
    except Resolver404:
        return False


class DraftQuerySet(RemovableQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-updated_at", "-pk")

    def over(self, now: datetime) -> Self:
        """Put away thirty days ago, or left for so long."""
        return self.filter(Q(pk__in=super().over(now)) | Q(updated_at__lt=now - Draft.LIFE))


class Draft(Removable, Owned):
    LIFE = timedelta(days=90)
    MOST = 100
    LARGEST = 4 * 1024 * 1024

    place = models.CharField(max_length=LONGEST)
    form = models.CharField(max_length=LONGEST)
    action = models.CharField(max_length=LONGEST)
    content = SealedTextField(label="draft.content")

    objects: ClassVar[Any] = DraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "place"], name="draft_of_place")]

    @classmethod
    @transaction.atomic
    def keep(cls, owner: User, mark: Mark, fields: Fields, now: datetime) -> "Draft":
        """Writes it over the version that the page knows. Where another device has gone on with it, and said what
        does not stand in these fields, they become a draft beside it. Raises Full.
        """
        content = json.dumps([list(field) for field in fields], ensure_ascii=False)
        if len(content.encode()) > cls.LARGEST:
            raise Full
        stands: Draft | None = cls.kept_by(owner).select_for_update().filter(pk=mark.id).first()
        if stands and (stands.version == mark.version or stands.is_in(fields)):
            stands._say(content, mark)
            return stands
        if cls.objects.of(owner).count() >= cls.MOST:
            raise Full
        id = mark.id if cls.objects.is_free(mark.id) else uuid4()
        names = {"place": mark.place, "form": mark.form, "action": mark.action}
        draft: Draft = cls.objects.create(id=id, owner=owner, content=content, created_at=now, **names)
        cls.wait_for(owner)
        return draft

    def _say(self, content: str, mark: Mark) -> None:
        self.restore()
        self.content, self.action = content, mark.action
        self.version += 1
        self.save()

    @staticmethod
    def wait_for(owner: User) -> None:
        """From now on pages look whether there is something to offer (`User.has_drafts`)."""
        if not owner.has_drafts:
            User.objects.filter(pk=owner.pk).update(has_drafts=True)
            owner.has_drafts = True

    @classmethod
    @transaction.atomic
    def settle(cls, owner: User, id: UUID, fields: Fields) -> None:
        """A form was kept with these fields: its draft goes, if all of its words are among them."""
        stands = cls.kept_by(owner).select_for_update().filter(pk=id).first()
        if stands and not stands.damaged and stands.is_in(fields):
            stands.delete()
            cls.look_no_more(owner)

    @classmethod
    def look_no_more(cls, owner: User) -> None:
        """Where none is left, pages look for none."""
        if owner.has_drafts and not cls.kept_by(owner).exists():
            User.objects.filter(pk=owner.pk).update(has_drafts=False)
            owner.has_drafts = False

    @property
    def mark(self) -> Mark:
        return Mark(self.pk, self.version, self.form, self.action, self.place)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Name and value of each, as they stood; none where they do not open."""
        try:
            told = json.loads(self.content or "[]")
        except Damaged:
            return []
        return [(str(one[0]), str(one[1])) for one in told if isinstance(one, list) and len(one) == 2]

    @property
    def page(self) -> str:
        """Where its form stands; a copy from elsewhere may have named any address."""
        return local_path(self.place)

    @property
    def goes_to(self) -> str:
        return local_path(self.action)

    @property
    def typed(self) -> Typed:
        """Its words, and what goes along with them."""
        return parted(self.fields)

    @property
    def texts(self) -> list[str]:
        return [value for _name, value in self.typed.words]

    def is_in(self, fields: Iterable[tuple[str, str]]) -> bool:
        """Every word of it stands in one of these."""
        there = [value for _name, value in fields]
        return not self.damaged and all(any(text.strip() in value for value in there) for text in self.texts)

    @property
    def until(self) -> datetime:
        """When it goes by itself."""
        return self.removal.until if self.is_removed else self.updated_at + self.LIFE
