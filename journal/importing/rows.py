"""One row of our own copy, read as what it was: every column by its kind, nothing believed that does not hold."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from accounts.days import is_zone, zone_of
from accounts.models import User
from journal.importing.keeping import clean
from journal.models.owned import Owned

Links = dict[tuple[str, UUID], UUID]
# What only this place sets.
OWN = ("id", "owner_id", "created_at", "updated_at", "version")
LARGEST = 2_000_000_000
# Years of an instant. What lies at the end of the calendar has, by the clock of UTC or of a person, no date at all, and
# PostgreSQL takes it and cannot give it back.
FIRST, LAST = 1900, 9900


class Unkept(Exception):
    """Why this row cannot be kept: a key of journal.importing.reasons."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class Built:
    """Not saved, and without its id yet. `many`: what it is linked with, by field."""

    row: Any
    updated_at: datetime
    many: dict[str, list[UUID]] = field(default_factory=dict)
    removal: models.Model | None = None
    # Rows of its own noun that it refers to, by column, with their ids in the file.
    own: dict[str, UUID] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)


def built(model: type[Owned], told: Any, owner: User, now: datetime, links: Links) -> Built:
    """Raises Unkept."""
    row = model(owner=owner)
    unopened, own = [], dict[str, UUID]()
    for column in model._meta.concrete_fields:
        if column.attname in OWN:
            continue
        setattr(row, column.attname, _value(column, told, owner, links))
        if column.related_model is model and _is_id(told.get(column.attname)):
            own[column.attname] = UUID(told[column.attname])
        if column.attname in row.__dict__ and _is_unopened(column, told):
            unopened.append(column.attname)
    row.created_at = _instant(told.get("created_at")) or now
    row.version = _number(told.get("version"), 1)
    one = Built(row, _instant(told.get("updated_at")) or row.created_at, own=own)
    for many in model._meta.local_many_to_many:
        key = f"{many.name.removesuffix('s')}_ids"
        wanted = told.get(key) if isinstance(told.get(key), list) else []
        ids = [links.get((key, UUID(id))) for id in wanted if _is_id(id)]
        one.many[many.name] = list(dict.fromkeys(id for id in ids if id))
    if hasattr(model, "removal") and (at := _instant(told.get("removed_at"))):
        removal: Any = cast(Any, model)._meta.get_field("removal").related_model
        one.removal = removal(at=at)
    one.told = {"unopened": unopened}
    return one


def _value(column: Any, told: Any, owner: User, links: Links) -> Any:
    if column.is_relation:
        return _link(column, told.get(column.attname), links)
    if column.get_internal_type() == "BinaryField":
        return _text(column, told)
    value = told.get(column.attname)
    if isinstance(column, models.DateTimeField):
        return _instant(value) if column.null else _needed(_instant(value))
    if isinstance(column, models.DateField):
        return _day(value) if column.null else _needed(_day(value))
    if isinstance(column, models.BooleanField):
        return value is True
    if isinstance(column, models.PositiveIntegerField):
        return _number(value, 0)
    if column.attname == "zone":
        return value if isinstance(value, str) and is_zone(value) else zone_of(owner).key
    return _word(column, value)


def _link(column: Any, value: Any, links: Links) -> UUID | None:
    found = links.get((column.attname, UUID(value))) if _is_id(value) else None
    if found is None and not column.null:
        raise Unkept("nothing_there")
    return found


def _text(column: Any, told: Any) -> str:
    """Earlier wordings, and what has several texts by name, go into one column as JSON."""
    if column.attname == "wordings":
        earlier = told.get("earlier")
        return json.dumps(earlier, ensure_ascii=False) if _are_wordings(earlier) and earlier else ""
    if column.attname == "content":
        return json.dumps(_held(told), ensure_ascii=False)
    return clean(told.get(column.attname))


def _held(told: Any) -> Any:
    """Texts by name, lines, or names and values, as whoever reads them will find them. Raises Unkept."""
    name = next((name for name in SHAPES if told.get(name) is not None), "")
    if not name:
        raise Unkept("unopened")
    if not SHAPES[name](told[name]):
        raise Unkept("odd_word")
    return told[name]


def _are_texts(held: Any) -> bool:
    return isinstance(held, dict) and all(isinstance(text, str) for text in held.values())


def _are_lines(held: Any) -> bool:
    return isinstance(held, list) and all(isinstance(line, str) for line in held)


def _are_fields(held: Any) -> bool:
    return isinstance(held, list) and all(_are_lines(pair) and len(pair) == 2 for pair in held)


SHAPES = {"words": _are_texts, "lines": _are_lines, "fields": _are_fields}


def _are_wordings(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and _instant(one.get("at")) and _are_texts(one.get("words")) for one in value
    )


def _is_unopened(column: Any, told: Any) -> bool:
    return column.get_internal_type() == "BinaryField" and column.attname in told and told[column.attname] is None


def _word(column: Any, value: Any) -> Any:
    """One of the words that a column can have. Raises Unkept."""
    try:
        return column.clean(clean(value), None)
    except ValidationError:
        if column.blank or column.has_default():
            return column.get_default()
        raise Unkept("odd_word") from None


def _needed(value: Any) -> Any:
    if value is None:
        raise Unkept("no_date")
    return value


def _number(value: Any, otherwise: int) -> int:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 <= value <= LARGEST else otherwise


def _instant(value: Any) -> datetime | None:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
        found = timezone.make_aware(found) if found and timezone.is_naive(found) else found
        return found if found and FIRST <= found.astimezone(UTC).year < LAST else None
    except (ValueError, OverflowError):
        return None


def _day(value: Any) -> date | None:
    try:
        found = parse_date(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
    return found if found and found.year >= 1 else None


def _is_id(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 36 and bool(UUID(value))
    except ValueError:
        return False
