"""What must hold of this app before anything starts."""

from collections.abc import Callable
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from accounts import people, texts


@register()
def people_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return _refused(people.refuse_odd, "accounts.E002")


@register()
def texts_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return _refused(texts.refuse_odd, "accounts.E003")


def _refused(asked: Callable[[], None], id: str) -> list[CheckMessage]:
    try:
        asked()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/configuration.md shows one.", id=id)]
    return []
