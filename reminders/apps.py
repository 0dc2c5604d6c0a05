from django.apps import AppConfig, apps


class Reminders(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        from reminders import bounces, provider, tokens  # noqa: F401

        if apps.is_installed("anymail"):
            provider.connect()
