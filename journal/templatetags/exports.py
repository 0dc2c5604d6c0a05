"""What other pages show of taking a copy."""

from typing import Any

from django import template

from journal.export import FORMATS, faces

register = template.Library()


@register.inclusion_tag("journal/export/choices.html")
def take_a_copy() -> dict[str, Any]:
    """The kinds of file, for whoever wants everything at once. The rest is chosen on the page of its own."""
    return {}


@register.inclusion_tag("journal/export/formats.html")
def formats(chosen: str = "") -> dict[str, Any]:
    """Files to keep, and those for another program; the first is ticked where none is."""
    names = list(FORMATS)
    rows = [(name, form, name == (chosen or names[0])) for name, form in FORMATS.items()]
    moving = [row for row in rows if row[1].moving]
    keeping = [row for row in rows if not row[1].moving]
    return {"keeping": keeping, "moving": moving, "open": any(ticked for _name, _form, ticked in moving)}


@register.inclusion_tag("journal/export/scripts.html")
def scripts() -> dict[str, Any]:
    """Which scripts can be drawn in a book that is made here."""
    return {"drawn": faces.drawn(), "not_drawn": faces.not_drawn()}
