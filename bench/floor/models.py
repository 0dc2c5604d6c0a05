from django.db import models


class Label(models.Model):
    name = models.CharField(max_length=60)

    class Meta:
        managed = False
        db_table = "bench_label"


class Line(models.Model):
    """A plain text of somebody's, without any of our care."""

    owner = models.UUIDField()
    day = models.DateField()
    body = models.TextField()
    label = models.ForeignKey(Label, on_delete=models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "bench_line"
