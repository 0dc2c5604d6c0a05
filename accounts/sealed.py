"""SealedTextField: the one door between plaintext and ciphertext.

    column   0x01 | key no (1 byte) | nonce (12) | AES-256-GCM(text, tag 16); an empty text is an empty column
    bound    "onward1" | owner | label | row: moved to another owner, row or field it does not open

The label is a fixed string ("entry.body"), so that renaming a model or a field never bricks what was kept.
"""

import secrets
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core import checks
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import IsNull

from accounts import keys

VERSION = 1
HEAD = 2
TEXT = HEAD + keys.NONCE
MARK = "\0sealed:"
EMPTY = {"postgresql": "''::bytea", "sqlite": "x''"}


class Damaged(Exception):
    """This text cannot be opened: it was changed, or stands where it was not sealed. It is kept as it is."""

    # In a template it shows as nothing; the page says so in words (Entry.damaged).
    silent_variable_failure = True


class Sealed(bytes):
    """A sealed text as the database has it. It opens only through its field or `unseal`."""

    def __str__(self) -> str:
        return "[sealed]"

    __repr__ = __str__


class Carried(Sealed):
    """A sealed text that a fixture brings: it goes into the database as it is and is not opened on the way."""


def bound(owner: UUID, label: str, row: UUID) -> bytes:
    return b"|".join((b"onward1", owner.bytes, label.encode(), row.bytes))


def seal(text: str, owner: UUID, label: str, row: UUID) -> Sealed:
    """Raises keys.Locked; ValueError for half a character, which no form lets through."""
    if not text:
        return Sealed()
    no, key = keys.newest(owner)
    nonce = secrets.token_bytes(keys.NONCE)
    return Sealed(bytes((VERSION, no)) + nonce + key.encrypt(nonce, _encoded(text), bound(owner, label, row)))


def _encoded(text: str) -> bytes:
    """Python's own error would carry the text: ours is raised outside of it."""
    if not isinstance(text, str):
        raise TypeError("Only a text can be sealed.")
    try:
        return text.encode()
    except UnicodeEncodeError:
        pass
    raise ValueError("A text with half a character (a lone surrogate) cannot be sealed.")


def unseal(sealed: bytes, owner: UUID, label: str, row: UUID) -> str:
    """Raises Damaged, or keys.Locked where the person's keys are not there."""
    return _opened(keys.of(owner), _begun(owner, label), sealed, row.bytes).decode() if sealed else ""


def opener(owner: UUID, label: str) -> Callable[[bytes, bytes], bytes]:
    """Opens texts of one field, each with the bytes of its row's id, to UTF-8. Raises as `unseal` does."""
    return partial(_opened, keys.of(owner), _begun(owner, label))


def _opened(held: dict[int, AESGCM], begun: bytes, sealed: bytes, row: bytes) -> bytes:
    if len(sealed) < TEXT + 16 or sealed[0] != VERSION:
        raise Damaged("a sealed text of an unknown form")
    key = held.get(sealed[1])
    if key is None:
        raise Damaged("a sealed text that names a key its owner does not have")
    try:
        return key.decrypt(sealed[HEAD:TEXT], sealed[TEXT:], begun + row)
    except InvalidTag:
        raise Damaged("a sealed text that does not open here") from None


@lru_cache(maxsize=1000)
def _begun(owner: UUID, label: str) -> bytes:
    """What `bound` begins with for every row."""
    return bound(owner, label, UUID(int=0))[:-16]


class Opener:
    """Reading `instance.body` opens it; what was only read is written back bit for bit."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field, self.name = field, field.attname

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        held, name = instance.__dict__, self.name
        value = held[name] if name in held else self.field.kept(instance)
        if type(value) is not Sealed:
            return value
        if not value:
            return ""
        opened = held.get("_opened")
        if opened is None:
            opened = held["_opened"] = {}
        elif name in opened and opened[name][0] is value:
            return opened[name][1]
        text = self.field.unseal(value, instance)
        opened[name] = (value, text)
        return text

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.Field):  # type: ignore[type-arg]
    """Text of any length, sealed under its owner's data key.

    `label` names the field for ever. `owner` names the attribute that holds the owner's UUID; the row's own UUID is
    its primary key. The database can ask only whether something is there: `filter(body__filled=True)`. In a table that
    stands already it has `db_default=b""`, for the code before does not fill it.
    """

    def __init__(self, *args: Any, label: str = "", owner: str = "owner_id", **kwargs: Any) -> None:
        self.label, self.owner = label, owner
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs["editable"] = kwargs.get("editable", True)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not self.label:
            found.append(checks.Error("A SealedTextField takes a label.", obj=self, id="accounts.E001"))
        return found

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"label": self.label, "owner": self.owner}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, Opener(self))

    # Between the database and an instance

    def kept(self, instance: models.Model) -> Any:
        """A Sealed as the database has it, or the text that was set since. A deferred one is fetched, unopened."""
        if self.attname not in instance.__dict__:
            row = type(instance)._base_manager.using(instance._state.db).filter(pk=instance.pk)
            instance.__dict__[self.attname] = row.values_list(self.attname, flat=True).get()
        return instance.__dict__[self.attname]

    def unseal(self, value: bytes, instance: models.Model) -> str:
        return unseal(value, getattr(instance, self.owner), self.label, instance.pk)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Sealed:
        return Sealed(value or b"")

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        value = self.kept(model_instance)
        if isinstance(value, Sealed):
            return value
        return seal("" if value is None else value, getattr(model_instance, self.owner), self.label, model_instance.pk)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        if value in ("", b""):
            return Sealed()
        raise TypeError("Only a saved instance can seal a text: set the attribute and save.")

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if hasattr(value, "as_sql"):
            raise TypeError("A sealed text is not computed by the database: set the attribute and save.")
        return super().get_db_prep_save(value, connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        return None if value is None else connection.Database.Binary(bytes(value))

    # dumpdata and loaddata

    def value_from_object(self, obj: models.Model) -> Any:
        """The text; where it cannot be opened, the sealed bytes, which dumpdata keeps and no form shows."""
        try:
            return super().value_from_object(obj)
        except (Damaged, keys.Locked):
            return self.kept(obj)

    def value_to_string(self, obj: models.Model) -> str:
        """For dumpdata: the sealed bytes as hex, never the text."""
        return MARK + self.pre_save(obj, add=False).hex()

    def to_python(self, value: Any) -> Any:
        """For loaddata: what `value_to_string` gave. No typed text begins with the mark, forms take it out."""
        if isinstance(value, str) and value.startswith(MARK):
            return Carried(bytes.fromhex(value.removeprefix(MARK)))
        return value

    # Forms and questions

    def formfield(self, **kwargs: Any) -> Any:
        from accounts.fields import TextField

        return TextField(required=not self.blank, label=self.verbose_name, help_text=self.help_text)

    def get_lookup(self, lookup_name: str) -> Any:
        """Nothing else can be asked of ciphertext."""
        return {"filled": Filled, "isnull": IsNull}.get(lookup_name)


class Filled(models.Lookup):
    """Whether a text was entered, asked without opening it."""

    lookup_name = "filled"

    def get_prep_lookup(self) -> Any:
        return bool(self.rhs)

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        column, params = self.process_lhs(compiler, connection)
        # Compared, not measured: PostgreSQL knows how many are empty, but of no length.
        return f"{column} {'<>' if self.rhs else '='} {EMPTY[connection.vendor]}", list(params)
