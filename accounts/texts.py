"""What the people who run this place tell: files in a folder of theirs (ONWARD_TEXTS), shown on one page of ours.

Of Markdown they know headings, lists and paragraphs; everything else stands as it was typed, and none of it is HTML.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

TITLES = {"contact": _("How to reach us"), "terms": _("Terms"), "privacy": _("What is kept of you")}


@dataclass(frozen=True)
class Block:
    """`kind`: heading, list or paragraph; a list has as many lines as items."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    name: str
    title: Any
    blocks: tuple[Block, ...]


def texts() -> list[Text]:
    """Those that are there, in order. One that cannot be read stops the start and not the page."""
    found = []
    for name, title in TITLES.items():
        path = Path(settings.ONWARD_TEXTS) / f"{name}.md"
        if settings.ONWARD_TEXTS and path.is_file():
            found.append(Text(name, title, _as_of(path, path.stat().st_mtime_ns)))
    return [text for text in found if text.blocks]


def refuse_odd() -> None:
    """Raises ImproperlyConfigured where the folder is none, or a file is no text."""
    if not settings.ONWARD_TEXTS:
        return
    if not Path(settings.ONWARD_TEXTS).is_dir():
        raise ImproperlyConfigured(f"ONWARD_TEXTS is {settings.ONWARD_TEXTS!r}; it takes a folder with {_names()}.")
    for name in TITLES:
        path = Path(settings.ONWARD_TEXTS) / f"{name}.md"
        try:
            _read(path) if path.exists() else ""
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(f"{path} cannot be read: {type(error).__name__}.") from None


def _names() -> str:
    return ", ".join(f"{name}.md" for name in TITLES)


@lru_cache(maxsize=8)
def _as_of(path: Path, changed: int) -> tuple[Block, ...]:
    try:
        return blocks(_read(path))
    except (OSError, ValueError):
        return ()


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def blocks(text: str) -> tuple[Block, ...]:
    """Parted by empty lines; a heading ends by itself."""
    found: list[Block] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        while lines and lines[0].startswith("#"):
            found.append(Block("heading", (lines.pop(0).lstrip("#").strip(),)))
        if lines and all(line.startswith(("- ", "* ")) for line in lines):
            found.append(Block("list", tuple(line[2:].strip() for line in lines)))
        elif lines:
            found.append(Block("paragraph", (" ".join(lines),)))
    return tuple(found)
