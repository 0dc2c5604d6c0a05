"""The product's addresses, and one whose view does what none of ours may."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler429, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"heliotrope {request.POST.get('body')}")


urlpatterns = [path("breaks/", breaks), *urlpatterns]
