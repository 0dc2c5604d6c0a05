from django.http import HttpRequest, HttpResponse

from config import htmx


def index(request: HttpRequest) -> HttpResponse:
    return htmx.page(request, "journal/milestones/index.html")
