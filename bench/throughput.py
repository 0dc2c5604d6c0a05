"""W8: how many pages a second two processes answer to four open connections."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from threading import Thread

from bench.client import Client
from bench.pages import ENTRIES, PLAIN_ROWS
from bench.places import PASSWORD, Place
from bench.rounds import in_turn, tell_figure

CONNECTIONS, SECONDS, ROUNDS = 4, 2.0, 7
PAGES = {"home": "/today/", "journal": "/entries/"}


def home(place: Place) -> None:
    """Today, which is what opens after signing in, and the Journal; the floor is F3."""
    email = place.person(ENTRIES)
    place.python(PLAIN_ROWS, email)
    with ExitStack() as stack:
        port = stack.enter_context(place.server())
        first = Client(port)
        first.sign_in(email, PASSWORD)
        bare = stack.enter_context(place.server("bench.floor.settings"))
        cases = {name: crowd(first, port, path) for name, path in PAGES.items()}
        found = in_turn(cases | {"F3": crowd(first, bare, "/looped/")}, ROUNDS)
        for name in PAGES:
            tell_figure(f"W8-{name}-{ENTRIES}-{place.engine}", found[name], found["F3"], unit="1/s")


def crowd(first: Client, port: int, path: str) -> Callable[[], float]:
    """Answers a second, to so many connections of the person who signed in first."""

    def rate() -> float:
        clients = [Client(port) for _ in range(CONNECTIONS)]
        done = [0] * CONNECTIONS
        until = time.perf_counter() + SECONDS

        def ask(number: int) -> None:
            clients[number].cookies = first.cookies
            while time.perf_counter() < until:
                clients[number].get(path, 'class="entry')
                done[number] += 1

        threads = [Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(done) / SECONDS

    return rate
