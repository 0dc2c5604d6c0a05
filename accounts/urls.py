from django.urls import path

from accounts.views import devices, hidden, leaving, lock, look, name, place, privacy, ways_in, words
from accounts.views import help as help_page

app_name = "accounts"
urlpatterns = [
    path("words/", words.page, name="words"),
    path("place/", place.page, name="place"),
    path("notice/", place.notice, name="notice"),
    path("hidden/", hidden.page, name="hidden"),
    path("help/", help_page.page, name="help"),
    path("settings/privacy/", privacy.page, name="privacy"),
    path("settings/devices/", devices.page, name="devices"),
    path("settings/devices/lock/", lock.choose, name="lock"),
    path("settings/devices/lock/now/", lock.now, name="lock.now"),
    path("settings/sign-in/", ways_in.page, name="ways_in"),
    path("settings/sign-in/passkeys/", ways_in.passkeys, name="ways_in.passkeys"),
    path("settings/sign-in/passkeys/<int:id>/deletion/", ways_in.passkey_deletion, name="ways_in.passkeys.deletion"),
    path("settings/sign-in/app/", ways_in.app, name="ways_in.app"),
    path("settings/sign-in/app/deletion/", ways_in.app_deletion, name="ways_in.app.deletion"),
    path("settings/sign-in/codes/", ways_in.codes, name="ways_in.codes"),
    path("settings/sign-in/codes/file/", ways_in.codes_file, name="ways_in.codes.file"),
    path("settings/leaving/", leaving.page, name="leaving"),
    path("settings/leaving/return/", leaving.come_back, name="return"),
    path("left/", leaving.left, name="left"),
    path("settings/look/", look.page, name="look"),
    path("settings/name/", name.page, name="name"),
]
