from django.db import models


class Heartbeat(models.Model):
    """When the last pass over all that waits came to its end, by the real clock."""

    name = models.CharField(max_length=12, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
