"""The settings, the folder and the disk."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks

from config import env
from config.doctor import Finding, look, note, well

ROOM = 500 * 1024 * 1024  # bytes
PART = 0.05
LOCAL = ("127.0.0.1", "localhost", "[::1]")


def settings_hold() -> Iterator[Finding]:
    """What Django and the apps have to say of the settings; what they merely tell is told."""
    found = [one for one in checks.run_checks(include_deployment_checks=settings.HTTPS) if not one.is_silenced()]
    for one in found:
        grave = one.level >= checks.WARNING
        yield (look if grave else note)(f"{one.msg} ({one.id})")
    if settings.DEBUG:
        yield look("DEBUG is on: error pages would show the code. It is for changing Onward, never for people.")
    if not any(one.level >= checks.WARNING for one in found) and not settings.DEBUG:
        yield well("they hold together")


def https() -> Iterator[Finding]:
    if settings.HTTPS:
        yield well(f"{settings.ONWARD_URL}: cookies are Secure, HSTS is on, one trusted proxy before us")
    elif env.host_of(settings.ONWARD_URL) in LOCAL:
        yield note(f"{settings.ONWARD_URL} is for this machine alone, so no https")
    else:
        yield look(f"{settings.ONWARD_URL} is not https: what people write crosses the network in the open.")


def folder() -> Iterator[Finding]:
    """What only Onward’s own user has to be able to read."""
    home, open_to_others = Path(settings.ONWARD_HOME), list[Path]()
    if not os.access(home, os.W_OK):
        yield look(f"{home} cannot be written to.")
    for path in _secrets(home):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077 and not _is_shut(path.parent):
            open_to_others.append(path)
    for path in open_to_others:
        yield look(f"Other accounts of this machine can read {path}; chmod go-rwx closes it to them.")
    if not open_to_others:
        yield well(f"{home}, and nobody else reads what it guards")


def _secrets(home: Path) -> list[Path]:
    kept = [home / "secret", home / "outbox", Path(settings.ONWARD_KEYS_FILE), Path(settings.ONWARD_LEDGER_FILE)]
    name = settings.DATABASES["default"]["NAME"]
    return [*kept, Path(name)] if settings.EMBEDDED else kept


def _is_shut(place: Path) -> bool:
    """A file is as closed as the folder that it lies in."""
    return not stat.S_IMODE(place.stat().st_mode) & 0o077


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.ONWARD_HOME)
    said = f"{free.free / 1024**3:.1f} GB of {free.total / 1024**3:.0f} are free at {settings.ONWARD_HOME}"
    yield look(f"{said}: make room.") if free.free < max(ROOM, free.total * PART) else well(said)
