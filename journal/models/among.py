"""`pk__among=ids`: as `pk__in`, with all of them in one parameter: five hundred ids are asked for as fast as one.

Ids are text or UUIDs.
"""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


@models.UUIDField.register_lookup
class Among(models.Lookup):
    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        column, params = self.process_lhs(compiler, connection)
        ids = json.dumps([str(id).replace("-", "") for id in self.rhs])
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, ids]

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", [*params, list(map(str, self.rhs))]
