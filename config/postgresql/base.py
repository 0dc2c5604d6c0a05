"""Django's PostgreSQL, for parameters that the server binds (docs/decisions/0033)."""

from typing import Any

from django.db.backends.postgresql import base, features, operations

# A Bind message counts its parameters in sixteen bits (PostgreSQL, Frontend/Backend Protocol, Message Formats). Django
# would put one for each entry of a journal that is erased into a single statement.
MOST = 65_535


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = MOST


class DatabaseOperations(operations.DatabaseOperations):
    def bulk_batch_size(self, fields: Any, objs: Any) -> int:
        return MOST // max(1, len(fields))


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
