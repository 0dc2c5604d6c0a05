"""How one thing reads as Markdown. A person's words stand as they were written, never escaped."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.export.pages import Named
from journal.models import Entry, Milestone, Week
from journal.models.week import iso_name
from journal.prompts import doubt, reframing

# Line breaks of YAML 1.1 and what it does not print: JSON would let them stand.
UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def front_matter(**values: str) -> str:
    return "---\n" + "".join(f"{name}: {quoted(value)}\n" for name, value in values.items()) + "---\n"


def quoted(text: str) -> str:
    """A YAML string that holds anything (YAML 1.2 takes every string of JSON)."""
    return UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def read_me(today: date) -> str:
    said = _(
        "What you kept, as plain text: a file for each month, the latest day first; milestones.md; weeks.md. What you "
        "took back is not in it. To bring everything back into Onward, take the copy called “Everything”."
    )
    return front_matter(title="Onward", date=today.isoformat()) + f"\n{said}\n"


def entry(named: Named) -> str:
    one = named.entry
    deed = "" if one.text_of("deed") in (None, "") else f" · {one.deed_name}"
    return "\n".join(["", f"### {one.called}{deed}", "", *_paragraphs(_texts(one)), *_foot(named)])


def _texts(one: Entry) -> Iterator[tuple[str, str | None]]:
    """What was said, each with what it is called; an entry's own words need no name."""
    yield "", one.text_of("body")
    if lesson := getattr(one, "lesson", None):
        yield _("To a friend"), lesson.text_of("kind_words")
        yield str(reframing.LESSON.ask), lesson.text_of("lesson")
        for name, (asked, _called) in reframing.LINES.items():
            yield str(asked), lesson.text_of(name)
    if answer := getattr(one, "answer", None):
        yield str(doubt.ANSWER), answer.text_of("answer")
    if acceptance := getattr(one, "acceptance", None):
        yield "", str(acceptance.get_way_display())


def _paragraphs(texts: Iterator[tuple[str, str | None]]) -> Iterator[str]:
    for label, text in texts:
        if text != "":
            yield f"**{label}**\n\n{_readable(text)}\n" if label else f"{_readable(text)}\n"


def _foot(named: Named) -> Iterator[str]:
    if named.milestone != "":
        yield _("Milestone: %(name)s") % {"name": _readable(named.milestone)} + "\n"
    if named.themes:
        yield _("Themes: %(names)s") % {"names": ", ".join(map(_readable, named.themes))} + "\n"


def milestone(one: Milestone) -> str:
    lines = list(one.good_enoughs.all())
    said = [f"{date_format(line.local_date, 'j F Y')}: {_readable(line.text_of('text'))}" for line in lines]
    parts = ["", f"## {_readable(one.text_of('title'))}", "", *_paragraphs(iter([("", one.text_of("why"))]))]
    if one.reached_on:
        parts += [_("Good enough on %(day)s.") % {"day": date_format(one.reached_on, "j F Y")}, ""]
    if said:
        parts += [f"**{_('Good enough looks like…')}**", "", *(f"{line}\n" for line in said)]
    return "\n".join([*parts, *_steps(one)])


def _steps(one: Milestone) -> Iterator[str]:
    beyond = False
    for step in one.steps.all():
        if step.beyond and not beyond:
            yield f"\n{_('Beyond good enough')}:\n"
            beyond = True
        mark = "x" if step.is_done else " "
        how = f" · {step.completion.get_outcome_display()}" if step.is_done else ""
        yield f"- [{mark}] {_readable(step.text_of('title'))}{how}"
    yield ""


def week(one: Week) -> str:
    days = f"{date_format(one.monday, 'j F')} – {date_format(one.monday + timedelta(days=6), 'j F Y')}"
    return f"\n## {days} ({iso_name(one.monday)})\n\n{_readable(one.text_of('takeaway'))}\n"


def _readable(text: str | None) -> str:
    return _("This can’t be opened; it is kept as it is.") if text is None else text
