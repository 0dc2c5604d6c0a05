"""What is not a person's words: hidden fields, choices, days, numbers, ids, addresses, headers, bodies. Nothing that is
sent there breaks anything."""

from copy import deepcopy
from typing import Any
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from tests.house.test_access import addresses
from tests.walks.crawl import WORDS, Form, shape, walk
from tests.walks.hostile import Prober, Undone
from tests.walks.odd_values import BAD, BODIES, FORM, HEADERS, NAMES, ODD
from tests.walks.test_noscript import START, leave_out


def without_words(form: Form) -> list[str]:
    named = [one.name for one in form.fields if one.kind not in WORDS and one.name != "csrfmiddlewaretoken"]
    return list(dict.fromkeys([*named, *(button["name"] for button in form.buttons if button.get("name"))]))


class OtherKinds:
    """`broken`: what was answered by 500 or an exception; `tried` counts questions."""

    def __init__(self, prober: Prober) -> None:
        self.client = prober.client
        # Some of what is asked signs out or in.
        self.cookies = deepcopy(prober.client.cookies)
        self.tried = 0
        self.broken: list[str] = []
        self.pages, self.forms = [], dict[tuple[str, str, str], Form]()
        for address, _, page in list(walk(self.client, START, leave_out)):
            self.pages.append((address, page))
            for form in page.forms:
                if not any(one.kind == "password" for one in form.fields) and "/logout/" not in form.action:
                    names = ",".join(one.name for one in form.fields)
                    self.forms.setdefault((form.method, shape(form.action), names), form)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = FORM, **headers: str) -> None:
        self.tried += 1
        self.client.cookies = deepcopy(self.cookies)
        with Undone():
            try:
                extra = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in headers.items()}
                extra |= {"CONTENT_TYPE": extra.pop("HTTP_CONTENT_TYPE")} if "HTTP_CONTENT_TYPE" in extra else {}
                answer: Any = self.client.generic(method, path, body, content_type=kind, **extra)
                answer.getvalue()
                if answer.status_code >= 500 or answer.headers.get("Location", "").startswith(("//", "javascript")):
                    self.broken.append(f"{method} {path[:80]} {body[:60]!r} {headers} {answer.status_code}"[:300])
            except Exception as error:
                self.broken.append(f"{method} {path[:80]} {body[:60]!r} {headers} {type(error).__name__}"[:300])

    def fields(self, each: int) -> None:
        """`each` odd values in each field and each button that has a value, all of a form at once; plain words in its
        lines.
        """
        for form in self.forms.values():
            names = without_words(form)
            for at in range(0, len(ODD), max(1, len(ODD) // each)):
                odd = {name: ODD[(at + shift) % len(ODD)] for shift, name in enumerate(names)}
                for path, data in form.posts("Quince"):
                    if form.method == "get":
                        self.ask("GET", f"{path}?{urlencode(data | odd)}")
                    else:
                        self.ask("POST", path, urlencode(data | odd).encode())
                    for name in names if each >= len(ODD) else ():
                        self.ask("POST", path, urlencode(data | {name: ODD[at]}).encode())

    def questions(self, each: int) -> None:
        """Odd values of the parameters that links carry and forms ask by, and of a few more."""
        shapes = {shape(urlsplit(address).path): urlsplit(address).path for address, _ in self.pages}
        for path in shapes.values():
            for at in range(0, len(ODD), max(1, len(ODD) // each)):
                asked = {name: ODD[(at + shift) % len(ODD)] for shift, name in enumerate(NAMES)}
                self.ask("GET", f"{path}?{urlencode(asked)}")
                for name in ("month", "after", "theme", "kind"):
                    self.ask("GET", f"{path}?{name}={quote_plus(ODD[at])}")
            for bad in BAD[:each]:
                self.ask("GET", f"{path}?{bad.decode('latin-1')}")

    def anything(self, each: int) -> None:
        """Every name that any form has, sent to every address by itself: not each form is on a page today. A NUL in
        any case: PostgreSQL takes none.
        """
        names = sorted({name for form in self.forms.values() for name in without_words(form)} | {*NAMES, "notice"})
        for path in ("/" + route.lstrip("^/").rstrip("$") for _, route, converters in addresses() if not converters):
            for value in {"a\0b", *ODD[:: max(1, len(ODD) // each)]}:
                self.ask("POST", path, urlencode(dict.fromkeys(names, value)).encode())

    def paths(self, each: int) -> None:
        """What stands in an address itself."""
        for _, route, converters in addresses():
            for value in ODD[:: max(1, len(ODD) // each)] if converters else ():
                path = "/" + route.lstrip("^/").rstrip("$")
                for name, one in converters.items():
                    path = path.replace(
                        f"<{type(one).__name__.removesuffix('Converter').lower()}:{name}>", quote(value, safe="")
                    )
                self.ask("GET", path)
                self.ask("POST", path, b"body=Quince")

    def headers(self) -> None:
        for path in ("/entries/", "/account/login/", "/nowhere/"):
            for name, values in HEADERS.items():
                for value in values:
                    self.ask("GET", path, **{name: value})
                    self.ask("POST", path, b"kind=win&body=Quince", **{name: value})

    def bodies(self) -> None:
        for path in (
            "/entries/",
            "/entries/search/",
            "/import/",
            "/export/",
            "/settings/reminders/",
            "/account/login/",
        ):
            for kind, body in BODIES:
                self.ask("POST", path, body, kind)
            self.ask("PUT", path, b"\xff")

    def every(self, each: int) -> "OtherKinds":
        self.fields(each)
        self.questions(each)
        self.anything(each)
        self.paths(each)
        self.headers()
        self.bodies()
        return self
