"""The stylesheets are written small and served as two files: `css/onward.css`, which Today and the Journal need, and
`css/further.css` with what all other pages draw besides. The scripts of every page are one likewise, `js/onward.js`,
and what the first page of all draws, `img/landing.svg`.

Pages that somebody comes to from outside, with nothing in the cache, take the few they need: `css/letter.css`, and the
first page of all `css/landing.css`. What one person alone ever opens stands by itself (`BY_ITSELF`); its page names it.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME, FURTHER, SMALL, LANDING = "css/onward.css", "css/further.css", "css/letter.css", "css/landing.css"
SCRIPT, PICTURE = "js/onward.js", "img/landing.svg"
FIRST = ("tokens.css", "base.css", "layout.css")
LAST = ("print.css",)
DAILY = ("beside", "drafts", "entry", "journal", "kindpage", "questions", "steps", "today", "ways-in")
BY_ITSELF = ("pages/operator.css",)
OF_LETTERS = (
    "components/controls.css",
    "components/door.css",
    "components/marks.css",
    "pages/answer.css",
    "pages/letters.css",
)
OF_THE_LANDING = (
    "components/controls.css",
    "components/door.css",
    "components/entry.css",
    "components/marks.css",
    "pages/landing.css",
    *LAST,
)
DRAWN_ON_THE_LANDING = ["mark", "kind-win", "kind-lesson", "stone-a-done", "stone-b-next", "stone-c-later"]
DRAWN_ON_THE_LANDING += ["branch", "bloom-1", "bloom-2", "bloom-3"]
SYMBOL = re.compile(r'<symbol id="([\w-]+)".*?</symbol>', re.S)


def sources() -> list[Path]:
    """tokens, base, layout, components, pages, print: the order of the layers."""
    components = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("components/*.css"))
    return [*_named(FIRST), *components, *_named(f"pages/{name}.css" for name in DAILY), *_named(LAST)]


def further() -> list[Path]:
    pages = (Path(settings.BASE_DIR) / "static" / "css").glob("pages/*.css")
    return sorted(set(pages) - set(sources()) - set(by_themselves()))


def by_themselves() -> list[Path]:
    return _named(BY_ITSELF)


def of_letters() -> list[Path]:
    return _named(FIRST + OF_LETTERS)


def of_the_landing() -> list[Path]:
    return _named(FIRST + OF_THE_LANDING)


def _named(names: Iterable[str]) -> list[Path]:
    return [Path(settings.BASE_DIR) / "static" / "css" / name for name in names]


SHEETS = {NAME: sources, FURTHER: further, SMALL: of_letters, LANDING: of_the_landing}


def joined(name: str = NAME) -> str:
    """One sheet without what no browser needs (comments, spaces, the edges of the small ones within a layer); addresses
    are made relative to css/.
    """
    whole = "\n".join(path.read_text() for path in SHEETS[name]())
    whole = re.sub(r"/\*.*?\*/", "", whole, flags=re.S).replace("url(../../", "url(../")
    # One file is one first window of a connection (14.6 KB): a longer one takes a journey more over a slow network.
    whole = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", whole))
    whole = re.sub(r"(?<=[\w-]):\s", ":", whole).replace(";}", "}")
    return _one_block_a_layer(whole).strip() + "\n"


def scripts() -> list[Path]:
    return sorted((Path(settings.BASE_DIR) / "static" / "js" / "onward").glob("*.js"))


def script() -> str:
    """One script after the other, without the lines that are only a comment: each keeps its names to itself."""
    written = "".join(path.read_text() for path in scripts())
    return re.sub(r"^\s*(//.*\n\s*)*", "", written, flags=re.M)


def picture() -> str:
    """What lies on the table, and the signs that stand beneath it."""
    folder = Path(settings.BASE_DIR) / "static" / "img"
    drawn = "".join((folder / name).read_text() for name in ("art.svg", "branch.svg"))
    signs = {found[1]: found[0] for found in SYMBOL.finditer(drawn)}
    table = (folder / "hero.svg").read_text().strip().removesuffix("</svg>")
    return f"{table}{''.join(signs[name] for name in DRAWN_ON_THE_LANDING)}</svg>\n"


def _one_block_a_layer(sheet: str) -> str:
    """What follows in the same layer goes on in it."""
    blocks = re.split(r"(?=@layer \w+\{)", sheet)
    whole, last = blocks[0], ""
    for block in blocks[1:]:
        opening, _, rules = block.partition("{")
        whole = whole.removesuffix("}") + rules if opening == last else whole + block
        last = opening
    return whole


# What is made of many, by the name it is served under.
MADE: dict[str, Callable[[], str]] = {name: partial(joined, name) for name in SHEETS}
MADE |= {SCRIPT: script, PICTURE: picture}


class StylesFinder(BaseFinder):
    """Makes a file of many on asking and leaves the small ones to whoever writes them."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=str(Path(settings.ONWARD_HOME) / "build"))

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in MADE:
            return []
        place = self._write(path)
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        for name in MADE:
            self._write(name)
            yield name, self.storage

    def _write(self, name: str) -> str:
        place = Path(self.storage.path(name))
        whole = MADE[name]()
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists() or place.read_text() != whole:
            fresh = place.with_suffix(".new")
            fresh.write_text(whole)
            fresh.replace(place)
        return str(place)
