from django.http import HttpRequest, HttpResponse

from config import htmx


def page(request: HttpRequest) -> HttpResponse:
    return htmx.page(request, "journal/ways/index.html")
