"""The book: a PDF on A5, months as chapters, the earliest first, with an index of lessons; whole before it goes out.

Nobody's words are a part of its source: they go in as data (journal/export/typesetting.py).
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
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
from journal.export import shelves
from journal.export.book_words import Words, ink, signs
from journal.export.choice import Choice
from journal.export.leaves import leaves
from journal.export.markdown import unopened
from journal.export.pages import Reader
from journal.export.passages import Page, Pages, Passage
from journal.export.typesetting import typeset

SOURCES = Path(settings.BASE_DIR) / "templates" / "journal" / "export" / "book"
# What is longer may go over the end of a page; a line that ends early takes so many signs besides.
LONG, A_LINE = 700, 45
# So many days of a measure are a table; of more it is said where they are.
DAYS = 40
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
    today = local_date(user, now)
    parts = [Part(str(shelf.title), list(shelf.pages(reader, today))) for shelf in shelves.standing(reader)]
    book = Book(person(user, reader.note)["name"] or "", today, found[::-1], parts)
    return typeset(source("book"), book.told(), now)


def source(name: str) -> str:
    return "".join((SOURCES / f"{part}.typ").read_text() for part in ("sheet", name))


@dataclass(frozen=True)
class Part:
    """What is no entry, under one title."""

    title: str
    pages: list[Page]


class Book:
    """`pages` in the order of the book. What a part says of a whole month opens the chapter of that month."""

    def __init__(self, name: str, today: date, pages: list[Page], parts: Iterable[Part] = ()) -> None:
        self.name, self.today, self.pages = name, today, pages
        self.openings = {page.month: page for part in parts for page in part.pages if page.month}
        self.parts = [(part.title, [page for page in part.pages if not page.month]) for part in parts]
        self.words = Words()
        self.lessons: dict[str, list[tuple[str, str]]] = {}

    def told(self) -> dict[str, Any]:
        """What the source reads. The faces and what they lack are known once everything else is."""
        chapters = list(self._chapters())
        parts = [{"title": title, "entries": list(map(self._entry, pages))} for title, pages in self.parts if pages]
        said = {
            "name": self.words.said(self.name or _("What I kept")),
            "days": self._days(),
            "made": _("Made on %(day)s") % {"day": date_format(self.today, "j F Y")},
            "contents": _("Contents") if len(chapters) + len(parts) > 1 else None,
            "chapters": chapters,
            "parts": parts,
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

    def _chapters(self) -> Iterator[dict[str, Any]]:
        months = {month: list(pages) for month, pages in groupby(self.pages, _month)}
        for month in sorted({*months, *self.openings}) if self.openings else months:
            opening = self.openings.get(month)
            words = self._entry(replace(opening, head=_("In my own words"))) if opening else None
            yield {"title": date_format(month, "F Y"), "opening": words, "days": self._days_of(months.get(month, []))}

    def _days_of(self, pages: list[Page]) -> list[dict[str, Any]]:
        return [
            _day(day) | {"entries": [self._entry(page) for page in of_day]}
            for day, of_day in groupby(pages, lambda page: page.day)
        ]

    def _entry(self, page: Page) -> dict[str, Any]:
        place = f"l{sum(map(len, self.lessons.values()))}" if page.lesson else None
        if place:
            for theme in page.themes or [""]:
                self.lessons.setdefault(theme, []).append((place, page.lesson))
        return {
            "head": self.words.said(page.head),
            "own": page.own,
            "sign": page.sign,
            "kind": page.kind,
            "place": place,
            "long": sum(map(_room, page.passages)) > LONG,
            "passages": [self._passage(page, at) for at in range(len(page.passages))],
        }

    def _passage(self, page: Page, at: int) -> dict[str, Any]:
        passage: Passage = page.passages[at]
        if passage.way == "readings":
            return self._readings(passage.text.split("\n"))
        main = at == 0 and passage.way == "text" and page.kind == "win" and not passage.label
        way = "main" if main else passage.way
        return {"said": self.words.said(passage.text), "label": passage.label or None, "way": way}

    def _readings(self, lines: list[str]) -> dict[str, Any]:
        rows = [line.split("\t") for line in lines]
        if len(rows) <= DAYS:
            return {"rows": rows, "way": "readings", "label": None}
        said = _("From %(first)s to %(last)s. Each of the days stands in the archive and in the tables.")
        said %= {"first": rows[-1][0], "last": rows[0][0]}
        return {"said": self.words.said(said), "label": None, "way": "fact"}

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


def _room(passage: Passage) -> int:
    return len(passage.text) + A_LINE * (1 + passage.text.count("\n"))


def _month(page: Page) -> date:
    assert page.day
    return page.day.replace(day=1)
