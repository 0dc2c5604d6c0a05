"""What an operator wants to know before anything starts, and once in a while after."""

from typing import Any

from django.core.checks import CheckMessage, Info, register
from django.utils import timezone

from reminders import zone_data


# Where `--deploy` asks, not at each command; and no more than told, because it comes by the calendar alone.
@register(deploy=True)
def zone_files_are_fresh(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    words = zone_data.too_old(timezone.now().date())
    return [Info(words, hint="docs/operating.md says how to renew them.", id="reminders.I001")] if words else []
