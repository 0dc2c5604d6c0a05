"""Celery rings the bell; what there is to do stands in the database (docs/decisions/0002)."""

import os
import sys
from datetime import UTC, datetime
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, task_postrun, task_prerun, worker_init, worker_ready
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from config import forks, logs, passes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Celery would look over the settings with each start, as the web does not, and load every page for it, in beat, too.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("onward")
app.config_from_object("config.settings:CELERY")
app.autodiscover_tasks()
# What ends with each task that runs here.
_begun: dict[str, Any] = {}


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
    forks.ready(*passes.modules())  # before the processes that do the tasks are forked


@before_task_publish.connect  # type: ignore[untyped-decorator]
def send_numbers(headers: dict[str, Any], **kwargs: Any) -> None:
    """The lines of a task carry the numbers of whoever rang for it."""
    headers["numbers"] = logs.around()


@task_prerun.connect  # type: ignore[untyped-decorator]
def take_numbers(task: Any, task_id: str, **kwargs: Any) -> None:
    brought = getattr(task.request, "numbers", None) or {}
    numbers = {name: number for name, number in brought.items() if logs.is_number(name, number)}
    _begun[task_id] = logs.begin(numbers | {"task": task_id})


@task_postrun.connect  # type: ignore[untyped-decorator]
def leave_numbers(task_id: str, **kwargs: Any) -> None:
    if token := _begun.pop(task_id, None):
        logs.end(token)
