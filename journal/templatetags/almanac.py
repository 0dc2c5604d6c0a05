"""A row of the almanac for who hears it."""

from django import template
from django.template.context import Context

from journal.almanac import Row

register = template.Library()


@register.simple_tag(takes_context=True)
def almanac_row(context: Context, row: Row) -> str:
    return row.said(hidden=context["user"].counts_hidden)
