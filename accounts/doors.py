"""Doors of ours that stand before allauth's, or in the place of one, under the names that allauth knows."""

from allauth.mfa.base import views as second_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import path

from accounts.views import devices, doors, invited, proofs, signup

urlpatterns = [
    path("invited/<str:token>/", invited.page, name="account_invited"),
    path("signup/", signup.page, name="account_signup"),
    path("signup/passkey/", signup.by_passkey, name="account_signup_by_passkey"),
    path("signup/passkey/making/", passkey_views.signup_webauthn, name="mfa_signup_webauthn"),
    path("login/passkey/", doors.passkey, name="mfa_login_webauthn"),
    path("login/second/", second_views.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", proofs.password, name="account_reauthenticate"),
    path("reauthenticate/code/", proofs.code, name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", proofs.passkey, name="mfa_reauthenticate_webauthn"),
    path("logout/everywhere/", devices.everywhere, name="account_logout_everywhere"),
]
