from django.apps import AppConfig


class Accounts(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import access, checks, devices, fresh, known, locking  # noqa: F401
