"""What one tick does, in order. Named as strings: config wires the apps together and imports none."""

from datetime import date, datetime

from django.utils.module_loading import import_string

from config import logs

PASSES = (
    "reminders.zone_data.tick",
    "reminders.astray.tick",
    "reminders.circulars.tick",
    "reminders.delivery.tick",
    "journal.importing.work.tick",
    "accounts.leaving.tick",
    "accounts.shredding.tick",
    "accounts.access.tick",
    "accounts.devices.tick",
    "accounts.invitations.tick",
    "accounts.device_keys.tick",
    "journal.pruning.tick",
    "reminders.pruning.tick",
    "config.preparation.forget_copy",
    "config.cache_table.tick",
    "reminders.heartbeat.tick",
)


def modules() -> list[str]:
    """Where the passes stand."""
    return [name.rpartition(".")[0] for name in PASSES]


def begin(today: date) -> None:
    """Once a start of whoever does passes: what an operator wants to know and no pass would say."""
    import_string("reminders.zone_data.warn_if_old")(today)
    import_string("accounts.leaving.begin_passes")()


def run(now: datetime) -> None:
    """Each pass decides by `now` (UTC) alone and may run in many processes at once. One that breaks is noted."""
    with logs.numbered("pass"):
        try:
            for name in PASSES:
                import_string(name)(now)
        except Exception:
            import_string("reminders.heartbeat.broken")()
            raise
