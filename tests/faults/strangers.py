"""Nobody dies here: everybody who is not ada, at every address; each change that another site’s page sends; each sealed
text in every place but its own. What was seen, taken or opened stands as missing.
"""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from tests.faults.figures import Figures
from tests.faults.place import Place

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
CANARY = "heliotrope-canary"
HERE = {"HTTP_HOST": "127.0.0.1"}


def rows(place: Place) -> Figures:
    return figures(place, "strangers at every address", *place.inside("walked_by_strangers"))


def swaps(place: Place) -> Figures:
    return figures(place, "sealed texts elsewhere", *place.inside("swapped"))


def changes(place: Place) -> Figures:
    return figures(place, "changes from elsewhere", *place.inside("sent_from_elsewhere"))


def figures(place: Place, name: str, tried: int, wrong: int) -> Figures:
    return Figures(name, place.engine, tried, 0, 0, 0, 0, 0, 0, 0, wrong)


# Inside


def walked_by_strangers() -> tuple[int, int]:
    from tests.house.test_access import CLOSED, OF_NOBODY, PUBLIC, leads_to_the_door, words_of

    kept, clients = cast()
    tried = wrong = 0
    for name, path, owned in places(kept):
        for who, ask in clients.items():
            for method in METHODS:
                answer = ask(method, path)
                seen = CANARY in words_of(answer)
                free = name in PUBLIC or (who.startswith("bea") and (not owned or name in OF_NOBODY))
                shut = answer.status_code in CLOSED or leads_to_the_door(answer)
                tried, wrong = tried + 1, wrong + (seen or answer.status_code >= 500 or not (free or shut))
    return tried, wrong


def swapped() -> tuple[int, int]:
    from accounts.models import User
    from tests.walks import swaps

    cast(both=True)
    every = swaps.texts()
    every += swaps.unwritten(User.objects.get(email="ada@example.com").pk, every)
    _, tried, opened = swaps.tried(every)
    moved, read = swaps.moved()
    return tried + moved, opened + read


def sent_from_elsewhere() -> tuple[int, int]:
    """Without a token, from another site’s page, by an address that changes when it is only read; led away."""
    from django.test import Client

    from accounts.models import User
    from tests.accounts.test_redirects import stays
    from tests.house.test_changes import FROM_ELSEWHERE, WITHOUT_TOKEN
    from tests.walks.redirects import two_hundred

    kept, _ = cast()
    strict, lax = Client(enforce_csrf_checks=True, **HERE), Client(**HERE)
    for client in (strict, lax):
        client.force_login(User.objects.get(email="ada@example.com"))
    tried = wrong = 0
    for name, path, _ in places(kept):
        refused = [name in WITHOUT_TOKEN or strict.post(path, {"kind": "win"}).status_code in (403, 404, 405)]
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(lax, method)(path, headers={"Sec-Fetch-Site": "cross-site"})
            refused.append(name in FROM_ELSEWHERE or answer.status_code == 403)
        tried, wrong = tried + len(refused), wrong + refused.count(False)
    for target in two_hundred():
        for door in ("/account/login/", "/account/signup/"):
            answer = lax.get(f"{door}?next={quote(target, safe='')}")
            tried, wrong = tried + 1, wrong + (not stays(answer.headers.get("Location", "//"), "127.0.0.1"))
    return tried, wrong


def cast(both: bool = False) -> tuple[dict[str, str], dict[str, Callable[[str, str], Any]]]:
    """Ada with a row of each noun, and everybody who is not her; alone in the place."""
    from django.core.management import call_command
    from django.test import Client

    from accounts.models import User
    from tests import make

    call_command("collectstatic", "--noinput", "-v0", stdout=sys.stderr)
    User.objects.all().delete()
    ada = make.ada()
    bea, gone = (User.objects.create_user(f"{name}@example.com", "another long secret") for name in ("bea", "gone"))
    kept = make.one_of_each(ada, CANARY)
    if both:
        make.one_of_each(bea, CANARY)
    nobody, other, left = (Client(**HERE) for _ in range(3))
    other.force_login(bea)
    left.force_login(gone)
    gone.delete()
    clients: dict[str, Callable[[str, str], Any]] = {
        "anonymous": lambda method, path: getattr(nobody, method)(path),
        "bea": lambda method, path: getattr(other, method)(path),
        "bea by htmx": lambda method, path: getattr(other, method)(path, headers={"HX-Request": "true"}),
        "a deleted person": lambda method, path: getattr(left, method)(path),
    }
    return kept, clients


def places(kept: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Each address by its name, with ada’s rows in it, and whether there is a row of hers in it."""
    from tests.house.test_access import ALL

    def row(match: "re.Match[str]") -> str:
        return kept.get(match.string[: match.start()].rstrip("/").rsplit("/", 1)[-1], "x")

    for name, route, converters in ALL:
        yield name, "/" + re.sub(r"<[^>]+>", row, route), bool(converters)


INSIDE: dict[str, Callable[..., Any]] = {
    "walked_by_strangers": walked_by_strangers,
    "swapped": swapped,
    "sent_from_elsewhere": sent_from_elsewhere,
}
