"""Walks the product as a browser without scripts would: every link, every form, with words of our choosing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit
from uuid import UUID

WORDS = {"text", "textarea", "search"}


class Visitor(Protocol):
    """A Django test client, or tests.walks.http.Visitor over a real socket."""

    def get(self, path: str) -> Any: ...
    def post(self, path: str, data: Any) -> Any: ...


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    checked: bool = False


@dataclass
class Form:
    method: str
    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)

    def filled(self, words: "Words") -> dict[str, str]:
        """What a person would send who writes `words` into every line and leaves the rest as it stands."""
        data: dict[str, str] = {}
        for one in self.fields:
            if one.kind in WORDS:
                data[one.name] = words if isinstance(words, str) else words(self, one)
            elif one.kind in ("radio", "checkbox"):
                if one.checked or (one.kind == "radio" and one.name not in data):
                    data[one.name] = one.value
            else:
                data[one.name] = one.value
        return data

    def posts(self, words: "Words") -> Iterator[tuple[str, dict[str, str]]]:
        """(address, data) for each of its buttons."""
        for button in self.buttons or [{}]:
            pressed = {button["name"]: button.get("value", "")} if button.get("name") else {}
            yield button.get("formaction") or self.action, self.filled(words) | pressed

    def has(self, name: str) -> bool:
        return any(one.name == name for one in self.fields)

    @property
    def has_words(self) -> bool:
        return any(one.kind in WORDS for one in self.fields)


# The same in every line, or of each line its own.
Words = str | Callable[[Form, Field], str]


class Page(HTMLParser):
    """The links and forms of one page; fields outside of their form (form="id") are found too."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._named: dict[str, Form] = {}
        self._at: Form | None = None
        self._select: Field | None = None
        self._text: Field | None = None
        self._late: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        for owner, button in self._late:
            self._named[owner].buttons.append(button)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(self._inside(given["href"]))
        elif tag == "form" and given.get("method") != "dialog":  # which sends nothing
            self._at = Form(given.get("method", "get"), self._inside(given.get("action", "")))
            self.forms.append(self._at)
            self._named[given.get("id", "")] = self._at
        elif tag in ("input", "textarea", "select", "button"):
            self._control(tag, given)
        elif tag == "option" and self._select and (not self._select.value or "selected" in given):
            self._select.value = given.get("value", "")

    def _control(self, tag: str, given: dict[str, str]) -> None:
        if tag == "button" or given.get("type") == "submit":
            if given.get("formaction"):
                given["formaction"] = self._inside(given["formaction"])
            if given.get("form"):
                self._late.append((given["form"], given))
            elif self._at and given.get("type", "submit") == "submit":
                self._at.buttons.append(given)
        elif self._at and given.get("name"):
            kind = given.get("type", "text") if tag == "input" else tag
            standard = "on" if kind == "checkbox" else ""
            one = Field(given["name"], kind, given.get("value", standard), "checked" in given)
            self._at.fields.append(one)
            self._select = one if tag == "select" else self._select
            self._text = one if tag == "textarea" else None

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._at = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None

    def _inside(self, href: str) -> str:
        return urljoin(self.address, href).split("#")[0]


def shape(address: str) -> str:
    """The address with its ids taken out: one page of each shape is enough. Steps of an exercise are pages apart."""
    parts = urlsplit(address)
    named = ["*" if _is_id(part) or re.fullmatch(r"\d{4}(-W?\d\d)?", part) else part for part in parts.path.split("/")]
    return "/".join(named) + (parts.query if parts.query.startswith("step=") else "")


def _is_id(part: str) -> bool:
    try:
        return bool(UUID(part))
    except ValueError:
        return False


def text_of(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
    return str(body.decode(errors="replace"))


def walk(
    visitor: Visitor, start: list[str], leave_out: Callable[[str], bool], a_shape: int = 2
) -> Iterator[tuple[str, Any, Page]]:
    """(address, answer, page) of every page that links lead to, a few of each shape."""
    waiting, seen, counted = list(start), set(start), dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        if counted.get(shape(address), 0) >= a_shape:
            continue
        counted[shape(address)] = counted.get(shape(address), 0) + 1
        answer = visitor.get(address)
        if answer.headers.get("Location"):
            links, page = [urljoin(address, answer.headers["Location"])], Page(address, "")
        else:
            page = Page(address, text_of(answer) if "html" in answer.headers.get("Content-Type", "") else "")
            links = page.links
        yield address, answer, page
        for link in links:
            if link.startswith("/") and link not in seen and not leave_out(link):
                seen.add(link)
                waiting.append(link)
