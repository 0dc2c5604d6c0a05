"""The table that counts attempts where no Redis is (config.cache is for a Redis, and loads what speaks to one)."""

from datetime import datetime

from django.conf import settings
from django.db import connection


def tick(now: datetime) -> None:
    """What the cache's table still holds of times that are over goes; a Redis forgets by itself."""
    kept = settings.CACHES["default"]
    if str(kept["BACKEND"]).endswith("DatabaseCache"):
        over = connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{kept["LOCATION"]}" WHERE expires < %s', [over])
