"""The book: a PDF on A5, months as chapters, the earliest first, with an index of lessons; whole before it goes out.

Nobody's words are a part of its source: they go in as data (journal/export/typesetting.py).
"""

from collections.abc import Generator, Iterable
from datetime import date, datetime
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from accounts.days import local_date
from accounts.export import person
from accounts.models import User
from journal import alphabet
from journal.export.book_words import Words, ink, signs
from journal.export.choice import Choice
from journal.export.leaves import leaves
from journal.export.markdown import unopened
from journal.export.pages import Reader
from journal.export.passages import Page, Pages, Passage
from journal.export.typesetting import typeset

SOURCES = Path(settings.BASE_DIR) / "templates" / "journal" / "export" / "book"
# What is longer may go over the end of a page.
LONG = 700
SIZE = 10.5  # points
PIECE = 64 * 1024


def chunks(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    """Made before the first byte is asked for, so that a page can still answer. Raises NotMade."""
    return _pieces(_made(user, now, choice))


def _pieces(pdf: bytes) -> Generator[bytes, None, None]:
    for start in range(0, len(pdf), PIECE):
        yield pdf[start : start + PIECE]


def _made(user: User, now: datetime, choice: Choice) -> bytes:
    reader = Reader(user, choice, instead=unopened())
    pages = Pages()
    found = [pages.page(leaf) for leaf in chain.from_iterable(leaves(reader))]
    book = Book(person(user, reader.note)["name"] or "", local_date(user, now), found[::-1])
    return typeset(source("book"), book.told(), now)


def source(name: str) -> str:
    return "".join((SOURCES / f"{part}.typ").read_text() for part in ("sheet", name))


class Book:
    """`pages` in the order of the book."""

    def __init__(self, name: str, today: date, pages: list[Page]) -> None:
        self.name, self.today, self.pages = name, today, pages
        self.words = Words()
        self.lessons: dict[str, list[tuple[str, str]]] = {}

    def told(self) -> dict[str, Any]:
        """What the source reads. The faces and what they lack are known once everything else is."""
        chapters = [self._chapter(title, pages) for title, pages in groupby(self.pages, _month)]
        said = {
            "name": self.words.said(self.name or _("What I kept")),
            "days": self._days(),
            "made": _("Made on %(day)s") % {"day": date_format(self.today, "j F Y")},
            "contents": _("Contents") if len(chapters) > 1 else None,
            "chapters": chapters,
            "index": self._index(),
            "colophon": self._colophon(),
        }
        return said | self._dress()

    def _dress(self) -> dict[str, Any]:
        families = list(self.words.faces.families)
        used = {"mark"} | {page.sign for page in self.pages}
        return {
            "title": f"Onward · {self._days()}" if self.pages else "Onward",
            "lang": self.words.language,
            "rtl": get_language_bidi(),
            "size": SIZE,
            "families": families,
            "japanese": sorted(families, key=lambda family: family.endswith((" SC", " KR"))),
            "korean": sorted(families, key=lambda family: family.endswith((" SC", " JP"))),
            "ink": ink(),
            "signs": {name: drawing for name, drawing in signs().items() if name in used},
            "mark": signs()["mark"],
        }

    def _days(self) -> str:
        days = [page.day for page in self.pages if page.day]
        if not days:
            return ""
        first, last = (date_format(day, "j F Y") for day in (days[0], days[-1]))
        return first if first == last else f"{first} – {last}"

    def _chapter(self, title: str, pages: Iterable[Page]) -> dict[str, Any]:
        days = [
            _day(day) | {"entries": [self._entry(page) for page in of_day]}
            for day, of_day in groupby(pages, lambda page: page.day)
        ]
        return {"title": title, "days": days}

    def _entry(self, page: Page) -> dict[str, Any]:
        place = f"l{sum(map(len, self.lessons.values()))}" if page.lesson else None
        if place:
            for theme in page.themes or [""]:
                self.lessons.setdefault(theme, []).append((place, page.lesson))
        return {
            "head": self.words.said(page.head),
            "sign": page.sign,
            "kind": page.kind,
            "place": place,
            "long": sum(len(passage.text) for passage in page.passages) > LONG,
            "passages": [self._passage(page, at) for at in range(len(page.passages))],
        }

    def _passage(self, page: Page, at: int) -> dict[str, Any]:
        passage: Passage = page.passages[at]
        main = at == 0 and passage.way == "text" and page.kind == "win" and not passage.label
        way = "main" if main else passage.way
        return {"said": self.words.said(passage.text), "label": passage.label or None, "way": way}

    def _index(self) -> dict[str, Any] | None:
        """Of lessons, by theme; in the order of the alphabet, what has no theme last."""
        order = sorted(self.lessons, key=lambda theme: (not theme, alphabet.place(theme)))
        themes = [
            {
                "name": self.words.said(theme or _("Without a theme")),
                "lines": [{"place": place, "said": self.words.said(text)} for place, text in self.lessons[theme]],
            }
            for theme in order
        ]
        return {"title": _("Lessons"), "themes": themes} if themes else None

    def _colophon(self) -> dict[str, Any]:
        texts = [
            _(
                "This book holds what stands in a journal that is kept with Onward. What was taken back is not in it,"
                " nor are earlier wordings or the words of a letter that is closed."
            )
        ]
        if missing := self.words.faces.missing:
            texts.append(
                _(
                    "For some of its words no typeface was at hand where it was made: %(scripts)s. The name of"
                    " the script stands in square brackets in their place; every other copy holds them as they"
                    " were written."
                )
                % {"scripts": ", ".join(missing)}
            )
        return {"title": _("About this book"), "texts": texts}


def _day(day: date | None) -> dict[str, str | None]:
    return {name: date_format(day, form) if day else None for name, form in (("title", "l j F"), ("full", "l j F Y"))}


def _month(page: Page) -> str:
    return date_format(page.day, "F Y") if page.day else ""
