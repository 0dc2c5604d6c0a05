"""What one tick does, in order. Named as strings: config wires the apps together and imports none."""

from datetime import datetime

from django.utils.module_loading import import_string

PASSES = (
    "reminders.zone_data.tick",
    "reminders.delivery.tick",
    "journal.pruning.tick",
    "reminders.pruning.tick",
    "config.preparation.forget_copy",
    "reminders.heartbeat.tick",
)


def run(now: datetime) -> None:
    """Each pass decides by `now` (UTC) alone and may run in many processes at once."""
    for name in PASSES:
        import_string(name)(now)
