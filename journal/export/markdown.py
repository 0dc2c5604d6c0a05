"""How one thing reads as Markdown. A person's words stand as they were written, never escaped."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from journal import amounts
from journal.export import gathered
from journal.export.leaves import Leaf
from journal.export.pages import Row
from journal.models import Acceptance, Chapter, Completion, Doubt, Measure
from journal.models.week import iso_name, sunday_of
from journal.prompts import chapter as chapters
from journal.prompts import deciding, doubt, kindness, meeting, reframing
from journal.prompts import week as weeks

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# How the texts of what belongs to an entry are called, in the order in which they are told.
LABELS: "dict[str, dict[str, StrOrPromise]]" = {
    "lesson": {"kind_words": _lazy("To a friend"), "lesson": reframing.LESSON.ask}
    | {question.name: question.ask for question in reframing.LONGER if question is not reframing.FORWARD}
    | {name: asked for name, (asked, _called) in reframing.LINES.items()},
    "sequel": {"came_of_it": _lazy("What came of it")},
    "answer": {"answer": doubt.ANSWER},
    "doubt": {
        "whose": doubt.WHOSE,
        "fear": doubt.FEAR,
        "guard": doubt.GUARD,
        "still_true": doubt.STILL_TRUE,
    },
    "decision": deciding.LABELS,
    "meeting": {"helpful": meeting.HELPFUL, "takeaway": meeting.TAKEAWAY},
    "revisit": {"known": _lazy("What I knew later")},
    "kindness": {"words": kindness.TO_YOURSELF},
    "encouragement": {"from_whom": kindness.FROM_WHOM},
}
# Line breaks of YAML 1.1 and what it does not print: JSON would let them stand.
UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def unopened() -> str:
    return _("This can’t be opened; it is kept as it is.")


def front_matter(**values: str) -> str:
    return "---\n" + "".join(f"{name}: {quoted(value)}\n" for name, value in values.items()) + "---\n"


def quoted(text: str) -> str:
    """A YAML string that holds anything (YAML 1.2 takes every string of JSON)."""
    return UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def read_me(today: date) -> str:
    said = _(
        "What you kept, as plain text: a file for each month, the latest day first; milestones.md; steps.md; lists.md; "
        "weeks.md; chapters.md; measures.md. What you took back is not in it, nor are earlier wordings or the words of"
        " a letter that is closed: the copy called “Everything” holds those too."
    )
    return front_matter(title="Onward", date=today.isoformat()) + f"\n{said}\n"


class Journal:
    """The words around entries, looked up once for all of them.

    `own` is what is done to a person's own text; `asked` is how a question stands above its answer.
    """

    def __init__(self, own: Callable[[str], str] = str, asked: str = "**{}**") -> None:
        self.own, self.asked = own, asked
        self.days = [str(WEEKDAYS[number]) for number in range(7)]
        self.ways = {way.value: str(way.label) for way in Acceptance.Way}
        self.records = {name: {word: str(label) for word, label in labels.items()} for name, labels in LABELS.items()}
        self.milestone, self.themes = _("Milestone"), _("Themes")
        self.whose = {whose.value: str(whose.label) for whose in Doubt.Whose}
        self.laid = {"evidence": str(doubt.EVIDENCE), "brought": _("To bring")}
        self.heads: dict[tuple[str, str, bool, bool], str] = {}

    def day(self, day: date) -> str:
        return f"\n## {day} · {self.days[day.weekday()]}\n"

    def entry(self, leaf: Leaf) -> str:
        return "\n\n".join((f"\n### {self.head(leaf)}", *self.texts(leaf), *self._names(leaf))) + "\n"

    def head(self, leaf: Leaf) -> str:
        kind = (leaf.kind, leaf.deed, leaf.has_lesson, leaf.has_answer)
        if kind not in self.heads:
            self.heads[kind] = f"{leaf.called} · {leaf.deed_name}" if leaf.deed else leaf.called
        return self.heads[kind]

    def texts(self, leaf: Leaf) -> Iterator[str]:
        """What was said, each with what it is called; an entry's own words need no name."""
        if leaf.text:
            yield self.own(leaf.text)
        here = vars(leaf)
        for name, labels in self.records.items():
            if name in here:
                for word, label in labels.items():
                    if text := getattr(here[name], word):
                        said = self.whose.get(text, text) if word == "whose" else self.own(text)
                        yield f"{self.asked.format(label)}\n\n{said}"
        yield from self._pages(leaf)
        if leaf.later__opens_on:
            said = _("Closed. It is for %(day)s.") if leaf.is_closed else _("For %(day)s")
            yield said % {"day": date_format(leaf.later__opens_on, "j F Y")}
        if leaf.acceptance__way:
            yield self.ways[leaf.acceptance__way]

    def _names(self, leaf: Leaf) -> Iterator[str]:
        if leaf.milestone:
            yield f"{self.milestone}: {leaf.milestone}"
        if leaf.themes:
            yield f"{self.themes}: {', '.join(leaf.themes)}"

    def _pages(self, leaf: Leaf) -> Iterator[str]:
        """Other pages that belong to it, each by its day: they stand there in full."""
        for name, label in self.laid.items():
            if days := getattr(leaf, name):
                yield f"{label}: {', '.join(map(str, days))}"
        if leaf.then_now__old__local_date:
            yield _("Beside the page of %(day)s") % {"day": leaf.then_now__old__local_date}


