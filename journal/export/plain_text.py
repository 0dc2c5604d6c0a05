"""Plain text, as Markdown in a ZIP: one file a month, the milestones, the weeks (docs/formats.md)."""

import json
from collections.abc import Generator, Iterable, Iterator
from datetime import date, datetime
from itertools import chain, groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.days import local_date
from accounts.models import User
from journal.export import markdown
from journal.export.pages import Named, named_entries, pages, unopened
from journal.export.zipped import zipped
from journal.models import Milestone, Week
from journal.models.owned import Owned


def chunks(user: User, now: datetime) -> Generator[bytes, None, None]:
    today = local_date(user, now)
    yield from zipped(((f"onward-{today}/{name}", pieces) for name, pieces in _files(user, today)), now)


def _files(user: User, today: date) -> Iterator[tuple[str, Iterable[str]]]:
    """In this order: what could not be opened is known at the end."""
    kept: list[dict[str, Any]] = []
    yield "README.md", [markdown.read_me(today)]
    entries = chain.from_iterable(named_entries(user))
    for month, named in groupby(entries, lambda one: one.entry.local_date.replace(day=1)):
        yield f"{month:%Y-%m}.md", _month(month, named, kept)
    if Milestone.objects.of(user).exists():
        yield "milestones.md", _milestones(user, kept)
    if Week.objects.of(user).filter(takeaway__filled=True).exists():
        yield "weeks.md", _weeks(user, kept)
    if kept:
        yield "unopened.json", [json.dumps(kept, default=str, indent=1)]


def _month(month: date, entries: Iterable[Named], kept: list[dict[str, Any]]) -> Iterator[str]:
    yield markdown.front_matter(title=date_format(month, "F Y"), month=f"{month:%Y-%m}")
    for day, of_day in groupby(entries, lambda one: one.entry.local_date):
        yield f"\n## {date_format(day, 'l, j F')}\n"
        for named in of_day:
            _note(named.entry, "entries", kept)
            _note(getattr(named.entry, "lesson", None), "lessons", kept)
            _note(getattr(named.entry, "answer", None), "answers", kept)
            yield markdown.entry(named)


def _milestones(user: User, kept: list[dict[str, Any]]) -> Iterator[str]:
    yield markdown.front_matter(title=_("Milestones"))
    for milestone in chain.from_iterable(
        pages(Milestone.objects.of(user).with_reached().with_path().order_by("created_at"))
    ):
        _note(milestone, "milestones", kept)
        for line in milestone.good_enoughs.all():
            _note(line, "good_enoughs", kept)
        for step in milestone.steps.all():
            _note(step, "steps", kept)
        yield markdown.milestone(milestone)


def _weeks(user: User, kept: list[dict[str, Any]]) -> Iterator[str]:
    yield markdown.front_matter(title=_("What I took with me"))
    for week in chain.from_iterable(pages(Week.objects.of(user).filter(takeaway__filled=True).order_by("-monday"))):
        _note(week, "weeks", kept)
        yield markdown.week(week)


def _note(row: Owned | None, noun: str, kept: list[dict[str, Any]]) -> None:
    names = [field.attname for field in row.sealed_fields()] if row else []
    kept += [unopened(noun, row, name) for name in names if row and row.text_of(name) is None]
