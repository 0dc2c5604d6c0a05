"""Celery rings the bell; what there is to do stands in the database (docs/decisions/0002)."""

import os
import sys
from datetime import UTC, datetime
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from config import passes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("onward")
app.config_from_object("config.settings:CELERY")
app.autodiscover_tasks()


@worker_ready.connect  # type: ignore[untyped-decorator]
def begin(**kwargs: Any) -> None:
    passes.begin(datetime.now(UTC).date())


@worker_init.connect  # type: ignore[untyped-decorator]
def refuse_without_ring(**kwargs: Any) -> None:
    """Exits: any other error is logged by Celery, which then starts all the same."""
    try:
        import_string("accounts.keys.refuse_without_ring")()
    except ImproperlyConfigured as error:
        sys.exit(f"Onward cannot start: {error}")
