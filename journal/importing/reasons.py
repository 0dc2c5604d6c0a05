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
    "odd_date": _("Its day is still to come, or further back than these pages go."),
    "no_number": _("There is no number in it that a measure could keep."),
    "day_taken": _("That day has a reading of yours already; it stays as it is."),
    "other_words": _("There can be one of these, and yours says something else. It stays as it is."),
    "nothing_there": _("What it belongs to is not in this file."),
    "odd_word": _("It holds a word that is none of ours."),
    "full": _("There is no more room for it here. Take one out first, and it finds a place another time."),
    "unopened": _("It could not be opened where this file was made. Its sealed bytes say nothing here."),
    "letters_settings": _("Of letters this stays behind: they are as you have them here, and come once you say so."),
    "no_entry": _("It is no entry of a journal."),
    "no_name": _("It has no name."),
    "no_value": _("Its value cannot be read."),
    "by_itself": _("Days that the app filled in or passed over by itself: only what you said yourself is kept."),
    "goals": _("Goals: what was planned there has no place here. What you wrote and noted each day comes along."),
    "other_file": _("This file holds no page that can be read here."),
    "in_everything": _("This file of Onward is for reading. The copy called “Everything” brings it back."),
    "no_date": _("It has no day that can be read."),
    "no_text": _("There are no words in it."),
    "too_long": _("It is longer than an entry can be."),
}

# Why nothing can be taken from a file.
UNREADABLE: "dict[str, StrOrPromise]" = {
    "unpacks_too_large": _("Unpacked, this file is larger than Onward takes in at once."),
    "too_many_files": _("There are more files in this ZIP than Onward takes in at once."),
    "too_many_rows": _(
        "There are more than ten thousand entries in this file. Two smaller ones can come one after the other."
    ),
    "packed_otherwise": _(
        "This file is packed in a way that Onward does not open. Unpack it, or pack it as an ordinary ZIP."
    ),
    "nested": _("There is a packed file within this ZIP. Take that one out, and bring it by itself."),
    "odd_names": _("This ZIP names files outside of its own folder, so it stays closed. A ZIP made anew may do."),
    "twice": _("Two files in this ZIP have the same name. Nobody can tell which of them counts."),
    "locked": _("This ZIP is locked with a passphrase. Unpack it first, and bring what was in it."),
    "no_text_file": _("This file holds no text that can be read."),
    "long_line": _("One line in this file is longer than any page. It may be damaged, or something else."),
    "too_many_lines": _("There are more lines in this file than in any journal. It may be something else."),
    "too_deep": _("This file is nested deeper than a journal is. It may be damaged, or something else."),
    "no_days": _("There are no days in this file. A line such as 2026-11-20 above each entry will do."),
    "other_format": _(
        "This file is not what was chosen. Perhaps it comes from another app, or is another kind of copy."
    ),
    "too_large": _(
        "This file is larger than Onward takes in at once. If it is a ZIP with photos, the text in it can come alone."
    ),
    "damaged": _("This file breaks off or is damaged. A fresh copy of it may open."),
    "newer": _("This file was made by a newer Onward than this one. Nothing in it was touched."),
    "other_order": _("The parts of this file stand in another order than Onward writes them. A fresh copy may open."),
    "ours": _("We dropped something. Our fault, not yours. Nothing of the file was kept; it can be sent again."),
    "empty": _("There is nothing in this file."),
}

# What became of it since.
SINCE: "dict[str, StrOrPromise]" = {
    "undone": _("Taken out again."),
    "changed": _("It was changed since, or something newer belongs to it. It stayed."),
    "gone": _("It is not here any more."),
}


def sentence(reason: str) -> "StrOrPromise":
    """Every key has its sentence; one that has none yet is said in general words."""
    return {**UNREADABLE, **SKIPPED, **LEFT_OUT, **SINCE}.get(reason) or _("This cannot be kept here.")
