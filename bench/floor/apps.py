from allauth.account.apps import AccountConfig
from django.contrib.auth.base_user import BaseUserManager


class Bare(AccountConfig):
    """For its model of a session's person alone: it insists on its own middleware otherwise. A person is asked for as
    Django asks."""

    def ready(self) -> None:
        from accounts.models import UserManager  # once there are models

        UserManager.get = BaseUserManager.get  # type: ignore[method-assign]
