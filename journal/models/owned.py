"""What every row of the journal has: an owner, an id that may have been made by a form, a version."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from itertools import islice
from typing import Any, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from accounts.sealed import Damaged, Sealed, SealedTextField, opener

# What opens texts of one field, each with the bytes of its row's id.
Open = Callable[[bytes, bytes], bytes]
# Rows that are told at once.
TOLD = 500


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

    def told(self, owner: User, *names: str) -> Iterator[dict[str, Any]]:
        """`pk` and each of `names` of this owner's rows, texts opened, ids as text: for taking everything along.

        `lesson__kind_words` is a text of what belongs to a row; `lesson__pk` comes with it. A text that does not open
        stands as the bytes that are kept. No instance is made, and each column is read at once: it takes a third of
        the time. The owner is compared here: with two conditions SQLite may look through all of a person's rows for
        each page of them.
        """
        fields = {name: self._field(name) for name in names}
        sealed = {name: field for name, field in fields.items() if isinstance(field, SealedTextField)}
        openers = {name: (beside(name), opener(owner.pk, field.label)) for name, field in sealed.items()}
        ids = dict.fromkeys(["pk", "owner_id", *(id for id, _ in openers.values())])
        ids |= dict.fromkeys(name for name, field in fields.items() if isinstance(field, models.ForeignKey))
        casts: dict[str, Any] = {f"{name}_as_text": Cast(name, models.CharField()) for name in ids}
        casts |= {f"{name}_as_bytes": Cast(name, models.BinaryField()) for name in sealed}
        plain = [name for name in names if name not in ids and name not in sealed]
        values = iter(self.annotate(**casts).values_list(*casts, *plain))
        while chunk := list(islice(values, TOLD)):
            yield from _told(chunk, (*ids, *sealed, *plain), owner, list(ids), openers)

    def _field(self, name: str) -> Any:
        """The field at the end of a path such as `lesson__kind_words`; None for what a query has added."""
        *path, column = name.split("__")
        model: Any = self.model
        for part in path:
            model = model._meta.get_field(part).related_model
        return next((field for field in model._meta.concrete_fields if column in (field.name, field.attname)), None)

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


def beside(name: str) -> str:
    """The id that a sealed text is bound to: its row's own, or that of what belongs to it."""
    return "__".join([*name.split("__")[:-1], "pk"])


def dashed(id: str | None) -> str | None:
    """An id as text, the same from every database (SQLite has it without dashes)."""
    return f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}" if id and len(id) == 32 else id


def _told(
    chunk: list[Any], names: tuple[str, ...], owner: User, ids: list[str], openers: dict[str, tuple[str, Open]]
) -> Iterator[dict[str, Any]]:
    at, own = names.index("owner_id"), (owner.pk.hex, str(owner.pk))
    rows = [row for row in chunk if row[at] in own]
    columns: dict[str, Any] = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
    for name, (id, open_) in openers.items() if rows else ():
        columns[name] = _texts(columns[name], columns[id], open_)
    for name in ids if rows else ():
        columns[name] = list(map(dashed, columns[name]))
    columns.pop("owner_id", None)
    return (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _texts(sealed: Sequence[bytes | None], ids: Sequence[str], open_: Open) -> list[str | bytes]:
    if not any(sealed):
        return [""] * len(sealed)
    return [_text(one, id, open_) if one else "" for one, id in zip(sealed, ids, strict=True)]


def _text(sealed: bytes, id: str, open_: Open) -> str | bytes:
    try:
        return open_(sealed, bytes.fromhex(id if len(id) == 32 else id.replace("-", ""))).decode()
    except Damaged:
        return Sealed(sealed)


class Owned(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

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
