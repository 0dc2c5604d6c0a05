"""W4 search, W5 export: everything a person wrote, opened in one answer."""

import re
import secrets
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.client import Client, token_in
from bench.held import held_by
from bench.places import PASSWORD, Place
from bench.rounds import Case, Figure, interleaved, tell, tell_figure, timed

TEXT = "Talked it over by the harbour, asked for a hand, and stopped when it was good enough. " * 7


def search(place: Place) -> None:
    """Rare and common words at 2,000 and 10,000 entries; the floor opens and scans as many texts in memory."""
    rare, common = words_of(place)
    for entries in (2_000, 10_000):
        with ExitStack() as stack:
            ours = Client(stack.enter_context(place.server()))
            token = ours.sign_in(place.person(entries), PASSWORD)

            def find(word: str, ours: Client = ours, token: str = token) -> None:
                ours.post(
                    "/entries/search/", {"q": word, "csrfmiddlewaretoken": token}, "<mark>", **{"HX-Request": "true"}
                )

            cases = {
                "rare": lambda f=find: f(rare),
                "common": lambda f=find: f(common),
                "floor": opened_and_scanned(entries),
            }
            found = interleaved(cases)
            for name in ("rare", "common"):
                tell_figure(f"W4-{name}-{entries}-{place.engine}", found[name], found["floor"])


def words_of(place: Place) -> tuple[str, str]:
    """A word in exactly seven entries, and one in about three of ten."""
    source = "from journal.demo import corpus; print(corpus.RARE); print(corpus.COMMON)"
    rare, common = place.python(source).split()
    return rare, common


def opened_and_scanned(entries: int) -> Case:
    key, nonce = AESGCM(AESGCM.generate_key(256)), secrets.token_bytes(12)
    sealed = [key.encrypt(nonce, TEXT.encode(), None) for _ in range(entries)]
    pattern = re.compile("lighthouse")

    def scan() -> int:
        return sum(bool(pattern.search(key.decrypt(nonce, text, None).decode())) for text in sealed)

    return scan


EXPORTS = (("json", 10_000), ("markdown", 10_000), ("pdf", 500))


def export(place: Place) -> None:
    """JSON and the Markdown ZIP of 10,000 entries, and the PDF book of 500, which is whole before its first byte; the
    floor opens 10,000 texts and writes as many rows as JSON lines to a file.
    """
    for format, entries in EXPORTS:
        email = place.person(entries)
        with ExitStack() as stack:
            ours = Client(stack.enter_context(place.server()))
            ours.sign_in(email, PASSWORD)
            token = token_in(ours.get("/export/"))
            before = held_by(place.home)
            wholes, firsts, sizes = zip(*(_download(ours, format, token) for _ in range(7)), strict=True)
            floor = [timed(opened_to_a_file(place.home / "floor.json")) for _ in range(7)]
            figure = Figure(median(wholes), min(wholes), max(wholes))
            detail = {"min": round(figure.least), "max": round(figure.most), "first_byte_ms": round(median(firsts), 1)}
            detail |= {"bytes": sizes[-1], "grown_mb": round(held_by(place.home) - before, 1)}
            tell(f"W5-{format}-{entries}-{place.engine}", figure.middle, "ms", median(floor), detail)


def _download(ours: Client, format: str, token: str) -> tuple[float, float, int]:
    """Milliseconds to the last byte and to the first one, and how many there were."""
    begun = time.perf_counter()
    body = f"format={format}&csrfmiddlewaretoken={token}"
    cookie = "; ".join(f"{name}={value}" for name, value in ours.cookies.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    ours.connection.request("POST", "/export/", body, headers)
    answer = ours.connection.getresponse()
    size = len(answer.read(1))
    first = (time.perf_counter() - begun) * 1000
    while chunk := answer.read(65536):
        size += len(chunk)
    if answer.status != 200 or size < 1_000_000:
        raise RuntimeError(f"The export answered {answer.status} with {size} bytes.")
    return (time.perf_counter() - begun) * 1000, first, size


def opened_to_a_file(path: Path) -> Case:
    key, nonce = AESGCM(AESGCM.generate_key(256)), secrets.token_bytes(12)
    sealed = [(number, key.encrypt(nonce, TEXT.encode(), None)) for number in range(10_000)]

    def write() -> None:
        with open(path, "wb") as file:
            for number, text in sealed:
                body = key.decrypt(nonce, text, None).decode()
                file.write(orjson.dumps({"id": number, "local_date": "2026-11-20", "body": body}) + b"\n")

    return write
