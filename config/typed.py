"""What somebody typed into a form that could not be taken yet, so that a page can show it and send it again."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

# A page never shows these again, whatever was in them.
SECRET = re.compile(r"pass|token|code|secret", re.I)
# Fields that a hand does not write, and values that none would.
MACHINE = {
    "kind",
    "deed",
    "milestone",
    "outcome",
    "accepted",
    "next",
    "time_zone",
    "email",
    "login",
    "format",
    "source",
    "draft",
}
LARGEST_SHOWN = 32 * 1024 * 1024
MADE = re.compile(r"|[0-9a-f]{8}-[0-9a-f-]{27}|\d{1,10}|\d{4}-(W?\d\d)(-\d\d)?|\d\d:\d\d|on")


@dataclass(frozen=True)
class Typed:
    """Name and value of every field, in order: `words` to be seen, `rest` to be sent along."""

    words: list[tuple[str, str]]
    rest: list[tuple[str, str]]


def typed(post: QueryDict, prefix: str = "") -> Typed:
    """Of the fields whose names begin with `prefix`, which is taken off."""
    return parted(fields_of(post, prefix))


def parted(fields: list[tuple[str, str]]) -> Typed:
    seen = [not (name in MACHINE or MADE.fullmatch(value)) for name, value in fields]
    words = [field for field, see in zip(fields, seen, strict=True) if see]
    return Typed(words, [field for field, see in zip(fields, seen, strict=True) if not see])


def says_something(fields: list[tuple[str, str]]) -> bool:
    """There is a word among them."""
    return any(text.strip() for _name, text in parted(fields).words)


def fields_of(post: QueryDict, prefix: str = "") -> list[tuple[str, str]]:
    """All but what a page never shows again."""
    mine = [(name, values) for name, values in post.lists() if name.startswith(prefix) and not SECRET.search(name)]
    return [(name.removeprefix(prefix), str(value)) for name, values in mine for value in values]


def once_more(request: HttpRequest) -> dict[str, Any]:
    """What was typed, for a page that says why it was not kept. Nothing where it came from another site.

    Its token may not have been looked at yet: what broke may have broken before.
    """
    ours = request.headers.get("Origin") in (None, f"{request.scheme}://{request.get_host()}")
    if request.method != "POST" or not ours:
        return {}
    return {"typed": typed(request.POST), "again": local_path(request.get_full_path())}


def too_large(request: HttpRequest) -> dict[str, Any]:
    """Of a form that was refused for its size and not read: what was typed, up to so many bytes, for whoever is signed
    in. There it can be kept in parts.
    """
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    known = request.user.is_authenticated and request.content_type == "application/x-www-form-urlencoded"
    if not known or length > LARGEST_SHOWN:
        return {}
    post = QueryDict(request.read(length), encoding="utf-8")
    return {"typed": typed(post), "again": local_path(request.get_full_path())}


def local_path(path: str) -> str:
    """An address of ours for words to be sent to; anything else becomes the first page."""
    path = escape_leading_slashes(path)
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"
