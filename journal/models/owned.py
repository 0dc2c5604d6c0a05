"""What every row of the journal has: an owner, an id that may have been made by a form, a version."""

from collections.abc import Callable, Iterator
from typing import Any, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from accounts.sealed import Damaged, Sealed, SealedTextField, opener


class OwnedQuerySet(models.QuerySet[Any]):
    def of(self, user: User) -> Self:
        return self.filter(owner=user)

    def opened(self, owner: User, *names: str) -> Iterator[list[Any]]:
        """[id, each of `names` …] of this owner's rows, as a stream of lists: ids as text, opened texts as UTF-8.

        For looking through everything that a person wrote. A text that does not open is an empty one.
        """
        labels = {field.attname: field.label for field in self.model.sealed_fields()}
        columns = [Cast(name, models.BinaryField() if name in labels else models.CharField()) for name in names]
        openers = [(at, opener(owner.pk, labels[name])) for at, name in enumerate(names, 1) if name in labels]
        rows = self.filter(owner=owner).values_list(Cast("pk", models.CharField()), *columns)
        for row in map(list, rows.iterator(chunk_size=1000)):
            id = bytes.fromhex(row[0].replace("-", ""))
            for at, open_ in openers:
                if row[at]:
                    try:
                        row[at] = open_(row[at], id)
                    except Damaged:
                        row[at] = b""
            yield row

    def told(self, owner: User, *names: str) -> Iterator[dict[str, Any]]:
        """`pk` and each of `names` of this owner's rows, texts opened, without instances: for taking everything along.

        `lesson__kind_words` is a text of what belongs to a row; `lesson__pk` comes with it. A text that does not open
        stands as the bytes that are kept.
        """
        openers = {name: found for name in names if (found := self._opener_of(owner, name))}
        columns = ["pk", *dict.fromkeys(id for id, _ in openers.values() if id != "pk"), *names]
        for values in self.filter(owner=owner).values_list(*columns):
            row = dict(zip(columns, values, strict=True))
            for name, (id, open_) in openers.items():
                row[name] = _opened(row[name], row[id], open_)
            yield row

    def _opener_of(self, owner: User, name: str) -> "tuple[str, Open] | None":
        """The column of the id that a sealed column is bound to, and what opens it."""
        model: Any = self.model
        *path, column = name.split("__")
        for part in path:
            model = model._meta.get_field(part).related_model
        fields = model.sealed_fields() if issubclass(model, Owned) else []
        label = next((field.label for field in fields if field.attname == column), None)
        return ("__".join([*path, "pk"]), opener(owner.pk, label)) if label else None

    def is_free(self, id: UUID) -> bool:
        """No row of anybody has this id: a form's own id may be taken only then."""
        return not self.model._base_manager.filter(pk=id).exists()


Open = Callable[[bytes, bytes], bytes]


def _opened(sealed: Sealed | None, id: UUID, open_: Open) -> str | Sealed:
    try:
        return open_(sealed, id.bytes).decode() if sealed else ""
    except Damaged:
        return sealed or Sealed()


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
    def sealed_fields(cls) -> list[SealedTextField]:
        return [field for field in cls._meta.concrete_fields if isinstance(field, SealedTextField)]

    @property
    def damaged(self) -> bool:
        """One of its texts cannot be opened. It is kept as it is, and refuses to be changed."""
        return any(self._is_damaged(field.attname) for field in self.sealed_fields())

    def _is_damaged(self, name: str) -> bool:
        return self.text_of(name) is None

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
