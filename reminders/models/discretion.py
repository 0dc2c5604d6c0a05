from typing import ClassVar

from django.conf import settings
from django.db import models


class Discretion(models.Model):
    """Somebody asked that no subject line says what a letter is about: others see their screen."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Discretion"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)
