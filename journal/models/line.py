"""A line in a list of the person's own: a treat, a word that matters to them."""

from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.sealed import Damaged
from journal.models.again import beside
from journal.models.entry import Stale
from journal.models.owned import Owned
from journal.models.removal import Removable


class Line(Removable, Owned):
    objects: ClassVar[Any]
    if TYPE_CHECKING:
        text: str

    class Meta:
        abstract = True

    @classmethod
    def add(cls, owner: User, *, text: str, id: UUID | None = None) -> Self:
        """The form sent again finds the line that it made (taken back meanwhile: it comes back); with other words it
        makes another one.
        """
        line = cls(id=id or uuid4(), owner=owner, text=text)
        try:
            with transaction.atomic():
                line.save(force_insert=True)
        except IntegrityError:
            if id is None:
                raise
            stands: Self | None = cls.kept_by(owner).filter(pk=id).first()
            if stands and stands.text_of("text") == text:
                stands.restore()
                return stands
            return cls.add(owner, text=text, id=beside(id, str(owner.pk), text))
        return line

    @transaction.atomic
    def change(self, version: int, *, text: str) -> None:
        """What had been taken back is put back.

        Raises Stale where another version with other words stands by now, Damaged where it cannot be opened.
        """
        stands = self.locked()
        if stands.damaged:
            raise Damaged("a line that cannot be opened")
        self.restore()
        if stands.text == text:
            return
        if stands.version != version:
            raise Stale
        self.text, self.version = text, version + 1
        self.save()
