"""The product's addresses where INBOUND_SECRET is set."""

from django.urls import include, path

from config import urls

urlpatterns = [*urls.urlpatterns, path("anymail/", include("reminders.doors"))]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
