"""Where rows lie by their owner, what names both owner and id is answered in one place (docs/operating.md)."""

from typing import Any

from django.db import models


class ByOwner(models.Model):
    """A row with an owner: `save` and `refresh_from_db` ask for it by owner and id."""

    # The column of the field `owner`, which each of them has.
    owner_id: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    def refresh_from_db(
        self, using: Any = None, fields: Any = None, from_queryset: models.QuerySet[Any] | None = None
    ) -> None:
        rows = type(self)._base_manager.all() if from_queryset is None else from_queryset
        known = {"owner": self.owner_id} if "owner_id" not in self.get_deferred_fields() else {}
        super().refresh_from_db(using, fields, rows.filter(**known))

    def _do_update(self, base_qs: models.QuerySet[Any], *more: Any) -> Any:
        return super()._do_update(base_qs.filter(owner=self.owner_id), *more)
