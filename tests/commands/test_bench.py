"""The bench measures our pages beside floors: what a change of ours does to those is seen before it is measured."""

from contextlib import closing

from bench.client import Client
from bench.pages import PLAIN_ROWS
from bench.places import PASSWORD, place


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
