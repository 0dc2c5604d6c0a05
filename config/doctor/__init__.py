"""What `manage.py doctor` looks at, in order. Named as strings: config wires the apps together and imports none.

A check is a function that yields findings. One that breaks is a finding itself, and the others go on.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.module_loading import import_string

CHECKS = {
    "settings": "config.doctor.place.settings_hold",
    "https": "config.doctor.place.https",
    "folder": "config.doctor.place.folder",
    "disk": "config.doctor.place.disk",
    "database": "config.doctor.database.reached",
    "tables": "config.doctor.database.tables",
    "durability": "config.doctor.database.durability",
    "pg_restore": "config.doctor.database.tools",
    "machine’s clock": "config.doctor.database.same_hour",
    "key ring": "accounts.doctor.ring_opens",
    "who left": "accounts.doctor.ledger_reads",
    "people": "accounts.doctor.people",
    "cache": "config.doctor.redis.cache_found",
    "workers": "config.doctor.redis.workers",
    "passes": "reminders.doctor.passes",
    "letters": "reminders.doctor.letters",
    "mail": "reminders.doctor.mail",
    "zone files": "reminders.doctor.zone_files",
    "fonts": "journal.doctor.fonts",
}
WIDE = 17
WELL, NOTE, LOOK = "all well", "by the way", "look here"


class Finding(NamedTuple):
    verdict: str
    words: str


def well(words: str) -> Finding:
    return Finding(WELL, words)


def note(words: str) -> Finding:
    """Nothing is wrong, and whoever runs this place may want to know."""
    return Finding(NOTE, words)


def look(words: str) -> Finding:
    """Something to do."""
    return Finding(LOOK, words)


def examine() -> Iterator[tuple[str, Finding]]:
    """Each part with what was found of it."""
    for part, name in CHECKS.items():
        for finding in _tried(import_string(name)):
            yield part, finding


def _tried(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What an error says may hold a password; its kind says enough."""
    try:
        yield from check()
    except Exception as error:
        yield look(f"This could not be looked at: {type(error).__name__}.")


def line(part: str, finding: Finding) -> str:
    """One row of the table."""
    return f"{part:{WIDE}}{finding.verdict:12}{finding.words}"
