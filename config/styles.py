"""The stylesheets are written small and served as one file, `css/onward.css`.

Pages that somebody comes to from outside, with nothing in the cache, take the few they need: `css/letter.css`.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME, SMALL = "css/onward.css", "css/letter.css"
FIRST = ("tokens.css", "base.css", "layout.css")
LAST = ("print.css",)
OF_LETTERS = (
    "components/controls.css",
    "components/door.css",
    "components/marks.css",
    "pages/answer.css",
    "pages/letters.css",
)


def sources() -> list[Path]:
    """tokens, base, layout, components, pages, print: the order of the layers."""
    css = Path(settings.BASE_DIR) / "static" / "css"
    middle = sorted(css.glob("components/*.css")) + sorted(css.glob("pages/*.css"))
    return [css / name for name in FIRST] + middle + [css / name for name in LAST]


def of_letters() -> list[Path]:
    css = Path(settings.BASE_DIR) / "static" / "css"
    return [css / name for name in FIRST + OF_LETTERS]


SHEETS = {NAME: sources, SMALL: of_letters}


def joined(name: str = NAME) -> str:
    """One sheet: comments and indents go, addresses are made relative to css/."""
    whole = "\n".join(path.read_text() for path in SHEETS[name]())
    whole = re.sub(r"/\*.*?\*/", "", whole, flags=re.S).replace("url(../../", "url(../")
    return "\n".join(line.strip() for line in whole.splitlines() if line.strip()) + "\n"


class StylesFinder(BaseFinder):
    """Makes a sheet on asking and leaves the small ones to whoever writes them."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=str(Path(settings.ONWARD_HOME) / "build"))

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in SHEETS:
            return []
        place = self._write(path)
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        for name in SHEETS:
            self._write(name)
            yield name, self.storage

    def _write(self, name: str) -> str:
        place = Path(self.storage.path(name))
        sheet = joined(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists() or place.read_text() != sheet:
            fresh = place.with_suffix(".new")
            fresh.write_text(sheet)
            fresh.replace(place)
        return str(place)
