"""The request of somebody who is signed in: what views behind the door are given."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PersonRequest(HttpRequest):
    """LoginRequiredMiddleware has seen to it that there is a person."""

    user: User
    htmx: HtmxDetails
