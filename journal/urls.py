from django.urls import path

from journal.views import entries, landing, milestones, steps, today, ways

app_name = "journal"
urlpatterns = [
    path("", landing.page, name="landing"),
    path("today/", today.page, name="today"),
    path("entries/", entries.index, name="entries"),
    path("entries/removed/", entries.removed, name="entries.removed"),
    path("entries/<uuid:id>/", entries.entry, name="entries.entry"),
    path("entries/<uuid:id>/deletion/", entries.deletion, name="entries.deletion"),
    path("entries/<uuid:id>/restoration/", entries.restoration, name="entries.restoration"),
    path("milestones/", milestones.index, name="milestones"),
    path("milestones/new/", milestones.new, name="milestones.new"),
    path("milestones/<uuid:id>/", milestones.milestone, name="milestones.milestone"),
    path("milestones/<uuid:id>/celebration/", milestones.celebration, name="milestones.celebration"),
    path("milestones/<uuid:id>/steps/", steps.index, name="milestones.steps"),
    path("steps/<uuid:id>/", steps.step, name="steps.step"),
    path("steps/<uuid:id>/completion/", steps.completion, name="steps.completion"),
    path("steps/<uuid:id>/parts/", steps.parts, name="steps.parts"),
    path("ways/", ways.page, name="ways"),
]
