"""What keeps the things of a file: pages of other journals, and rows of our own copy."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from accounts.fields import CONTROLS, HALVES
from journal.importing.found import Found
from journal.models import Import, Imported

LONGEST = 1_000_000


class Keeper(Protocol):
    """Counts are of `kept`, `known` (it stood here already) and `skipped`."""

    def standing(self, batch: list[Found]) -> int:
        """How many of these stand here already."""

    def pass_over(self, one: Found) -> None:
        """It was done before; what comes later may refer to it."""

    def keep(self, batch: list[Found], place: int, now: datetime) -> Counter[str]:
        """Within a transaction. `place` is that of the first."""


def clean(text: Any) -> str:
    """As a form takes it: without what nobody can see and what databases refuse."""
    if not isinstance(text, str):
        return ""
    return HALVES.sub("\ufffd", CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def noted(incoming: Import, place: int, *, told: dict[str, Any] | None = None, **what: Any) -> Imported:
    """One line of the report, not saved yet."""
    said = {name: value for name, value in (told or {}).items() if value}
    text = json.dumps(said, ensure_ascii=True, default=str) if said else ""
    return Imported(owner_id=incoming.owner_id, incoming=incoming, place=place, told=text, **what)


def note(rows: Iterable[Imported]) -> None:
    Imported.objects.bulk_create(list(rows))
