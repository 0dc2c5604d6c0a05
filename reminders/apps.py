from django.apps import AppConfig


class Reminders(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        from reminders import bounces, checks, mailbox, tokens  # noqa: F401
