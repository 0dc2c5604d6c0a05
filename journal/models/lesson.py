from typing import ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.owned import Owned, OwnedQuerySet


class Lesson(Owned):
    """The reframing of one setback: what a friend would hear, what it is teaching, and GROW where it was wanted.

    It makes the setback a lesson once `lesson` is filled; until then it is a reframing on its way.
    """

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="lesson")
    kind_words = SealedTextField(label="lesson.kind_words")
    lesson = SealedTextField(label="lesson.lesson")
    goal = SealedTextField(label="lesson.goal")
    reality = SealedTextField(label="lesson.reality")
    options = SealedTextField(label="lesson.options")
    way_forward = SealedTextField(label="lesson.way_forward")

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()
