from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from config import htmx


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    return htmx.page(request, "accounts/words.html")
