"""The files that the house rules look at."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("config", "accounts", "journal", "reminders")


def python(*folders: str) -> list[Path]:
    found = [path for folder in folders or APPS for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    """Of both engines: the second one’s end in .jinja."""
    return sorted([*(ROOT / "templates").rglob("*.html"), *compiled()])


def compiled() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.jinja"))


def pages() -> list[Path]:
    """Templates of pages; a letter has rules of its own."""
    return [path for path in templates() if "mail" not in path.parts and "email" not in path.parts]


def styles() -> list[Path]:
    return sorted((ROOT / "static" / "css").rglob("*.css"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_comments(text: str) -> str:
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.S)
    return re.sub(r"{#.*?#}", "", text)
