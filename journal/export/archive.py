"""The archive: one HTML file for reading, that opens from a disk without a network and notices when it was changed.

It goes out page after page; of what went before only anchors, days, hashes and the openings of lessons are held.
"""

import hashlib
import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html

from accounts.days import local_date
from accounts.models import User
from journal import alphabet
from journal.export import archive_head, shelves
from journal.export.choice import Choice
from journal.export.leaves import leaves
from journal.export.markdown import unopened
from journal.export.pages import Reader
from journal.export.passages import Page, Pages, Passage
from journal.export.shelves import Shelf
from journal.plot import Drawing

# So much of a lesson stands in the index.
OPENING = 90
BEGIN = '<article id="{}" class="entry" data-kind="{}">\n<h4 dir="auto">{}{}</h4>\n'
# On a shelf no day stands above it.
ON_A_SHELF = '<article id="{}" class="entry">\n<h3 class="{}" dir="auto">{}</h3>\n'
READING = '<tr><th scope="row">{}</th>\t<td>{}</td></tr>'
SPARK = '<svg class="spark" viewBox="{}" aria-hidden="true">{}</svg>'
# So many pages of a shelf go out at once.
SOME = 50
BREAK = re.compile("\r\n?")


@dataclass
class Sheet:
    """A page as it stands in the file, under a section and a day; `above` is what is said of those before it.

    `place` is the anchor of the section.
    """

    page: Page
    section: str
    place: str
    day: str = ""
    above: str = ""
    anchor: str = ""

    def hashed(self) -> str:
        """Over what it stands under and the text of each of its parts, a line each, as a browser reads them back."""
        texts = [self.section, self.day, self.page.head]
        for passage in self.page.passages:
            texts += [passage.label, passage.text] if passage.label else [passage.text]
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@dataclass
class Written:
    """What is known at the end of all that went before."""

    hashes: list[str] = field(default_factory=list)
    lessons: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    themes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    days: dict[date, str] = field(default_factory=dict)

    def note(self, sheet: Sheet) -> None:
        self.hashes.append(sheet.hashed())
        page = sheet.page
        if page.day is None:
            return
        day = self.days.get(page.day) or self.days.setdefault(page.day, date_format(page.day, "j F Y"))
        if page.lesson:
            opening = page.lesson if len(page.lesson) <= OPENING else page.lesson[:OPENING].rstrip() + "…"
            for theme in page.themes or [""]:
                self.lessons.setdefault(theme, []).append((sheet.anchor, day, opening))
        for theme in page.themes:
            self.themes.setdefault(theme, []).append((sheet.anchor, day))

    @property
    def whole(self) -> str:
        return hashlib.sha256("".join(self.hashes).encode()).hexdigest()


def chunks(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    reader, written, today = Reader(user, choice, instead=unopened()), Written(), local_date(user, now)
    on_shelves = shelves.standing(reader)
    yield archive_head.head(reader, on_shelves, today).encode()
    for sheets in _under(chain(_entries(reader), _shelved(reader, on_shelves, today))):
        for sheet in sheets:
            _as_parsed(sheet.page)
            sheet.anchor = f"p{len(written.hashes) + 1}"
            written.note(sheet)
        yield "".join(map(_written, sheets)).encode()
    yield _foot(written, bool(reader.unopened)).encode()


def _entries(reader: Reader) -> Iterator[list[Sheet]]:
    """The latest first, as the Journal has them."""
    pages = Pages()
    for some in leaves(reader):
        yield [_sheet(pages.page(leaf)) for leaf in some]


def _sheet(page: Page) -> Sheet:
    assert page.day
    place = archive_head.place_of(page.day)
    return Sheet(page, date_format(page.day, "F Y"), place, date_format(page.day, "l j F Y"))


def _shelved(reader: Reader, on_shelves: list[Shelf], today: date) -> Iterator[list[Sheet]]:
    for shelf in on_shelves:
        pages = shelf.pages(reader, today)
        while some := list(islice(pages, SOME)):
            yield [Sheet(page, str(shelf.title), shelf.place) for page in some]


def _under(pages: Iterable[list[Sheet]]) -> Iterator[list[Sheet]]:
    """Each with what stands above it: its section and its day, where they are others than those before."""
    place, day = "", ""
    for sheets in pages:
        for sheet in sheets:
            day = day if sheet.place == place else ""
            sheet.above = _above(sheet, place, day)
            place, day = sheet.place, sheet.day
        yield sheets


def _above(sheet: Sheet, place: str, day: str) -> str:
    above = ""
    if sheet.place != place:
        above = format_html('<h2 id="{}">{}</h2>\n', sheet.place, sheet.section)
    if sheet.day != day:
        above += format_html('<h3><time datetime="{}">{}</time></h3>\n', sheet.page.day, sheet.day)
    return above


def _written(sheet: Sheet) -> str:
    """By hand, for it is written thousands of times; nothing stands in a part that its hash does not know."""
    parts = "".join(_part(passage, sheet.page) for passage in sheet.page.passages)
    return sheet.above + _begin(sheet) + parts + "</article>\n"


def _begin(sheet: Sheet) -> str:
    page = sheet.page
    if page.day is None:
        return format_html(ON_A_SHELF, sheet.anchor, "own" if page.own else "named", page.head)
    sign = format_html('<svg aria-hidden="true"><use href="#{}"/></svg>', page.sign) if page.sign else ""
    return format_html(BEGIN, sheet.anchor, page.kind, sign, page.head)


def _part(passage: Passage, page: Page) -> str:
    if passage.way == "readings":
        return _readings(passage.text, page.drawing)
    label = format_html('<p class="said">{}</p>\n', passage.label) if passage.label else ""
    return label + format_html('<p class="{}" dir="auto">{}</p>\n', passage.way, passage.text)


def _readings(text: str, drawing: Drawing | None) -> str:
    """A table whose text is the very text that is hashed; what is drawn says nothing that is not in it."""
    spark = format_html(SPARK, drawing.box.view, drawing.inside) if drawing else ""
    rows = "\n".join(format_html(READING, *line.split("\t")) for line in text.split("\n"))
    return f'<div class="readings">{spark}<table><tbody>{rows}</tbody></table></div>\n'


def _as_parsed(page: Page) -> None:
    """Texts as any browser reads them out of a file: line breaks are one sign, and the sign that no text has goes."""
    page.head = _parsed(page.head)
    page.passages = [one._replace(text=_parsed(one.text), label=_parsed(one.label)) for one in page.passages]


def _parsed(text: str) -> str:
    return BREAK.sub("\n", text).replace("\0", "")


def _foot(written: Written, some_unopened: bool) -> str:
    number = written.whole
    context: dict[str, Any] = {
        "lessons": _by_name(written.lessons.items()),
        "themes": _by_name(written.themes.items()),
        "number": " ".join(number[at : at + 8] for at in range(0, 64, 8)),
        "unopened": some_unopened,
        "nothing": not written.hashes,
    }
    foot = render_to_string("journal/export/archive/foot.html", context)
    kept = json.dumps({"whole": number, "pages": written.hashes}, separators=(",", ":"))
    # The last line says that the file is whole.
    end = '<div id="end" hidden></div>\n</body>\n</html>\n'
    return f'{foot}<script type="application/json" id="hashes">{kept}</script>\n{end}'


def _by_name(found: Iterable[tuple[str, list[Any]]]) -> list[tuple[str, list[Any]]]:
    """In the order of the alphabet; what has no theme comes last."""
    return sorted(found, key=lambda line: (not line[0], alphabet.place(line[0])))
