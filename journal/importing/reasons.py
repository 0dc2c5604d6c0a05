"""What is said of what cannot be kept, and of files that cannot be read: a sentence a key."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What comes with a page and stays where it is.
LEFT_OUT: "dict[str, StrOrPromise]" = {
    "photos": _("Photos: Onward keeps words alone. They stay in the file that you have."),
    "audio": _("Recordings: Onward keeps words alone. They stay in the file that you have."),
    "videos": _("Videos: Onward keeps words alone. They stay in the file that you have."),
    "files": _("Attached files: Onward keeps words alone. They stay in the file that you have."),
    "location": _("Places: where something was written is not kept."),
    "weather": _("Weather: it is not kept."),
}

# Why one row cannot be kept.
SKIPPED: "dict[str, StrOrPromise]" = {
    "no_date": _("It has no day that can be read."),
    "no_text": _("There are no words in it."),
    "too_long": _("It is longer than an entry can be."),
}

# Why nothing can be taken from a file.
UNREADABLE: "dict[str, StrOrPromise]" = {
    "other_format": _("This file is not what was chosen. Perhaps it comes from another app, or is another kind of copy."),
    "too_large": _("This file is larger than Onward takes in at once."),
    "damaged": _("This file breaks off or is damaged. A fresh copy of it may open."),
    "empty": _("There is nothing in this file."),
}


def sentence(reason: str) -> "StrOrPromise":
    """Every key has its sentence; one that has none yet is said in general words."""
    return {**UNREADABLE, **SKIPPED, **LEFT_OUT}.get(reason) or _("This cannot be kept here.")
