"""Without a network: the page that opens then, the worker that keeps it, and what comes in when the network is back."""

import base64
import binascii
import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from accounts import device_keys
from accounts.requests import PersonRequest
from config import htmx
from journal import carried
from journal.forms.fields import FormId
from journal.models import Draft
from journal.models.draft import Full
from journal.views import today

PAGE = "journal/offline/index.html"
SCRIPT = "js/worker.js"
# All that the page without a network needs, and nothing that was made for anybody.
SHELL = [
    "css/onward.css",
    "css/further.css",
    "fonts/brygada-1918-latin-italic.woff2",
    "fonts/brygada-1918-latin-roman.woff2",
    "img/art.svg",
    "img/icons.svg",
    "img/mark.svg",
    "img/still.svg",
    "js/waiting.js",
]


@login_not_required
@require_safe
@cache_control(no_cache=True)
def page(request: HttpRequest) -> HttpResponse:
    """The same for everybody: it is the one page that a browser keeps."""
    return htmx.page(request, PAGE, {"user": AnonymousUser()})


# The worker


@login_not_required
@require_safe
@cache_control(no_cache=True)
@condition(etag_func=lambda request: _etag())
def worker(request: HttpRequest) -> HttpResponse:
    """A new one wherever a file of the shell, the page or the worker itself is another: its first lines say which."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


def _etag() -> str:
    return f'"{_digest(_worker())}"'


@cache
def _worker() -> str:
    files = [static(name) for name in SHELL]
    script = Path(str(finders.find(SCRIPT))).read_text()
    version = _digest("".join([*files, script, render_to_string(PAGE)]))
    named = {name: reverse(f"journal:offline{of}") for name, of in PLACES.items()}
    leaving = [reverse("account_logout"), reverse("account_logout_everywhere"), reverse("accounts:leaving")]
    places = named | {"share": reverse("journal:share"), "leaving": leaving}
    return f"const VERSION = {json.dumps(version)}, FILES = {json.dumps(files)}, AT = {json.dumps(places)};\n{script}"


PLACES = {"page": "", "keys": ".keys", "captures": ".captures"}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@login_not_required
@require_safe
@cache_control(no_cache=True)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a device needs to know to put Onward beside its other programs. Words shared with it are posted."""
    icons = [_icon(size, purpose) for purpose in ("any", "maskable") for size in (192, 512)]
    said = {
        "id": "/",
        "name": "Onward",
        "short_name": "Onward",
        "description": _("A private progress journal: progress, not perfection."),
        "start_url": reverse("journal:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#e9ebe2",
        "theme_color": "#e9ebe2",
        "icons": icons,
        "share_target": {
            "action": reverse("journal:share"),
            "method": "POST",
            "enctype": "application/x-www-form-urlencoded",
            "params": {name: name for name in ("title", "text", "url")},
        },
    }
    return JsonResponse(said, content_type="application/manifest+json")


def _icon(size: int, purpose: str) -> dict[str, str]:
    name = f"img/onward-{size}{'-maskable' if purpose == 'maskable' else ''}.png"
    return {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


# What comes in


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: PersonRequest) -> HttpResponse:
    """A token for the worker’s posts. POST: this session’s half of a key, a new one unless `id` is this person’s."""
    if request.method != "POST":
        return _token(request)
    held = FormId().clean(request.POST.get("id"))
    key = device_keys.hand_out(request, request.user, held, timezone.now())
    return JsonResponse({"id": str(key.pk), "public": base64.b64encode(device_keys.public(key)).decode()})


def _token(request: PersonRequest) -> HttpResponse:
    """Cookies come with pages alone: one of the worker’s could take the place of a page’s that opens meanwhile.

    204: no page of ours has been opened here, or its cookie is odd. The next one that is asks again.
    """
    is_odd = request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", False)
    if is_odd or "CSRF_COOKIE" not in request.META:
        return HttpResponse(status=204)
    token = get_token(request)
    del request.META["CSRF_COOKIE_NEEDS_UPDATE"]
    return JsonResponse({"token": token})


@require_POST
def captures(request: PersonRequest) -> HttpResponse:
    """204: kept. 202: set down under “Not kept yet”. 404: it was sealed for somebody else, or its key is gone.
    422: it does not open, it holds nothing, or there is no room: asked again, it is answered the same.
    """
    key = device_keys.of(request.user, FormId().clean(request.POST.get("key")))
    if not key:
        raise Http404
    try:
        id = FormId().clean(request.POST.get("id"))
        sealed = base64.b64decode(request.POST.get("sealed", ""), validate=True)
        kept = carried.keep(key, sealed, id, timezone.now()) if id else None
    except (device_keys.Unreadable, binascii.Error, Full):
        kept = None
    return HttpResponse(status=422 if kept is None else 202 if isinstance(kept, Draft) else 204)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: PersonRequest) -> HttpResponse:
    """Words shared from another program stand in the composer; nothing is kept before somebody presses.

    A device sends them without a token of ours, and they change nothing.
    """
    if request.method != "POST":
        return htmx.see_other(reverse("journal:today"))
    words = [request.POST.get(name, "").strip() for name in ("title", "text", "url")]
    return today.shared(request, "\n".join(filter(None, words)))
