"""W7: what the Journal, its last page and a capture cost with 100,000 entries, beside what they cost with 100."""

from contextlib import ExitStack

from bench.client import Client
from bench.pages import end_of_journal, keep
from bench.places import PASSWORD, Place
from bench.rounds import Case, interleaved, tell_figure

FEW, MANY = 100, 100_000


def growth(place: Place) -> None:
    """One server, two people; the floor is the one with few entries."""
    for entries in (FEW, MANY):
        place.person(entries)  # takes longer than a connection may stand idle
    with ExitStack() as stack:
        port = stack.enter_context(place.server())
        few, many = (cases(place, Client(port), entries) for entries in (FEW, MANY))
        for name in few:
            found = interleaved({"few": few[name], "many": many[name]})
            tell_figure(f"W7-{name}-{place.engine}", found["many"], found["few"])


def cases(place: Place, ours: Client, entries: int) -> dict[str, Case]:
    email = place.person(entries)
    token = ours.sign_in(email, PASSWORD)
    last = end_of_journal(place, email)
    return {
        "journal": lambda: ours.get("/entries/", 'class="entry'),
        "last-page": lambda: ours.get(last, 'class="entry'),
        "capture": keep(ours, token),
    }
