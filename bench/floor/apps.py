from allauth.account.apps import AccountConfig


class Bare(AccountConfig):
    """For its model of a session's person alone: it insists on its own middleware otherwise. A person is asked for as
    Django asks."""

    def ready(self) -> None:
        from django.contrib.auth.base_user import BaseUserManager  # once there are models

        from accounts.models import UserManager

        UserManager.get = BaseUserManager.get  # type: ignore[assignment, method-assign]
