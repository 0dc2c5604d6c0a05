from django.apps import AppConfig


class Reminders(AppConfig):
    name = "reminders"
