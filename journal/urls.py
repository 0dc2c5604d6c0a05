from django.urls import path

from journal.views import entries, landing, milestones, today, ways

app_name = "journal"
urlpatterns = [
    path("", landing.page, name="landing"),
    path("today/", today.page, name="today"),
    path("entries/", entries.index, name="entries"),
    path("milestones/", milestones.index, name="milestones"),
    path("ways/", ways.page, name="ways"),
]
