from django.conf import settings
from django.urls import include, path

from config import errors, overview, reports, well_known
from config.headers import REPORTS

urlpatterns = [
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/", include("accounts.doors")),
    path("account/", include("allauth.account.urls")),
    path("", include("accounts.urls")),
    path("", include("journal.urls")),
    path("", include("reminders.urls")),
    path("operator/", overview.page, name="operator"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path(REPORTS.lstrip("/"), reports.page, name="policy_reports"),
]
if settings.INBOUND_SECRET and settings.INBOUND_DOMAIN:
    urlpatterns.append(path("anymail/", include("reminders.doors")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
handler429 = errors.too_many  # asked for by allauth
