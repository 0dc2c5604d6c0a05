"""What stands beside entries, as pages for the archive and the book: a shelf for each noun."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from journal import amounts, plot
from journal.export import gathered, markdown
from journal.export.pages import Reader, Row
from journal.export.passages import Page, Passage
from journal.models import Completion, Matter, Measure, Treat
from journal.prompts import chapter as chapters
from journal.prompts import kindness
from journal.prompts import week as weeks
from journal.shapes import Series

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HEAVY = {"helps": kindness.HELPS, "whom": kindness.WHOM, "remember": kindness.REMEMBER}


@dataclass(frozen=True)
class Shelf:
    """`place` is its anchor; `pages` are told with the day on which the copy is made."""

    place: str
    title: "StrOrPromise"
    pages: Callable[[Reader, date], Iterator[Page]]


def standing(reader: Reader) -> list[Shelf]:
    """Those that hold something."""
    return [shelf for shelf in SHELVES if gathered.stands(reader, shelf.place)]


def _milestones(reader: Reader, today: date) -> Iterator[Page]:
    for row, lines, steps in gathered.milestones(reader):
        said = [*_why(row), *_lines(lines), *_walked(steps), *_beside(row)]
        yield Page(row["title"], said, own=True)


def _why(row: Row) -> Iterator[Passage]:
    if row["why"]:
        yield Passage(row["why"])
    if row["reached_on"]:
        yield _fact(_("Good enough on %(day)s.") % {"day": _day(row["reached_on"])})


def _lines(lines: list[Row]) -> Iterator[Passage]:
    """The one that counts, then where it was before; each with its day and why it grew."""
    labels = [_("Good enough looks like…"), *[_("Where it was before")] * (len(lines) - 1)]
    for label, line in zip(labels, reversed(lines), strict=False):
        yield Passage(line["text"], label, "answer" if line is lines[-1] else "text")
        if line["reason"]:
            yield Passage(line["reason"], _("Why it grew:"))
        yield _fact(_day(line["local_date"]))


def _walked(steps: list[Row]) -> Iterator[Passage]:
    left = [step for step in steps if gathered.is_left(step)]
    walked = [step for step in steps if not gathered.is_left(step)]
    parts = [(_("Steps"), [step for step in walked if not step["beyond"]])]
    parts += [(_("Beyond good enough"), [step for step in walked if step["beyond"]]), (_("Ways tried before"), left)]
    for label, some in parts:
        for at, step in enumerate(some):
            yield from _step(step, "" if at else label)


def _step(step: Row, label: str) -> Iterator[Passage]:
    yield Passage(step["title"], label, "item")
    yield from _outcome(step)


def _outcome(step: Row) -> Iterator[Passage]:
    if outcome := step["completion__outcome"]:
        yield _fact(f"{Completion.Outcome(outcome).label} · {_day(step['completion__local_date'])}")


def _beside(row: Row) -> Iterator[Passage]:
    asked = gathered.asked_beside().items()
    return (Passage(row[name], label) for name, label in asked if row.get(name))


def _steps(reader: Reader, today: date) -> Iterator[Page]:
    for step in gathered.steps(reader):
        permission = [Passage(step["permission"], _("You wrote beforehand:"))] if step["permission"] else []
        yield Page(step["title"], [*permission, *_outcome(step)], own=True)


def _weeks(reader: Reader, today: date) -> Iterator[Page]:
    for row in gathered.weeks(reader):
        taken = [Passage(row["takeaway"])] if row["takeaway"] else []
        chosen = _step(row["step"], str(weeks.STEP)) if row["step"] else ()
        yield Page(markdown.week_days(row), [*taken, *chosen])


def _chapters(reader: Reader, today: date) -> Iterator[Page]:
    """`day`: none; `month`, the first day of what is of a month."""
    for row in gathered.chapters(reader):
        answers = [Passage(row[name], str(asked)) for name, asked in chapters.QUESTIONS.items() if row[name]]
        words = [Passage(row["words"])] if row["words"] else []
        month = row["first"] if row["span"] == "month" else None
        yield Page(markdown.time_of(row), words + answers, month=month)


def _measures(reader: Reader, today: date) -> Iterator[Page]:
    for row, readings in gathered.measures(reader):
        page = Page(row["name"], [_fact(str(Measure.Kind(row["kind"]).label))], own=True)
        rows = list(readings)
        if rows:
            page.passages.append(Passage("\n".join(map(_reading(row["kind"]), rows)), way="readings"))
            page.drawing = _drawing(row["kind"], rows, today)
        yield page


def _reading(kind: str) -> Callable[[Row], str]:
    """Its day and its value, a tab between them: what does not open is said, and nothing else stands here."""

    def said(row: Row) -> str:
        number = amounts.opened(row["value"])
        value = markdown.unopened() if number is None else amounts.said(kind, number)
        return f"{_day(row['local_date'])}\t{value}"

    return said


def _drawing(kind: str, rows: Iterable[Row], today: date) -> plot.Drawing | None:
    """As the page of a measure draws it; what does not open is left out, and of too few there is none."""
    read = [(row["local_date"], amounts.opened(row["value"])) for row in rows]
    return Series.of(kind, [(day, number) for day, number in read if number is not None][::-1], today).drawn(plot.WHOLE)


def _lists(reader: Reader, today: date) -> Iterator[Page]:
    for model, title in ((Matter, _("What matters to me")), (Treat, _("What does me good"))):
        if rows := gathered.lines(reader, model):
            yield Page(title, [Passage(row["text"], way="item") for row in rows])


def _heavy(reader: Reader, today: date) -> Iterator[Page]:
    for row in gathered.heavy_pages(reader):
        said = [Passage(row[name], str(asked)) for name, asked in HEAVY.items() if row[name]]
        yield Page(_day(row["local_date"]), said)


def _fact(text: str) -> Passage:
    return Passage(text, way="fact")


def _day(day: date) -> str:
    return date_format(day, "j F Y")


SHELVES = [
    Shelf("milestones", _lazy("Milestones"), _milestones),
    Shelf("steps", _lazy("Small steps"), _steps),
    Shelf("weeks", _lazy("What I took with me"), _weeks),
    Shelf("chapters", _lazy("In my own words"), _chapters),
    Shelf("measures", _lazy("Measures"), _measures),
    Shelf("lists", _lazy("Lists of my own"), _lists),
    Shelf("heavy", _lazy("My page for heavy days"), _heavy),
]
