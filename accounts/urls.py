from django.urls import path

from accounts.views import help as help_page
from accounts.views import look, name, privacy, words

app_name = "accounts"
urlpatterns = [
    path("words/", words.page, name="words"),
    path("help/", help_page.page, name="help"),
    path("settings/privacy/", privacy.page, name="privacy"),
    path("settings/look/", look.page, name="look"),
    path("settings/name/", name.page, name="name"),
]
