from django.apps import AppConfig


class Journal(AppConfig):
    name = "journal"

    def ready(self) -> None:
        from journal import first_line  # noqa: F401
