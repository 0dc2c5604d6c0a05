from django.urls import path

from reminders.views import health, letters

app_name = "reminders"
urlpatterns = [
    path("settings/reminders/", letters.page, name="letters"),
    path("healthz", health.page, name="health"),
]
