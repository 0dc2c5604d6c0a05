"""What browsers report of our Content-Security-Policy: a line that says which page asked for what, and no word more.

Anybody can send such a report, and a browser's own quotes addresses and the beginning of a script. So nothing of it is
logged as it came: a page by the name that it has in the code, a directive by ours, whatever was refused by its host.
"""

import json
import logging
import re
import time
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

LONGEST = 16 * 1024
KEYWORDS = ("inline", "eval", "self", "wasm-eval", "trusted-types-policy", "trusted-types-sink")
HOST = re.compile(r"[a-z0-9.-]{1,80}")
KNOWN = re.compile(r"[a-z]+(-[a-z]+){0,3}")
log = logging.getLogger(__name__)


class Few:
    """So many a minute in this process: a flood costs neither a line nor a question to the database."""

    def __init__(self, most: int) -> None:
        self.most, self.minute, self.count = most, 0, 0

    def takes_one(self, now: float) -> bool:
        if self.minute != int(now // 60):
            self.minute, self.count = int(now // 60), 0
        self.count += 1
        return self.count <= self.most


few = Few(30)


@csrf_exempt
@require_POST
def page(request: HttpRequest) -> HttpResponse:
    """204, whatever came: who reports is told nothing."""
    if few.takes_one(time.monotonic()) and (said := told(request.read(LONGEST + 1))):
        log.warning("A page asked for what its policy refuses.", extra={"said": said})
    return HttpResponse(status=204)


def told(body: bytes) -> dict[str, str]:
    """{} for what is no report."""
    try:
        report = json.loads(body)["csp-report"] if len(body) <= LONGEST else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}
    if not isinstance(report, dict):
        return {}
    directive = text(report, "effective-directive") or text(report, "violated-directive").partition(" ")[0]
    return {
        "page": _page(text(report, "document-uri")),
        "directive": directive if len(directive) < 40 and KNOWN.fullmatch(directive) else "other",
        "refused": _refused(text(report, "blocked-uri").lower()),
    }


def text(report: dict[str, Any], name: str) -> str:
    value = report.get(name)
    return value if isinstance(value, str) else ""


def _page(address: str) -> str:
    """By its name: an address may be a key, or hold the id of a row."""
    try:
        return resolve(urlsplit(address).path).view_name
    except (Resolver404, ValueError):
        return "unknown"


def _refused(address: str) -> str:
    if address in KEYWORDS:
        return address
    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme[:20], parts.hostname or ""
    except ValueError:
        return "other"
    return host if HOST.fullmatch(host) else scheme if KNOWN.fullmatch(scheme) else "other"
