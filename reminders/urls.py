from django.urls import path

from reminders.views import answers, health, history, letters, metrics, offers, rests, silences, stops, zones

app_name = "reminders"
urlpatterns = [
    path("settings/reminders/", letters.page, name="letters"),
    path("settings/reminders/letter/", letters.one, name="letters.one"),
    path("settings/reminders/rest/", rests.rest, name="rest"),
    path("settings/reminders/silence/", silences.silence, name="silence"),
    path("settings/reminders/history/", history.page, name="history"),
    path("settings/reminders/zone/notice/", zones.notice, name="zone.notice"),
    path("settings/reminders/offer/", offers.offer, name="offer"),
    path("settings/reminders/zone/", offers.zone, name="zone"),
    path("letters/sample/", letters.sample, name="letters.sample"),
    path("w/<str:token>/", answers.page, name="answer"),
    path("w/<str:token>/kept/", answers.thanks, name="answer.thanks"),
    path("u/<str:token>/", stops.page, name="stop"),
    path("healthz", health.page, name="health"),
    path("metrics", metrics.page, name="metrics"),
]
