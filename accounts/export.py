"""What a person's own copy says of the person. No password, no key, no session."""

import base64
from typing import Any

from accounts.models import User
from accounts.sealed import Damaged, SealedTextField

ABOUT = ("email", "joined_at", "time_zone", "day_starts_at", "language")
LOOK = ("theme", "face", "size", "enough", "counts_hidden", "only_good_days_back")


def person(user: User, unopened: list[dict[str, Any]]) -> dict[str, Any]:
    """A name that cannot be opened is None, and its bytes are added to `unopened`."""
    return {"name": _name(user, unopened)} | {field: getattr(user, field) for field in ABOUT + LOOK}


def _name(user: User, unopened: list[dict[str, Any]]) -> str | None:
    try:
        return str(user.name)
    except Damaged:
        field = User._meta.get_field("name")
        assert isinstance(field, SealedTextField)
        kept = base64.b64encode(field.kept(user)).decode()
        unopened.append({"noun": "person", "id": user.pk, "field": "name", "sealed": kept})
        return None
