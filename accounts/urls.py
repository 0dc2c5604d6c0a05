from django.urls import path

from accounts.views import devices, leaving, look, name, place, privacy, words
from accounts.views import help as help_page

app_name = "accounts"
urlpatterns = [
    path("words/", words.page, name="words"),
    path("place/", place.page, name="place"),
    path("notice/", place.notice, name="notice"),
    path("help/", help_page.page, name="help"),
    path("settings/privacy/", privacy.page, name="privacy"),
    path("settings/devices/", devices.page, name="devices"),
    path("settings/leaving/", leaving.page, name="leaving"),
    path("settings/leaving/return/", leaving.come_back, name="return"),
    path("left/", leaving.left, name="left"),
    path("settings/look/", look.page, name="look"),
    path("settings/name/", name.page, name="name"),
]
