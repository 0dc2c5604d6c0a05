"""The bench measures our pages beside floors: what a change of ours does to those is seen before it is measured."""

from contextlib import closing

import pytest

from bench.client import Client
from bench.pages import PLAIN_ROWS
from bench.places import PASSWORD, place

pytestmark = pytest.mark.services


def test_the_floors_answer_whoever_is_signed_in() -> None:
    with place("sqlite") as made, made.server() as port, made.server("bench.floor.settings") as floor_port:
        email = made.person(1)
        made.python(PLAIN_ROWS, email)
        ours, floor = Client(port), Client(floor_port)
        with closing(ours.connection), closing(floor.connection):
            ours.sign_in(email, PASSWORD)
            floor.cookies = ours.cookies
            assert floor.get("/looped/").count('class="entry"') == 30
            assert floor.get("/joined/").count("<article>") == 30


def test_the_floors_ask_for_a_visit_and_a_person_as_django_does() -> None:
    asked = "from accounts.models import User; from django.conf import settings"
    asked += "; print(User.objects.get.__qualname__, settings.SESSION_ENGINE)"
    with place("sqlite") as made:
        settings = ("bench.floor.settings", "bench.settings")
        told = [made.manage("shell", "-v0", "-c", asked, settings=name) for name in settings]
    assert [one.split() for one in told] == [
        ["QuerySet.get", "django.contrib.sessions.backends.db"],
        ["UserManager.get", "accounts.sessions"],
    ]
