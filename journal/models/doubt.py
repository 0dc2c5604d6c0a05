from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.sealed import SealedTextField
from journal.models.record import Record


class Doubt(Record):
    """A doubt, looked at longer: whose sentence it is, and what it fears and guards."""

    class Whose(models.TextChoices):
        MINE = "mine", _("mine")
        HOME = "home", _("home")
        SCHOOL = "school", _("school")
        WORK = "work", _("work")
        WORLD = "world", _("the world")
        UNSURE = "unsure", _("not sure")

    WORDS: ClassVar = ("whose", "fear", "guard", "still_true")

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="doubt")
    # One of Whose, sealed like every other answer.
    whose = SealedTextField(label="doubt.whose")
    fear = SealedTextField(label="doubt.fear")
    guard = SealedTextField(label="doubt.guard")
    still_true = SealedTextField(label="doubt.still_true")

    @property
    def whose_said(self) -> str:
        return str(self.Whose(self.whose).label) if self.whose in self.Whose.values else self.whose

    @property
    def says_something(self) -> bool:
        return any(getattr(self, name) for name in self.WORDS)
