"""What every row of the journal has: an owner, an id that may have been made by a form, a version."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from itertools import islice
from typing import Any, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.by_owner import ByOwner
from accounts.models import User
from accounts.sealed import Damaged, Sealed, SealedTextField, opener

# What opens texts of one field, each with the bytes of its row's id.
Open = Callable[[bytes, bytes], bytes]


def streamed() -> AbstractContextManager[Any]:
    """For reading many rows. Within a transaction PostgreSQL hands them over as it comes to them; outside of one it
    writes all of them down first. SQLite never does, and its transactions keep writers away.
    """
    alone = connection.vendor == "postgresql" and connection.get_autocommit()
    return transaction.atomic() if alone else nullcontext()


class OwnedQuerySet(models.QuerySet[Any]):
    def of(self, user: User) -> Self:
        return self.filter(owner=user)

    def opened(self, owner: User, *names: str, at_once: int = 100) -> Iterator[list[list[Any]]]:
        """The columns [ids, each of `names` …] of so many of this owner's rows at once: ids as text, opened texts as
        UTF-8. For looking through everything that a person wrote. A text that does not open is an empty one.
        """
        labels = {field.attname: field.label for field in self.model.sealed_fields()}
        casts = [Cast(name, models.BinaryField() if name in labels else models.CharField()) for name in names]
        openers = [(at, opener(owner.pk, labels[name])) for at, name in enumerate(names, 1) if name in labels]
        rows = self.filter(owner=owner).values_list(Cast("pk", models.CharField()), *casts).iterator(chunk_size=1000)
        while chunk := list(islice(rows, at_once)):
            columns = [list(column) for column in zip(*chunk, strict=True)]
            whole = bytes.fromhex("".join(columns[0]).replace("-", ""))
            ids = [whole[start : start + 16] for start in range(0, len(whole), 16)]
            for at, open_ in openers:
                columns[at] = _all_opened(columns[at], ids, open_)
            yield columns

    def is_free(self, id: UUID) -> bool:
        """No row of anybody has this id: a form's own id may be taken only then."""
        return not self.model._base_manager.filter(pk=id).exists()


def _all_opened(sealed: list[Any], ids: list[bytes], open_: Open) -> list[bytes]:
    try:
        return [open_(text, id) if text else b"" for text, id in zip(sealed, ids, strict=True)]
    except Damaged:
        if len(sealed) == 1:
            return [b""]
        return [_all_opened([text], [id], open_)[0] for text, id in zip(sealed, ids, strict=True)]


class Owned(ByOwner):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def locked(self) -> Self:
        """As it stands, locked until the transaction ends."""
        row: Self = type(self)._default_manager.select_for_update().get(owner=self.owner_id, pk=self.pk)
        return row

    @classmethod
    @cache
    def sealed_fields(cls) -> list[SealedTextField]:
        return [field for field in cls._meta.concrete_fields if isinstance(field, SealedTextField)]

    @classmethod
    def reader(cls, owner: User, name: str) -> Callable[[bytes, UUID | str], str | None]:
        """Opens texts of one field as `prepared` rows have them, each with its row's id; None for one that does not."""
        open_ = opener(owner.pk, next(field.label for field in cls.sealed_fields() if field.attname == name))

        def read(sealed: bytes, id: UUID | str) -> str | None:
            row = id.bytes if isinstance(id, UUID) else bytes.fromhex(id.replace("-", ""))
            try:
                return open_(sealed, row).decode() if sealed else ""
            except Damaged:
                return None

        return read

    @property
    def damaged(self) -> bool:
        """One of its texts cannot be opened. It is kept as it is, and refuses to be changed."""
        try:
            for field in self.sealed_fields():
                getattr(self, field.attname)
        except Damaged:
            return True
        return False

    def text_of(self, name: str) -> str | None:
        """One of its texts; None where it cannot be opened."""
        try:
            return str(getattr(self, name))
        except Damaged:
            return None

    def sealed_bytes(self, name: str) -> bytes:
        """What the database has for a text that was not opened or does not open."""
        value = next(field for field in self.sealed_fields() if field.attname == name).kept(self)
        return bytes(value) if isinstance(value, Sealed) else b""


class Dated(Owned):
    """Something of a day: the person's own date, and the zone it was told by. Moving never moves it."""

    local_date = models.DateField()
    zone = models.CharField(max_length=64, default="UTC")

    class Meta:
        abstract = True
