"""Reading all that a person wrote, page after page. No cursor is open while bytes go out."""

import base64
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import User
from journal.models import Entry, Milestone, Theme
from journal.models.owned import Owned

PAGE = 500


def pages(rows: models.QuerySet[Any]) -> Iterator[list[Any]]:
    """`rows` in their order, at most PAGE at a time.

    What is there at the beginning comes exactly once, whatever is changed meanwhile. Between two pages only ids are
    held, sixteen bytes each.
    """
    ids = b"".join(id.bytes for id in rows.values_list("pk", flat=True).iterator(chunk_size=2000))
    for start in range(0, len(ids), 16 * PAGE):
        wanted = [UUID(bytes=ids[at : at + 16]) for at in range(start, min(start + 16 * PAGE, len(ids)), 16)]
        found = rows.order_by().in_bulk(wanted)
        yield [found[id] for id in wanted if id in found]


class Named:
    """An entry of a page with the names of its themes and its milestone; None where one cannot be opened."""

    def __init__(self, entry: Entry, themes: list[str | None], milestone: str | None) -> None:
        self.entry, self.themes, self.milestone = entry, themes, milestone


def named_entries(user: User) -> Iterator[list[Named]]:
    """What stands in the journal, in the order that the Journal has: the latest day first."""
    records = Entry.objects.of(user).select_related("lesson", "acceptance", "answer").newest_first()
    for page in pages(records):
        links = linked(page, "themes")
        themes = names(Theme, {id for ids in links.values() for id in ids}, "name")
        milestones = names(Milestone, {entry.milestone_id for entry in page} - {None}, "title")
        for entry in page:
            entry.owner = user
        yield [
            Named(entry, [themes[id] for id in links.get(entry.pk, ())], milestones.get(entry.milestone_id, ""))
            for entry in page
        ]


def linked(page: list[Any], field: str) -> dict[UUID, list[UUID]]:
    """The ids of what the rows of a page are linked with, by row, in the order of linking."""
    relation = type(page[0])._meta.get_field(field)
    here, there = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    rows = relation.remote_field.through._base_manager.filter(**{f"{here}__in": [row.pk for row in page]})
    found: dict[UUID, list[UUID]] = {}
    for row, other in rows.order_by("pk").values_list(f"{here}_id", f"{there}_id"):
        found.setdefault(row, []).append(other)
    return found


def names(model: type[Owned], ids: Iterable[UUID], field: str) -> dict[UUID, str | None]:
    return {row.pk: row.text_of(field) for row in model._base_manager.filter(pk__in=list(ids))}


def unopened(noun: str, row: Owned, field: str) -> dict[str, Any]:
    """A text that cannot be opened, as the bytes that are kept of it: it is taken along all the same."""
    return {"noun": noun, "id": row.pk, "field": field, "sealed": base64.b64encode(row.sealed_bytes(field)).decode()}
