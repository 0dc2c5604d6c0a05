"""Pages that a letter leads to: no session, no cookie, no script, and no address that travels on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

# Nothing of whoever may be signed in on this device is looked at.
NOBODY = AnonymousUser()
View = Callable[..., HttpResponse]


def open_page(*methods: str) -> Callable[[View], View]:
    """The token in the address is the key, so there is nothing that another site's form could borrow."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponse:
            response = view(request, token)
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return login_not_required(csrf_exempt(require_http_methods(methods)(answer)))

    return decorated


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, template, {"user": NOBODY, **context}, status=status)
