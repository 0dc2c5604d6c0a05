"""Django's SQLite, which keeps its connection open for some requests, and yet notices that the file is another."""

import os
from typing import Any
from weakref import WeakSet

from django.db.backends.sqlite3 import base

# So many stay open in a process: each thread that answers has one of its own, and in a crowd there are hundreds.
KEPT = 32


class DatabaseWrapper(base.DatabaseWrapper):
    """Where a restore laid another file in place, or the file is gone, the next request opens what is there now: a row
    that went on into the old one would be written nowhere.
    """

    _file: tuple[int, int] | None = None
    _open: WeakSet["DatabaseWrapper"] = WeakSet()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        self._file = _file(conn_params["database"])
        self._open.add(self)
        return made

    def _close(self) -> None:
        self._open.discard(self)
        super()._close()  # type: ignore[misc]

    def close_if_unusable_or_obsolete(self) -> None:
        """Asked as each request and each task begins and ends."""
        if self.connection is not None and (len(self._open) > KEPT or _file(self.settings_dict["NAME"]) != self._file):
            self.close()
        super().close_if_unusable_or_obsolete()


def _file(place: Any) -> tuple[int, int] | None:
    """Which file lies there (device and inode), if one does; none for a database in memory."""
    try:
        found = os.stat(place)
    except OSError:
        return None
    return found.st_dev, found.st_ino
