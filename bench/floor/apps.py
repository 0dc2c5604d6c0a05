from allauth.account.apps import AccountConfig


class Bare(AccountConfig):
    """For its model of a session's person alone: it insists on its own middleware otherwise."""

    def ready(self) -> None:
        pass
