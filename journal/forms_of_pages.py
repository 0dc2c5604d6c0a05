"""The forms of a finished page in which somebody writes: found, marked, and filled with what was written before.

The page is our own and whole: what people wrote stands in it escaped, attributes have double quotes, and a form never
stands in another one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urlsplit
from uuid import uuid4

from django.urls import Resolver404, resolve

from journal.models.draft import Fields, Mark, is_page

FORM = re.compile(r"(<form\b[^>]*>)(.*?)</form>", re.S)
CONTROL = re.compile(r"(<textarea\b[^>]*>)(.*?)</textarea>|(<select\b[^>]*>)(.*?)</select>|(<input\b[^>]*>)", re.S)
OPTION = re.compile(r"<option\b[^>]*>")
ATTRIBUTE = re.compile(r'\s([a-z-]+)(?:="([^"]*)")?')
DETAILS = re.compile(r"<details\b[^>]*>|</details>")
# What is asked there is not written, or is asked for once and never shown again.
PASSED_OVER = {"journal:export", "journal:imports", "journal:entries.search", "journal:landing"}
NEVER = {"password", "file", "email"}
TICKED = {"checkbox", "radio"}
LINES = {"text", ""}


@dataclass(frozen=True)
class Inside:
    """What is put into a form, and after it; and the fields that it shows."""

    head: str
    tail: str = ""
    fields: Fields = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """A form in which somebody writes, where it stands in the page."""

    name: str
    action: str
    begins: int
    tag: str
    inner: str

    def fresh(self, place: str) -> Mark:
        """The mark of a form that has no draft yet."""
        return Mark(uuid4(), 0, self.name, self.action, place)

    def put_into(self, html: str, inside: Inside) -> str:
        """The page with it. What is folded around a field that was filled stands open."""
        ends = self.begins + len(self.tag) + len(self.inner) + len("</form>")
        body = filled(self.inner, inside.fields) if inside.fields else self.inner
        form = f"{self.tag}{inside.head}{body}</form>{inside.tail}"
        before = _unfolded(html[: self.begins]) if inside.fields else html[: self.begins]
        return before + form + html[ends:]


def written(html: str) -> list[Written]:
    found = (_written(match) for match in FORM.finditer(html))
    return [form for form in found if form]


def _written(match: "re.Match[str]") -> Written | None:
    given, body = attributes(match[1]), match[2]
    if given.get("method") != "post" or given.get("role") == "search" or 'name="draft"' in body:
        return None
    action = urlsplit(given.get("action", "")).path
    tags = [attributes(tag) | {"": tag[1:6]} for tag in re.findall(r"<(?:textarea|input)\b[^>]*>", body)]
    lines = [one["name"] for one in tags if one.get("name") and _is_line(one)]
    if not lines or any(one.get("type") in NEVER for one in tags) or not _takes_words(action):
        return None
    name = given.get("id") or given.get("class", "").split(" ")[0] or "form"
    return Written(f"{name}.{lines[0]}", action, match.start(), match[1], body)


def _is_line(tag: dict[str, str]) -> bool:
    return tag[""] == "texta" or tag.get("type", "") in LINES


@lru_cache(maxsize=1000)
def _takes_words(action: str) -> bool:
    """Of an address of our own, which always says the same; to find out takes two walks through all routes."""
    try:
        return is_page(action) and resolve(action).view_name not in PASSED_OVER
    except Resolver404:
        return False


def attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}


# Filling


def filled(body: str, fields: Fields) -> str:
    """Every control shows what `fields` have under its name; one that they do not name stays as it is."""
    values = dict[str, list[str]]()
    for name, value in fields:
        values.setdefault(name, []).append(value)
    turns = {name: list(given) for name, given in values.items()}

    def control(match: "re.Match[str]") -> str:
        tag, given = _control(match)
        name, kind = given.get("name", ""), given.get("type", "")
        if match[5] and kind in TICKED:
            return _ticked(tag, given.get("value", "on") in values.get(name, []))
        if name not in values:
            return match[0]
        if match[3]:
            return tag + OPTION.sub(lambda one: _chosen(one[0], values[name]), match[4]) + "</select>"
        text = turns[name].pop(0) if turns[name] else ""
        return f"{tag}\n{escape(text)}</textarea>" if match[1] else _said(tag, text)

    return CONTROL.sub(control, _unfolded_around(body, values))


def _control(match: "re.Match[str]") -> tuple[str, dict[str, str]]:
    tag = match[1] or match[3] or match[5]
    return tag, attributes(tag)


def _said(tag: str, text: str) -> str:
    without = re.sub(r'\svalue="[^"]*"', "", tag)
    return f'{without.rstrip(">")} value="{escape(text)}">'


def _ticked(tag: str, ticked: bool) -> str:
    without = re.sub(r'\schecked(="[^"]*")?(?=[\s>])', "", tag)
    return f"{without[:-1]} checked>" if ticked else without


def _chosen(tag: str, values: Sequence[str]) -> str:
    without = re.sub(r'\sselected(="[^"]*")?(?=[\s>])', "", tag)
    return f"{without[:-1]} selected>" if attributes(tag).get("value", "") in values else without


# Folded parts


def _unfolded(before: str) -> str:
    """The page up to here, with each part open that is not over yet."""
    folded = list["re.Match[str]"]()
    for match in DETAILS.finditer(before):
        folded = folded[:-1] if match[0].startswith("</") else [*folded, match]
    for match in reversed(folded):
        before = before[: match.start()] + _open(match[0]) + before[match.end() :]
    return before


def _unfolded_around(body: str, values: dict[str, list[str]]) -> str:
    """The form with each part open in which somebody wrote."""
    grown = 0
    for match in CONTROL.finditer(body):
        _tag, given = _control(match)
        words = (
            not match[3] and (match[1] or given.get("type", "") in LINES) and any(values.get(given.get("name", ""), []))
        )
        if words:
            before = body[: match.start() + grown]
            unfolded = _unfolded(before)
            body = unfolded + body[len(before) :]
            grown += len(unfolded) - len(before)
    return body


def _open(tag: str) -> str:
    return tag if tag.startswith("</") or " open" in tag else f"{tag[:-1]} open>"
