"""One part of a backup each day, in one folder, and how long it stays there (docs/operating.md, Backups).

FOLDER/2026-11-27T031000Z/texts/   as config.backup writes it; named for its moment, in UTC
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from config.backup import backup, manifest

NAMED = "%Y-%m-%dT%H%M%SZ"
# People who leave are promised the days of the keys (docs/privacy.md).
STAYS = {"texts": timedelta(days=35), "keys": timedelta(days=7)}
LATE = timedelta(hours=26)


def due(newest: datetime | None, now: datetime, at: time) -> bool:
    """`at` is the hour in UTC. Where there is none yet, or one was missed, it is due at once."""
    last = datetime.combine(now, at, UTC)
    return newest is None or newest < (last if last <= now else last - timedelta(days=1))


def keep(folder: Path, part: str, now: datetime) -> Path:
    """Only a new one takes the old ones away: while the database is gone they are all there is."""
    made = folder / now.strftime(NAMED)
    backup(made, now, part)
    forget(folder, part, now)
    return made


def forget(folder: Path, part: str, now: datetime) -> None:
    """What has been there long enough, and what was interrupted."""
    old = [place for place, moment in _kept(folder) if moment <= now - STAYS[part]]
    for place in [*old, *folder.glob("*.unfinished")]:
        shutil.rmtree(place)


def newest(folder: Path, part: str) -> datetime | None:
    """Of those that are whole."""
    return max((moment for place, moment in _kept(folder) if (place / part / manifest.NAME).exists()), default=None)


def is_late(folder: Path, part: str, now: datetime) -> bool:
    made = newest(folder, part)
    return made is None or now - made > LATE


def _kept(folder: Path) -> Iterator[tuple[Path, datetime]]:
    """What has no name of ours is somebody else's and stays."""
    for place in folder.iterdir() if folder.is_dir() else ():
        try:
            yield place, datetime.strptime(place.name, NAMED).replace(tzinfo=UTC)
        except ValueError:
            continue
