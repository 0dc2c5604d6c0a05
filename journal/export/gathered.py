"""What stands beside entries, row by row: milestones, steps, lists, weeks, chapters, measures, the page for heavy days.

Each noun is asked for only where there is any of it (`stands`); what is told is what was chosen.
"""

from collections.abc import Callable, Iterator
from itertools import chain, groupby
from typing import Any

from django.db.models import Q

from journal.export.pages import Reader, Row
from journal.models import Chapter, GoodEnough, HeavyPage, Matter, Measure, Milestone, Reading, Step, Treat, Week
from journal.models.owned import OwnedQuerySet
from journal.prompts import milestone as prompts

LINE = ("local_date", "text", "reason")
OUTCOME = ("completion__outcome", "completion__local_date")
STEP = ("title", "beyond", *OUTCOME, "detour__pk", "detour__way__removal__at")


def stands(reader: Reader, noun: str) -> bool:
    return any(reader.chosen(rows).exists() for rows in STANDING[noun](reader))


def milestones(reader: Reader) -> Iterator[tuple[Row, list[Row], list[Row]]]:
    """Each with its lines of good enough, the earliest first, and its steps."""
    order = Milestone.objects.of(reader.user).order_by("created_at", "pk")
    rows = Milestone.objects.with_reached().order_by()
    beside = () if reader.choice.entries_alone else tuple(asked_beside())
    for page in reader.pages("milestones", order, rows, "title", "why", "reached_on", *beside):
        of_page = {"milestone__in": [row["pk"] for row in page]}
        lines = _by_milestone(reader, "good_enoughs", GoodEnough.objects.filter(**of_page), *LINE)
        steps = _by_milestone(reader, "steps", Step.objects.standing().filter(**of_page), *STEP)
        for row in page:
            yield row, lines.get(row["pk"], []), steps.get(row["pk"], [])


def asked_beside() -> dict[str, str]:
    """What stands beside a milestone, and what was asked for it."""
    asked = {f"standard__{name}": str(ask) for name, (ask, _hint) in prompts.STANDARD.items()}
    return asked | {f"longer_look__{name}": str(ask) for name, (ask, _hint) in prompts.GROW.items()}


def is_left(step: Row) -> bool:
    """Another way was taken instead, and stands."""
    return bool(step["detour__pk"]) and not step["detour__way__removal__at"]


def _by_milestone(reader: Reader, noun: str, rows: Any, *names: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in reader.rows(noun, reader.chosen(rows), "milestone_id", *names):
        found.setdefault(row["milestone_id"], []).append(row)
    return found


def steps(reader: Reader) -> Iterator[Row]:
    """Those towards no milestone; the others stand with theirs."""
    order = _own_steps(reader).order_by("-created_at", "pk")
    return chain.from_iterable(reader.pages("steps", order, Step.objects.order_by(), "title", "permission", *OUTCOME))


def _own_steps(reader: Reader) -> Any:
    return Step.objects.of(reader.user).filter(milestone=None)


def lines(reader: Reader, model: Any) -> list[Row]:
    """Of a list of one's own: what matters, what does one good."""
    noun = {Matter: "matters", Treat: "treats"}[model]
    return list(reader.rows(noun, reader.chosen(model.objects.of(reader.user)).order_by("created_at", "pk"), "text"))


def weeks(reader: Reader) -> Iterator[Row]:
    """Each with what was taken from it, and with `step`, the row of the step that was chosen in it, or None."""
    order = _weeks(reader).order_by("-monday")
    for page in reader.pages("weeks", order, Week.objects.order_by(), "monday", "takeaway", "step_id"):
        wanted = {row["step_id"] for row in page} - {None}
        of_page = reader.chosen(Step.objects.of(reader.user).filter(pk__in=wanted))
        chosen = {row["pk"]: row for row in reader.rows("steps", of_page, "title", *OUTCOME)} if wanted else {}
        for row in page:
            yield row | {"step": chosen.get(row["step_id"])}


def _weeks(reader: Reader) -> Any:
    chosen = reader.chosen(Step.objects.of(reader.user))
    return Week.objects.of(reader.user).filter(Q(takeaway__filled=True) | Q(step__in=chosen.values("pk")))


def chapters(reader: Reader) -> Iterator[Row]:
    order = Chapter.objects.of(reader.user).order_by("-first", "span")
    return chain.from_iterable(
        reader.pages("chapters", order, Chapter.objects.order_by(), "first", "span", *Chapter.WORDS)
    )


def measures(reader: Reader) -> Iterator[tuple[Row, Iterator[Row]]]:
    """Each with its readings, the latest first, which are to be read to their end before the next one is asked for."""
    of_each = groupby(chain.from_iterable(_readings(reader)), lambda reading: reading["measure_id"])
    id, readings = next(of_each, ("", iter(())))
    order = Measure.objects.of(reader.user).order_by("created_at", "pk")
    for row in chain.from_iterable(reader.pages("measures", order, Measure.objects.order_by(), "name", "kind")):
        if row["pk"] == id:
            yield row, readings
            id, readings = next(of_each, ("", iter(())))
        else:
            yield row, iter(())


def _readings(reader: Reader) -> Iterator[list[Row]]:
    """Of one measure after the other, in their order."""
    standing = Reading.objects.of(reader.user).standing()
    order = standing.order_by("measure__created_at", "measure_id", "-local_date")
    return reader.pages("readings", order, Reading.objects.order_by(), "measure_id", "local_date", "value")


def heavy_pages(reader: Reader) -> Iterator[Row]:
    rows = reader.chosen(_heavy_pages(reader))
    return reader.rows("heavy_pages", rows, "local_date", *HeavyPage.WORDS)


def _heavy_pages(reader: Reader) -> Any:
    said = Q(*((f"{name}__filled", True) for name in HeavyPage.WORDS), _connector=Q.OR)
    return HeavyPage.objects.of(reader.user).filter(said)


STANDING: dict[str, Callable[[Reader], list[OwnedQuerySet]]] = {
    "milestones": lambda reader: [Milestone.objects.of(reader.user)],
    "steps": lambda reader: [_own_steps(reader)],
    "lists": lambda reader: [Treat.objects.of(reader.user), Matter.objects.of(reader.user)],
    "weeks": lambda reader: [_weeks(reader)],
    "chapters": lambda reader: [Chapter.objects.of(reader.user)],
    "measures": lambda reader: [Measure.objects.of(reader.user)],
    "heavy": lambda reader: [_heavy_pages(reader)],
}
