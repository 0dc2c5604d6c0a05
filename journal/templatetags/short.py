"""Texts that stand shortened among others."""

import unicodedata

from django import template
from django.utils.text import Truncator

register = template.Library()


@register.filter
def shortened(text: str, most: int) -> str:
    """As truncatechars says it, which looks at each letter even of a text that is short."""
    text = unicodedata.normalize("NFC", text)
    return text if len(text) <= most else str(Truncator(text).chars(most))
