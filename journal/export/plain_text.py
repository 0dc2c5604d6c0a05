"""Plain text, as Markdown in a ZIP: months, milestones, steps, lists, weeks, chapters, measures (docs/formats.md)."""

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import date, datetime
from itertools import chain, groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.days import local_date
from accounts.models import User
from journal.export import markdown
from journal.export.choice import Choice
from journal.export.leaves import Leaf, leaves
from journal.export.pages import Reader, Row
from journal.export.zipped import zipped
from journal.models import Chapter, GoodEnough, Matter, Measure, Milestone, Reading, Step, Treat, Week

File = tuple[str, Iterable[str]]
Entries = Callable[[Reader], Iterator[File]]
LINE = ("local_date", "text", "reason")
STEP = ("title", "beyond", "completion__outcome", "detour__pk", "detour__way__removal__at")


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
    user = reader.user
    if reader.chosen(Milestone.objects.of(user)).exists():
        yield "milestones.md", _milestones(reader)
    if reader.chosen(Step.objects.of(user).filter(milestone=None)).exists():
        yield "steps.md", _steps(reader)
    if reader.chosen(Treat.objects.of(user)).exists() or reader.chosen(Matter.objects.of(user)).exists():
        yield "lists.md", _lists(reader)
    if reader.chosen(Week.objects.of(user).filter(takeaway__filled=True)).exists():
        yield "weeks.md", _weeks(reader)
    if reader.chosen(Chapter.objects.of(user)).exists():
        yield "chapters.md", _chapters(reader)
    if reader.chosen(Measure.objects.of(user)).exists():
        yield "measures.md", _measures(reader)
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
    order = Milestone.objects.of(reader.user).order_by("created_at", "pk")
    rows = Milestone.objects.with_reached().order_by()
    beside = () if reader.choice.entries_alone else tuple(markdown.asked_beside())
    for page in reader.pages("milestones", order, rows, "title", "why", "reached_on", *beside):
        of_page = {"milestone__in": [row["pk"] for row in page]}
        lines = _by_milestone(reader, "good_enoughs", GoodEnough.objects.filter(**of_page), *LINE)
        steps = _by_milestone(reader, "steps", Step.objects.standing().filter(**of_page), *STEP)
        for row in page:
            yield markdown.milestone(row, lines.get(row["pk"], []), steps.get(row["pk"], []))


def _steps(reader: Reader) -> Iterator[str]:
    """Those towards no milestone; the others stand with theirs."""
    yield markdown.front_matter(title=_("Small steps"))
    order = Step.objects.of(reader.user).filter(milestone=None).order_by("-created_at", "pk")
    names = ("title", "permission", "completion__outcome", "completion__local_date")
    for page in reader.pages("steps", order, Step.objects.order_by(), *names):
        yield "\n" + "".join(map(markdown.own_step, page))


def _lists(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("Lists of my own"))
    for noun, model, title in (("matters", Matter, _("What matters to me")), ("treats", Treat, _("What does me good"))):
        standing = reader.chosen(model._default_manager.of(reader.user))
        rows = list(reader.rows(noun, standing.order_by("created_at"), "text"))
        yield f"\n## {title}\n\n" + "".join(f"- {row['text']}\n" for row in rows) if rows else ""


def _by_milestone(reader: Reader, noun: str, rows: Any, *names: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in reader.rows(noun, reader.chosen(rows), "milestone_id", *names):
        found.setdefault(row["milestone_id"], []).append(row)
    return found


def _weeks(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("What I took with me"))
    order = Week.objects.of(reader.user).filter(takeaway__filled=True).order_by("-monday")
    for page in reader.pages("weeks", order, Week.objects.order_by(), "monday", "takeaway"):
        yield from map(markdown.week, page)


def _chapters(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("In my own words"))
    order = Chapter.objects.of(reader.user).order_by("-first", "span")
    for page in reader.pages("chapters", order, Chapter.objects.order_by(), "first", "span", *Chapter.WORDS):
        yield from map(markdown.chapter, page)


def _measures(reader: Reader) -> Iterator[str]:
    yield markdown.front_matter(title=_("Measures"))
    of_each = groupby(chain.from_iterable(_readings(reader)), lambda reading: reading["measure_id"])
    id, readings = next(of_each, ("", iter(())))
    order = Measure.objects.of(reader.user).order_by("created_at", "pk")
    for row in chain.from_iterable(reader.pages("measures", order, Measure.objects.order_by(), "name", "kind")):
        yield markdown.measure(row)
        if row["pk"] == id:
            yield from (markdown.reading(reading, row["kind"]) for reading in readings)
            id, readings = next(of_each, ("", iter(())))


def _readings(reader: Reader) -> Iterator[list[Row]]:
    """Of one measure after the other, in their order, the latest first."""
    standing = Reading.objects.of(reader.user).standing()
    order = standing.order_by("measure__created_at", "measure_id", "-local_date")
    return reader.pages("readings", order, Reading.objects.order_by(), "measure_id", "local_date", "value")
