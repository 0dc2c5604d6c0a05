"""A person's own copy: what it says of the person, and how it goes out."""

from collections.abc import Callable, Generator, Iterator
from typing import Any

from accounts import keys
from accounts.models import User
from accounts.scope import streamed
from accounts.sealed import Damaged, SealedTextField

ABOUT = ("email", "joined_at", "time_zone", "day_starts_at", "language")
LOOK = ("theme", "face", "size", "enough", "counts_hidden", "only_good_days_back", "find_by_key")
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


def stream(user: User, chunks: Generator[bytes, None, None]) -> Iterator[bytes]:
    """Raises Locked at once where a key is missing: there is still a page to answer with, and no half a file."""
    keys.of(user.pk)
    return streamed(chunks)
