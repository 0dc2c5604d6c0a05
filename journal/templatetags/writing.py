"""How pages print what a person wrote."""

from datetime import date
from typing import Any

from django import template
from django.template.context import Context

from config import jinja
from journal.models import Entry
from journal.months import Day
from journal.telling import Manner
from journal.timeline import Timeline

register = template.Library()


@register.simple_tag(takes_context=True)
def card(context: Context, entry: Entry, **asked: bool) -> Any:
    """One entry, as this page shows it (ui/entry.jinja, journal/telling.py)."""
    manner = Manner.of(context, **asked)
    return jinja.macro("ui/entry.jinja", "card")(manner.tell(entry), manner)


@register.simple_tag(takes_context=True)
def day(context: Context, day: Day, today: date | None = None) -> Any:
    """One day and its cards; with `today` it names its month."""
    return jinja.macro("journal/entries/day.jinja", "day")(day, Manner.of(context), today)


@register.simple_tag(takes_context=True)
def stretch(context: Context, timeline: Timeline, below: bool = False) -> Any:
    """One page of the timeline; `below` another one its first day has the focus."""
    hidden = context["user"].counts_hidden
    return jinja.macro("journal/entries/stretch.jinja", "stretch")(timeline, Manner.of(context), below, hidden)


@register.simple_tag(takes_context=True)
def written(context: Context, text: str) -> str:
    """A text: all of it on a page that says `whole`, else its opening, with the `terms` of a search marked."""
    return Manner(whole=bool(context.get("whole")), terms=context.get("terms") or ()).says(text)
