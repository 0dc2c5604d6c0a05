from django.db import models


class ZoneData(models.Model):
    """Which edition of the zone files every `next_at` was reckoned by; and how far the next edition has come."""

    name = models.CharField(max_length=12, primary_key=True)
    version = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()
    # While another one is taken up: which, past whom (schedules in the order of their ids), and how many it moved.
    towards = models.CharField(max_length=16, blank=True)
    reached = models.UUIDField(null=True)
    moved = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
