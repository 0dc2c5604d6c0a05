"""Small numbers in words, as a book prints them."""

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

WORDS = [_("one"), _("two"), _("three"), _("four"), _("five"), _("six")]
WORDS += [_("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve")]


def in_words(number: int) -> str:
    """One to twelve in words, the rest in the digits of the language."""
    return str(WORDS[number - 1]) if 1 <= number <= len(WORDS) else number_format(number, force_grouping=True)
