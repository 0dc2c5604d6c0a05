"""Doors of ours that stand before allauth's, under the names that allauth knows."""

from django.urls import path

from accounts.views import signup

urlpatterns = [path("signup/", signup.page, name="account_signup")]
