from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from config import exposition, metrics

SCHEME = "Bearer "


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """For whoever has the token (METRICS_TOKEN); without one in the settings this page is not there."""
    if not settings.METRICS_TOKEN:
        return HttpResponseNotFound(content_type="text/plain")
    said = request.headers.get("Authorization", "")
    if not said.startswith(SCHEME):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"}, content_type="text/plain")
    if not constant_time_compare(said.removeprefix(SCHEME), settings.METRICS_TOKEN):
        return HttpResponseForbidden(content_type="text/plain")
    words = exposition.rendered(metrics.figures(timezone.now()))
    return HttpResponse(words, content_type=exposition.CONTENT_TYPE)
