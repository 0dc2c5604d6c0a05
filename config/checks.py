"""What must hold before anything starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def mail_sender_is_set(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.EMAIL_URL and settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        return [
            Error("EMAIL_URL is set, DEFAULT_FROM_EMAIL is not.", hint="Onward <letters@your.domain>", id="onward.E001")
        ]
    return []
