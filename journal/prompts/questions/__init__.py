"""The questions behind “If nothing comes”: data, by what is being written. Each has a name that stays when its words
change, for it is remembered by that. Whoever helps others has questions of their own in place of these.

To write one: small, concrete, kind; answerable by a tired person anywhere; nothing about body, food or sleep; nothing
that takes for granted how it was. (`tests/journal/test_questions.py` and the word test read every one of them.)
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from journal.prompts.questions import doubt, friend, helping, lesson, note, proud, setback, takeaway, win

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Decks = dict[str, Mapping[str, StrOrPromise]]

USUAL: "Decks" = {
    "win": win.QUESTIONS,
    "setback": setback.QUESTIONS,
    "note": note.QUESTIONS,
    "proud": proud.QUESTIONS,
    "doubt": doubt.QUESTIONS,
    "friend": friend.QUESTIONS,
    "lesson": lesson.QUESTIONS,
    "takeaway": takeaway.QUESTIONS,
}
HELPING: "Decks" = {
    "win": helping.WIN,
    "setback": helping.SETBACK,
    "note": helping.NOTE,
    "proud": helping.PROUD,
    "doubt": helping.DOUBT,
    "friend": helping.FRIEND,
    "lesson": helping.LESSON,
    "takeaway": helping.TAKEAWAY,
}


def deck(about: str, is_helping: bool = False) -> "Mapping[str, StrOrPromise]":
    """The questions about one thing by the names they are remembered by: `win.opened`, `helping.win.silence`."""
    decks, before = (HELPING, "helping.") if is_helping else (USUAL, "")
    return {f"{before}{about}.{name}": asked for name, asked in decks[about].items()}


ALL = {
    name: asked for about in USUAL for is_helping in (False, True) for name, asked in deck(about, is_helping).items()
}
