"""How pages print what a person wrote."""

from typing import Any

from django import template
from django.template.context import Context

from journal import telling
from journal.models import Entry
from journal.telling import Manner

register = template.Library()


@register.simple_tag(takes_context=True)
def tell(context: Context, entry: Entry) -> dict[str, Any]:
    """What this page shows of an entry."""
    return telling.told(entry, Manner.of(context))


@register.simple_tag(takes_context=True)
def written(context: Context, text: str) -> str:
    """A text: all of it on a page that says `whole`, else its opening, with the `terms` of a search marked."""
    return Manner(whole=bool(context.get("whole")), terms=context.get("terms") or ()).says(text)
