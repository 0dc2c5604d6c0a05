"""How pages print what a person wrote."""

from django import template
from django.template.context import Context

from journal.marks import marked, opening

register = template.Library()


@register.simple_tag(takes_context=True)
def written(context: Context, text: str) -> str:
    """A text: all of it on a page that says `whole`, else its opening, with the `terms` of a search marked."""
    if context.get("whole"):
        return text
    terms = context.get("terms")
    return marked(text, terms) if terms else opening(text)
