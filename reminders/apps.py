from django.apps import AppConfig


class Reminders(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        from reminders import mailbox, tokens  # noqa: F401
