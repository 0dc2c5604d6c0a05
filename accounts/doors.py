"""Doors of ours that stand before allauth's, under the names that allauth knows."""

from django.urls import path

from accounts.views import devices, invited, signup

urlpatterns = [
    path("invited/<str:token>/", invited.page, name="account_invited"),
    path("signup/", signup.page, name="account_signup"),
    path("logout/everywhere/", devices.everywhere, name="account_logout_everywhere"),
]
