"""The kinds of entry, and the deeds that one tap keeps: the stored words, and how pages say them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    WIN = "win", _("Something I did")
    SETBACK = "setback", _("Something hard")
    NOTE = "note", _("A note")
    PROUD = "proud", _("Something I’m proud of")
    DOUBT = "doubt", _("A doubt")
    MILESTONE = "milestone", _("Milestone reached")
    ENCOURAGEMENT = "encouragement", _("Kind words from someone")
    LETTER = "letter", _("A letter to later")
    DECISION = "decision", _("A decision")
    MEETING = "meeting", _("Before we meet")
    THEN_NOW = "then_now", _("Then and now")


# What the pages that keep any entry take; the other kinds have pages of their own.
WRITTEN = (Kind.WIN, Kind.SETBACK, Kind.NOTE, Kind.PROUD, Kind.DOUBT)


class Deed(models.TextChoices):
    SHOWED_UP = "showed_up", _("Showed up")
    BEGAN = "began", _("Began")
    TRIED = "tried", _("Tried something")
    OPENED_UP = "opened_up", _("Opened up")
    ASKED_FOR_HELP = "asked_for_help", _("Asked for help")
    SAID_NO = "said_no", _("Said no")
    RESTED = "rested", _("Rested")
    CAME_BACK = "came_back", _("Came back")
    PUT_RIGHT = "put_right", _("Put it right")
    LAUGHED = "laughed", _("It went wrong and I laughed")
    FINISHED = "finished", _("Finished")


# How each is called.
DEEDS: dict[str, Any] = dict(Deed.choices)
