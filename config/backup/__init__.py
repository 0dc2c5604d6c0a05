"""A copy for emergencies, in two parts that lie apart: sealed texts, and the wrapped keys without which none opens.

    DIR/texts/   the database without data keys and sessions, manifest.json
    DIR/keys/    data_keys.jsonl, the ledger of who left, manifest.json

The ring is in neither. A backup has its name only when it is whole; what was interrupted ends in `.unfinished`.
"""

import logging
import shutil
from datetime import datetime
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config import backed_up
from config.backup import manifest, postgresql, sqlite
from config.backup.manifest import Keys

DATA_KEYS = "accounts_datakey"
# A session of that day has no business in another; what the cache table holds is no less than a minute old.
LEFT_OUT = (DATA_KEYS, "django_session", "cache")
LEDGER = "deleted"
PARTS = ("texts", "keys")

log = logging.getLogger(__name__)


def engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def backup(place: Path, now: datetime, part: str = "") -> dict[str, int]:
    """Rows of each table. Consistent under write load: everything is of one moment. Raises ImproperlyConfigured.

    `part`: that one alone, for roles that may not see both; the parts need not be of one moment (restoring.restore).
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise ImproperlyConfigured(f"{place} is not empty: each backup has a folder of its own.")
    fresh = place.with_name(f"{place.name}.unfinished")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in PARTS:
        (fresh / name).mkdir(parents=True, mode=0o700)
    fresh.chmod(0o700)
    tables, keys = engine().dump(fresh / "texts", LEFT_OUT, part)
    head: dict[str, object] = {"engine": connection.vendor, "made_at": now.isoformat(), "migrations": applied()}
    _keep_keys(fresh / "keys", keys, head)
    manifest.write(fresh / "texts", head | {"tables": tables})
    for name in PARTS:
        if part not in ("", name):
            shutil.rmtree(fresh / name)
    if place.exists():
        place.rmdir()
    fresh.rename(place)
    _note([part] if part else list(PARTS), now)
    return {name: table["rows"] for name, table in tables.items()}


def _note(parts: list[str], now: datetime) -> None:
    """For /metrics and the operator’s page. A backup is as good without it: some place has a home that is only read."""
    try:
        for part in parts:
            backed_up.note(part, now)
    except OSError as error:
        log.info("That a backup was made could not be noted: %s.", type(error).__name__)


def applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _keep_keys(folder: Path, keys: Keys, head: dict[str, object]) -> None:
    manifest.write_keys(folder, keys)
    ledger = Path(settings.ONWARD_LEDGER_FILE)
    if ledger.exists():
        shutil.copyfile(ledger, folder / LEDGER)
    manifest.write(folder, head | {"needs": sorted({key.kek_id for key in keys}), "keys": len(keys)})