def milestone(row: Row, lines: list[Row], steps: list[Row]) -> str:
    parts = [f"\n## {row['title']}", row["why"]]
    if row["reached_on"]:
        parts.append(_("Good enough on %(day)s.") % {"day": date_format(row["reached_on"], "j F Y")})
    if lines:
        parts.append(f"**{_('Good enough looks like…')}**")
        parts += [_line(line) for line in lines]
    walked = [step for step in steps if not gathered.is_left(step)]
    parts.append("\n".join(_step(step) for step in walked if not step["beyond"]))
    if beyond := [_step(step) for step in walked if step["beyond"]]:
        parts += [f"{_('Beyond good enough')}:", "\n".join(beyond)]
    if left := [_step(step) for step in steps if gathered.is_left(step)]:
        parts += [f"{_('Ways tried before')}:", "\n".join(left)]
    parts += [f"**{asked}**\n\n{row[name]}" for name, asked in gathered.asked_beside().items() if row.get(name)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(line: Row) -> str:
    why = f" ({_('Why it grew:')} {line['reason']})" if line["reason"] else ""
    return f"{date_format(line['local_date'], 'j F Y')}: {line['text']}{why}"


def _step(step: Row) -> str:
    outcome = step["completion__outcome"]
    how = f" · {Completion.Outcome(outcome).label}" if outcome else ""
    return f"- [{'x' if outcome else ' '}] {step['title']}{how}"


def own_step(row: Row) -> str:
    day = row["completion__local_date"]
    when = f" · {date_format(day, 'j F Y')}" if day else ""
    leave = f" ({row['permission']})" if row["permission"] else ""
    return f"{_step(row)}{when}{leave}\n"


def week(row: Row) -> str:
    step = f"**{weeks.STEP}**\n\n{_step(row['step'])}" if row["step"] else ""
    parts = (f"\n## {week_days(row)} ({iso_name(row['monday'])})", row["takeaway"], step)
    return "\n\n".join(part for part in parts if part) + "\n"


def week_days(row: Row) -> str:
    return f"{date_format(row['monday'], 'j F')} – {date_format(sunday_of(row['monday']), 'j F Y')}"


def chapter(row: Row) -> str:
    """A month or a year in somebody's own words."""
    answers = [f"**{asked}**\n\n{row[name]}" for name, asked in chapters.QUESTIONS.items() if row[name]]
    return "\n\n".join(part for part in (f"\n## {time_of(row)}", row["words"], *answers) if part) + "\n"


def time_of(row: Row) -> str:
    """What a chapter is of: “November 2026”, “2026”."""
    return date_format(row["first"], "Y" if row["span"] == Chapter.Span.YEAR else "F Y")


def measure(row: Row) -> str:
    return f"\n## {row['name']}\n\n{Measure.Kind(row['kind']).label}\n\n"


def reading(row: Row, kind: str) -> str:
    """One line a day, with the figure as it is kept; of yes and no the word."""
    number = amounts.opened(row["value"]) if kind == Measure.Kind.YES_NO else None
    return f"- {row['local_date']}: {row['value'] if number is None else amounts.said(kind, number)}\n"
