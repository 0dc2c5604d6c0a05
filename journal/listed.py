"""Entries as a list shows them: with all that lies beside them, in two queries, and one more for a then-and-now."""

from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from journal.models import Entry, Theme
from journal.models.entry import BESIDE, EntryQuerySet

# What came of a lesson stands on its entry's own page alone.
AMONG_OTHERS = [name for name in BESIDE if name != "sequel"]


def listed(entries: EntryQuerySet) -> list[Entry]:
    """As `with_records`, which makes a theme for each entry under it, where here the thirty share one."""
    found = list(entries.select_related(*AMONG_OTHERS))
    _lay_themes(found)
    beside_old = [entry for entry in found if entry.kind == Entry.Kind.THEN_NOW]
    if beside_old:
        standing = Entry.objects.filter(removal__isnull=True).select_related("lesson")
        prefetch_related_objects(beside_old, Prefetch("then_now__old", standing))
    return found


def _lay_themes(entries: list[Entry]) -> None:
    links = Entry.themes.through._default_manager.filter(entry__in=[entry.pk for entry in entries])
    rows = links.order_by("theme__created_at", "theme").values_list("entry", "theme", "theme__owner", "theme__name")
    themes: dict[UUID, Theme] = {}
    under: dict[UUID, list[Theme]] = {entry.pk: [] for entry in entries}
    for page, id, owner, name in rows if entries else ():
        if id not in themes:
            themes[id] = Theme(pk=id, owner_id=owner, name=name)
        under[page].append(themes[id])
    for entry in entries:
        entry.listed_themes = under[entry.pk]
