"""A person's own copy: what it says of the person, and how it goes out."""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from accounts import keys
from accounts.days import is_zone
from accounts.fields import LineField
from accounts.models import User
from accounts.scope import streamed
from accounts.sealed import Damaged, SealedTextField

ABOUT = ("email", "joined_at", "time_zone", "day_starts_at", "language")
LOOK = ("theme", "face", "size", "enough", "counts_hidden", "only_good_days_back", "find_by_key", "hide_by_key")
# No password, no key, no session, no id of an account.
Note = Callable[[str, str, str, bytes], None]


def person(user: User, note: Note) -> dict[str, Any]:
    """A name that cannot be opened is None, and its bytes are given to `note`."""
    return {"name": _name(user, note)} | {field: getattr(user, field) for field in ABOUT + LOOK}


def _name(user: User, note: Note) -> str | None:
    try:
        return str(user.name)
    except Damaged:
        field = User._meta.get_field("name")
        assert isinstance(field, SealedTextField)
        note("person", str(user.pk), "name", field.kept(user))
        return None


def looks_new(user: User) -> bool:
    """Nothing was chosen here yet."""
    named = User.objects.filter(pk=user.pk, name__filled=True).exists()
    fields: dict[str, Any] = {one: User._meta.get_field(one) for one in LOOK}
    return not named and all(getattr(user, one) == field.get_default() for one, field in fields.items())


def take_in(user: User, told: Mapping[str, Any]) -> None:
    """What such a copy says of the person, but for who they are and where letters go. What does not hold is left.

    These columns alone are written: a password or a journal that was closed meanwhile stays as it is.
    """
    for field in ("name", "day_starts_at", *LOOK):
        value, column = told.get(field), User._meta.get_field(field)
        try:
            if field != "name":
                setattr(user, field, column.clean(value, user))  # type: ignore[union-attr]
            elif isinstance(value, str) and value:
                user.name = LineField().clean(value)[:200]
        except ValidationError:
            continue
    if not user.time_zone and is_zone(str(told.get("time_zone"))):
        user.time_zone = str(told["time_zone"])
    user.save(update_fields=["name", "day_starts_at", "time_zone", *LOOK])


def stream(user: User, chunks: Generator[bytes, None, None]) -> Iterator[bytes]:
    """Raises Locked at once where a key is missing: there is still a page to answer with, and no half a file."""
    keys.of(user.pk)
    return streamed(chunks)
