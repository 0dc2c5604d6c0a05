"""Taking out again what a file brought: what was changed since, and what something else belongs to by now, stays, with
all that hangs on it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from journal.export.everything import NOUNS
from journal.models import Import, Imported, Revision
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
    since = {one.row_id: one.created_at for one in some if one.row_id}
    kept = _changed(model, incoming, since) | _hanging(model, incoming, list(since))
    belonging = _references(model, list(since))
    for referring, referred in belonging:
        if referring not in since:
            kept.add(referred)
    within = [(referring, referred) for referring, referred in belonging if referring in since]
    order = {one.row_id: at for at, one in enumerate(some)}
    for referring, referred in sorted(within, key=lambda pair: order[pair[0]]):
        if referring in kept:
            kept.add(referred)
    return kept


def _hanging(model: type[Owned], incoming: Import, ids: list[Any]) -> set[UUID]:
    """Those of these rows that are told with one other (a lesson with its entry, what was chosen with its milestone)
    which stays: it goes only with the whole of it.
    """
    hanging: set[UUID] = set()
    for field in model._meta.concrete_fields:
        whole: Any = field.related_model
        if whole in NOUNS.values() and (field.one_to_one or model is Revision):
            parts = model._base_manager.filter(owner=incoming.owner_id, pk__in=ids)
            pairs = list(parts.values_list("pk", field.attname))
            lasting = _lasting(whole, incoming, [id for _part, id in pairs if id])
            hanging |= {part for part, id in pairs if id in lasting}
    return hanging


def _lasting(model: type[Owned], incoming: Import, ids: list[Any]) -> set[UUID]:
    """Those of these rows, of what the file brought, that will stay: changed since, or belonging to something that was
    changed or did not come with it."""
    brought = _brought(incoming, ids)
    lasting = _changed(model, incoming, brought)
    for noun, pairs in _belonging(model, list(brought)):
        came = _brought(incoming, [referring for referring, _referred in pairs])
        unchanged = came.keys() - _changed(noun, incoming, came)
        lasting |= {referred for referring, referred in pairs if referring not in unchanged}
    return lasting


def _changed(model: type[Owned], incoming: Import, since: dict[UUID, datetime]) -> set[UUID]:
    there = model._base_manager.filter(owner=incoming.owner_id, pk__in=list(since))
    return {id for id, at in there.values_list("pk", "updated_at") if at > since[id]}


def _brought(incoming: Import, ids: list[Any]) -> dict[UUID, datetime]:
    """Which of these the file brought, and when."""
    rows = Imported.objects.filter(incoming=incoming, reason="", row_id__in=ids)
    return dict(rows.values_list("row_id", "created_at"))


def _references(model: type[Owned], ids: list[Any]) -> list[tuple[UUID, UUID]]:
    """(row, the one of these that it belongs to), from every noun of the journal; None of them is left behind alone."""
    found = [pair for _noun, pairs in _belonging(model, ids) for pair in pairs]
    for relation in model._meta.related_objects:
        if relation.many_to_many:
            through: Any = relation.through  # type: ignore[attr-defined]
            here, other = relation.field.m2m_reverse_field_name(), relation.field.m2m_field_name()  # type: ignore[attr-defined]
            links = through._base_manager.filter(**{f"{here}__in": ids})
            found += links.values_list(f"{other}_id", f"{here}_id")
    return found


def _belonging(model: type[Owned], ids: list[Any]) -> Iterator[tuple[type[Owned], list[tuple[UUID, UUID]]]]:
    """Of each noun that refers to this one: (row, the one of these that it belongs to)."""
    for relation in model._meta.related_objects:
        noun: Any = relation.related_model
        if not relation.many_to_many and issubclass(noun, Owned):
            name = relation.field.name
            yield noun, list(noun._base_manager.filter(**{f"{name}__in": ids}).values_list("pk", f"{name}_id"))
