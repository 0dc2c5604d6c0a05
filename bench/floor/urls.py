from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.floor.models import Line


def lines(request: HttpRequest) -> list[Line]:
    return list(Line.objects.filter(owner=request.user.pk).select_related("label").order_by("-day", "-id")[:30])


def looped(request: HttpRequest) -> HttpResponse:
    """F3: rows by the ORM with a join, a Django template loop."""
    return render(request, "floor.html", {"lines": lines(request)})


def joined(request: HttpRequest) -> HttpResponse:
    """F4: the same rows, no template loop."""
    items = [f"<article><header>{x.day} {x.label.name}</header><p>{x.body}</p></article>" for x in lines(request)]
    return HttpResponse("<!doctype html><title>floor</title>" + "".join(items) + "x" * 9000)


urlpatterns = [path("looped/", looped), path("joined/", joined)]
