from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import User


class Discretion(models.Model):
    """Somebody asked that no subject line says what a letter is about: others see their screen."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["Discretion"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def of(cls, user: User) -> bool:
        return cls.objects.filter(owner=user).exists()

    @classmethod
    def say(cls, user: User, discreet: bool, now: datetime) -> None:
        if discreet:
            cls.objects.get_or_create(owner=user, defaults={"at": now})
        else:
            cls.objects.filter(owner=user).delete()
