"""The archive: one HTML file for reading, that opens from a disk without a network and notices when it was changed.

It goes out page after page; of what went before only anchors, days, hashes and the openings of lessons are held.
"""

import hashlib
import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html

from accounts.days import local_date
from accounts.models import User
from journal import alphabet
from journal.export import archive_head
from journal.export.choice import Choice
from journal.export.leaves import leaves
from journal.export.markdown import unopened
from journal.export.pages import Reader
from journal.export.passages import Page, Pages, Passage

# So much of a lesson stands in the index.
OPENING = 90
BEGIN = '<article id="{}" class="entry" data-kind="{}">\n<h4 dir="auto">{}{}</h4>\n'
BREAK = re.compile("\r\n?")


@dataclass
class Sheet:
    """A page as it stands in the file, under a section and a day; `above` is what is said of those before it."""

    page: Page
    section: str
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
    reader, written = Reader(user, choice, instead=unopened()), Written()
    yield archive_head.head(reader, local_date(user, now)).encode()
    for sheets in _sheets(reader):
        for sheet in sheets:
            _as_parsed(sheet.page)
            sheet.anchor = f"p{len(written.hashes) + 1}"
            written.note(sheet)
        yield "".join(map(_written, sheets)).encode()
    yield _foot(written, bool(reader.unopened)).encode()


def _sheets(reader: Reader) -> Iterator[list[Sheet]]:
    """Entries, the latest first, as the Journal has them."""
    pages, under = Pages(), ("", "")
    for some in leaves(reader):
        sheets = [_sheet(pages.page(leaf)) for leaf in some]
        for sheet in sheets:
            sheet.above = _above(sheet, *under)
            under = sheet.section, sheet.day
        yield sheets


def _sheet(page: Page) -> Sheet:
    assert page.day
    return Sheet(page, date_format(page.day, "F Y"), date_format(page.day, "l j F Y"))


def _above(sheet: Sheet, section: str, day: str) -> str:
    above = ""
    if sheet.section != section and sheet.page.day:
        above = format_html('<h2 id="{}">{}</h2>\n', archive_head.place_of(sheet.page.day), sheet.section)
    if sheet.day != day:
        above += format_html('<h3><time datetime="{}">{}</time></h3>\n', sheet.page.day, sheet.day)
    return above


def _written(sheet: Sheet) -> str:
    """By hand, for it is written thousands of times; nothing stands in a part that its hash does not know."""
    page = sheet.page
    sign = format_html('<svg aria-hidden="true"><use href="#{}"/></svg>', page.sign) if page.sign else ""
    begin = format_html(BEGIN, sheet.anchor, page.kind, sign, page.head)
    return sheet.above + begin + "".join(map(_part, page.passages)) + "</article>\n"


def _part(passage: Passage) -> str:
    label = format_html('<p class="said">{}</p>\n', passage.label) if passage.label else ""
    return label + format_html('<p class="{}" dir="auto">{}</p>\n', passage.way, passage.text)


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
