"""Taking out again what a file brought: what was changed since, and what something else belongs to by now, stays."""

from typing import Any
from uuid import UUID

from journal.export.everything import NOUNS
from journal.models import Import, Imported
from journal.models.owned import Owned

BATCH = 200


def batch(incoming: Import) -> int:
    """Within a transaction: the last of what is left. How many were looked at; 0 once nothing is left."""
    left = Imported.objects.filter(incoming=incoming, reason="").standing()
    there = set(left.values_list("noun", flat=True).distinct().order_by())
    noun = next((noun for noun in reversed(NOUNS) if noun in there), None)
    if noun is None:
        return 0
    some = list(left.filter(noun=noun).order_by("-place", "-pk")[:BATCH])
    kept = _stay(NOUNS[noun], incoming, some)
    gone = [one.row_id for one in some if one.row_id not in kept]
    NOUNS[noun]._base_manager.filter(owner=incoming.owner_id, pk__in=gone).delete()
    rows = Imported.objects.filter(pk__in=[one.pk for one in some])
    rows.filter(row_id__in=kept).update(reason="changed")
    rows.exclude(row_id__in=kept).update(row_id=None, reason="undone")
    return len(some)


def _stay(model: type[Owned], incoming: Import, some: list[Imported]) -> set[UUID]:
    """Those of these rows that stay. What refers to another in the batch comes before it."""
    since = {one.row_id: one.created_at for one in some}
    there = model._base_manager.filter(owner=incoming.owner_id, pk__in=list(since))
    kept = {id for id, at in there.values_list("pk", "updated_at") if at > since[id]}
    for referring, referred in _references(model, list(since)):
        if referring not in since:
            kept.add(referred)
    within = [(referring, referred) for referring, referred in _references(model, list(since)) if referring in since]
    order = {one.row_id: at for at, one in enumerate(some)}
    for referring, referred in sorted(within, key=lambda pair: order[pair[0]]):
        if referring in kept:
            kept.add(referred)
    return kept


def _references(model: type[Owned], ids: list[Any]) -> list[tuple[UUID, UUID]]:
    """(row, the one of these that it belongs to), from every noun of the journal; None of them is left behind alone."""
    found: list[tuple[UUID, UUID]] = []
    for relation in model._meta.related_objects:
        there: Any = relation.related_model
        if relation.many_to_many:
            through: Any = relation.through  # type: ignore[attr-defined]
            here, other = relation.field.m2m_reverse_field_name(), relation.field.m2m_field_name()  # type: ignore[attr-defined]
            links = through._base_manager.filter(**{f"{here}__in": ids})
            found += links.values_list(f"{other}_id", f"{here}_id")
        elif issubclass(there, Owned):
            name = relation.field.name
            found += there._base_manager.filter(**{f"{name}__in": ids}).values_list("pk", f"{name}_id")
    return found
