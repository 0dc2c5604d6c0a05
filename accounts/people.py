"""Whom to call when today is too heavy: what the people who run this place wrote down (ONWARD_HELP_FILE).

A TOML file; docs/configuration.md shows one. Each table is a country by its two letters, or "everywhere":

    [PT]
    country = "Portugal"
    people = [{ who = "Night line, any hour, no name needed", call = "+351 555 0100" }]
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Line:
    who: str
    call: str

    @property
    def dial(self) -> str:
        """What a telephone is given: digits, and a plus before them."""
        return "".join(sign for sign in self.call if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Country:
    code: str
    name: str
    lines: tuple[Line, ...]


def people(zone: str = "") -> list[Country]:
    """Everywhere first, then the country of `zone` (an IANA name), then the others as they stand in the file.

    Nothing where the file cannot be read: the page has words of its own, and stands in any case.
    """
    try:
        countries = _as_of(Path(settings.ONWARD_HELP_FILE), _changed()) if settings.ONWARD_HELP_FILE else ()
    except ImproperlyConfigured:
        return []
    near = _countries().get(zone)
    return sorted(countries, key=lambda one: (one.code != EVERYWHERE, one.code != near))


def refuse_odd() -> None:
    """Raises ImproperlyConfigured, so that an odd file stops the start and not the page."""
    if settings.ONWARD_HELP_FILE:
        read(Path(settings.ONWARD_HELP_FILE))


def _changed() -> int:
    path = Path(settings.ONWARD_HELP_FILE)
    return path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=2)
def _as_of(path: Path, changed: int) -> tuple[Country, ...]:
    return read(path)


def read(path: Path) -> tuple[Country, ...]:
    """Raises ImproperlyConfigured with one line that says what is wrong with the file."""
    try:
        tables = tomllib.loads(path.read_text())
        return tuple(_country(code, table) for code, table in tables.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(f"ONWARD_HELP_FILE cannot be read: {type(error).__name__}: {error}.") from None


def _country(code: str, table: dict[str, Any]) -> Country:
    lines = tuple(Line(str(line["who"]), str(line["call"])) for line in table["people"])
    if not lines or any(not line.dial for line in lines):
        raise ValueError(f"[{code}] has nobody to call")
    return Country(code, str(table.get("country", "")), lines)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Which country a zone lies in, by its two letters, as the zone files themselves say."""
    rows = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text().splitlines()
    return {row.split("\t")[2]: row.split("\t")[0] for row in rows if row and not row.startswith("#")}
