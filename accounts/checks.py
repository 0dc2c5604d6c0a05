"""What must hold of this app before anything starts."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from accounts.people import refuse_odd


@register()
def people_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        refuse_odd()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/configuration.md shows one.", id="accounts.E002")]
    return []
