"""Small numbers in words, as a book prints them."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def in_words(number: int) -> str:
    """One to twelve in words, the rest in the digits of the language."""
    words = [_("one"), _("two"), _("three"), _("four"), _("five"), _("six")]
    words += [_("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve")]
    return words[number - 1] if 1 <= number <= len(words) else number_format(number, force_grouping=True)
