"""Somebody in a browser before a real server, with tabs: forms are taken from its pages, and sent as they stand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from itertools import islice

from tests.faults.place import Place
from tests.walks.crawl import Field, Form, Page, text_of
from tests.walks.http import Answer, Visitor

EMAIL, SECRET = "ada@example.com", "a long enough secret"


class Person:
    def __init__(self, url: str) -> None:
        self.visitor = Visitor(url)

    def sign_in(self, email: str = EMAIL) -> "Person":
        form = self.form("/account/login/", lambda form: form.has("login"))
        answer = self.visitor.post(form.action, form.filled(as_it_stands) | {"login": email, "password": SECRET})
        assert answer.status_code == 302, answer.status_code
        return self

    def again(self) -> "Person":
        """The same one, over connections of its own."""
        other = Person(self.visitor.url)
        for cookie in self.visitor.cookies:
            other.visitor.cookies.set_cookie(cookie)
        return other

    def forms(self, address: str) -> list[Form]:
        return forms_of(address, self.visitor.get(address))

    def form(self, address: str, wanted: Callable[[Form], bool]) -> Form:
        return next(form for form in self.forms(address) if wanted(form))

    def send(self, form: Form, **words: str) -> Answer:
        """Its first button pressed, with these words in it."""
        [(address, data)] = islice(form.posts(as_it_stands), 1)
        return self.visitor.post(address, data | words)


def as_it_stands(form: Form, field: Field) -> str:
    """A browser leaves out the first line break of a box."""
    return field.value.removeprefix("\n")


def forms_of(address: str, answer: Answer) -> list[Form]:
    return [form for form in Page(address, text_of(answer)).forms if form.method == "post"]


def shows(answer: Answer, text: str) -> bool:
    return text in unescape(text_of(answer))


@contextmanager
def serving(place: Place) -> Iterator[str]:
    """Where the pages are, as they are served; the limits are the product's, and too wide to be reached."""
    with place.web(DJANGO_SETTINGS_MODULE="bench.settings") as port:
        yield f"http://127.0.0.1:{port}"
