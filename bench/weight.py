"""W12: what a page weighs on the wire, first visit and later ones; bench/lighthouse.py asks Lighthouse."""

import re
from contextlib import ExitStack

from bench.client import Client
from bench.places import PASSWORD, Place
from bench.rounds import tell

LEAST = {"html": 9, "css": 18, "js": 17, "art": 12, "fonts": 46}  # kilobytes: what PERFORMANCE allows


def pages(place: Place) -> None:
    with ExitStack() as stack:
        port = stack.enter_context(place.server())
        ours = Client(port)
        ours.sign_in(place.person(10_000), PASSWORD)
        whole = weigh(ours, "/entries/")
        for kind, allowed in LEAST.items():
            tell(f"W12-journal-{kind}-{place.engine}", whole[kind] / 1024, "KB", allowed, {})
        for name, path in (("landing", "/"), ("sign-in", "/account/login/")):
            parts = weigh(Client(port), path)
            total = sum(size for kind, size in parts.items() if kind != "fonts") / 1024
            detail = {kind: round(size / 1024, 1) for kind, size in parts.items()}
            tell(f"W12-{name}-before-fonts-{place.engine}", total, "KB", None, detail)


def weigh(client: Client, path: str) -> dict[str, int]:
    """Bytes on the wire by kind, of the page and of every file it names."""
    page = client.get(path)
    found = dict.fromkeys(LEAST, 0) | {"html": client.wire}
    for address in sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))):
        kind = "css" if ".css" in address else "js" if ".js" in address else "fonts" if "woff2" in address else "art"
        status, _ = client.ask("GET", address, **{"Accept-Encoding": "br" if kind != "fonts" else "identity"})
        found[kind] += client.wire
        if status != 200:
            raise RuntimeError(f"{address} answered {status}.")
    return found
