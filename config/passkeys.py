"""Where a browser makes passkeys: under https and a name, or on one's own machine by the name it gives itself."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

HOME = "localhost"


def bound_to(request: HttpRequest) -> str:
    """The name in the address bar that a passkey belongs to."""
    asked = urlsplit(f"//{request.get_host()}").hostname or ""
    return HOME if asked == HOME else urlsplit(settings.ONWARD_URL).hostname or ""


def possible(request: HttpRequest) -> bool:
    name = bound_to(request)
    return name == HOME or (settings.ONWARD_URL.startswith("https://") and not _is_number(name))


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
