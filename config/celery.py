"""Celery rings the bell; what there is to do stands in the database (docs/decisions/0002)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("onward")
app.config_from_object("config.settings:CELERY")
app.autodiscover_tasks()
