from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from config import htmx
from journal.prompts.ways import MOMENTS


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return htmx.page(request, "journal/ways/index.html", {"moments": MOMENTS})
