"""A sentence of its own for each field of each form, and what it looks like wherever it may have got to."""

import base64
import json
import quopri
from urllib.parse import quote, quote_plus

from tests.walks.crawl import Field, Form, shape

# With letters that every coding writes in its own way, and a word that stands alone where words are taken apart.
BEGINS, WORD = "heliotrope tamarisk7f3a91", "blütenweiß"


class Canaries:
    """`Words` of tests.walks.crawl; `places` says which sentence was written where."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def __call__(self, form: Form, field: Field) -> str:
        return self.of(f"{shape(form.action)} {field.name}")

    def of(self, place: str) -> str:
        return f"{BEGINS} {WORD} no{self.places.setdefault(place, len(self.places))}"


def looks_of(text: str) -> set[bytes]:
    """Raw, in hex, in base64 at each offset, as an address, as JSON, as a mail and in UTF-16 and UTF-32 have it."""
    raw = text.encode()
    padded = [base64.b64encode(b"\0" * skip + raw + b"\0" * 3)[4 if skip else 0 : -8] for skip in range(3)]
    plain = {raw, raw.hex().encode(), raw.hex().upper().encode(), *padded}
    plain |= {one.replace(b"+", b"-").replace(b"/", b"_") for one in padded}
    plain |= {quote(text).encode(), quote_plus(text).encode(), json.dumps(text)[1:-1].encode()}
    plain |= {quopri.encodestring(raw), quopri.encodestring(raw, header=True)}
    return plain | {text.encode(f"utf-{size}-{end}") for size in (16, 32) for end in ("le", "be")}


LOOKS = sorted(looks_of(BEGINS) | looks_of("tamarisk7f3a91") | looks_of(WORD))


def is_in(data: bytes | str) -> bool:
    data = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    return any(look in data for look in LOOKS)


class Look:
    """How many places were looked at, and where the words were."""

    def __init__(self) -> None:
        self.places = 0
        self.hits: list[str] = []

    def at(self, place: str, data: bytes | str) -> None:
        self.places += 1
        if is_in(data):
            self.hits.append(place)
