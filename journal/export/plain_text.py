"""Plain text, as Markdown in a ZIP: months, milestones, steps, lists, weeks, chapters, measures (docs/formats.md)."""

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import date, datetime
from itertools import chain, groupby, starmap

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.days import local_date
from accounts.models import User
from journal.export import gathered, markdown
from journal.export.choice import Choice
from journal.export.leaves import Leaf, leaves
from journal.export.pages import Reader
from journal.export.zipped import zipped
from journal.models import Matter, Treat

File = tuple[str, Iterable[str]]
Entries = Callable[[Reader], Iterator[File]]


def chunks(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    yield from folder(user, now, choice, by_month, markdown.read_me)


def folder(
    user: User, now: datetime, choice: Choice, entries: Entries, read_me: Callable[[date], str]
) -> Generator[bytes, None, None]:
    """A ZIP of one folder: `entries` in files of their own kind, then the other nouns.

    In this order: what could not be opened is known at the end.
    """
    today = local_date(user, now)
    reader = Reader(user, choice, instead=markdown.unopened())
    files = chain([("README.md", [read_me(today)])], entries(reader), _others(reader))
    yield from zipped(((f"onward-{today}/{name}", pieces) for name, pieces in files), now)


def by_month(reader: Reader) -> Iterator[File]:
    journal = markdown.Journal()
    for (year, month), entries in groupby(chain.from_iterable(leaves(reader)), _month_of):
        yield f"{year:04}-{month:02}.md", _month(journal, date(year, month, 1), entries)


def _others(reader: Reader) -> Iterator[File]:
    for noun, told in OTHERS.items():
        if gathered.stands(reader, noun):
            yield f"{noun}.md", told(reader)
    if reader.unopened:
        yield "unopened.json", [json.dumps(list(reader.unopened.values()), default=str, indent=1)]


def _month_of(leaf: Leaf) -> tuple[int, int]:
    return leaf.local_date.year, leaf.local_date.month


def _month(journal: markdown.Journal, month: date, entries: Iterable[Leaf]) -> Iterator[str]:
    yield markdown.front_matter(title=date_format(month, "F Y"), month=f"{month:%Y-%m}")
    for day, of_day in groupby(entries, lambda leaf: leaf.local_date):
        yield journal.day(day) + "".join(map(journal.entry, of_day))


def _milestones(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("Milestones"))
    yield from starmap(markdown.milestone, gathered.milestones(reader))


def _steps(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("Small steps")) + "\n"
    yield from map(markdown.own_step, gathered.steps(reader))


def _lists(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("Lists of my own"))
    for model, title in ((Matter, _("What matters to me")), (Treat, _("What does me good"))):
        rows = gathered.lines(reader, model)
        yield f"\n## {title}\n\n" + "".join(f"- {row['text']}\n" for row in rows) if rows else ""


def _weeks(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("What I took with me"))
    yield from map(markdown.week, gathered.weeks(reader))


def _chapters(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("In my own words"))
    yield from map(markdown.chapter, gathered.chapters(reader))


def _measures(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("Measures"))
    for row, readings in gathered.measures(reader):
        yield markdown.measure(row)
        yield from (markdown.reading(reading, row["kind"]) for reading in readings)


OTHERS: dict[str, Callable[[Reader], Iterator[str]]] = {
    "milestones": _milestones,
    "steps": _steps,
    "lists": _lists,
    "weeks": _weeks,
    "chapters": _chapters,
    "measures": _measures,
}
