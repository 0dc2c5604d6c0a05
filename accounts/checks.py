"""What must hold of this app before anything starts."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from accounts.people import read


@register()
def people_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.ONWARD_HELP_FILE:
        return []
    try:
        read(Path(settings.ONWARD_HELP_FILE))
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/configuration.md shows one.", id="accounts.E002")]
    return []
