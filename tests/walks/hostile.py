"""Hostile texts into every line of every form that a walk finds: what is kept is what was sent, what is shown is what
is kept, and nothing breaks.
"""

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.db import transaction
from django.test import Client

from accounts.models import User
from accounts.scope import scope as one_scope
from journal.export.choice import Choice
from journal.export.everything import NOUNS, chunks
from tests import make
from tests.walks import odd
from tests.walks.crawl import WORDS as KINDS
from tests.walks.crawl import Form, shape, text_of, walk
from tests.walks.odd_values import FORM
from tests.walks.test_noscript import START, leave_out

NOW = datetime(2027, 1, 1, tzinfo=UTC)
HANDFUL = 100
DOES = ("do", "next", "find")


@dataclass
class Line:
    """One field: where its text is kept, and whether as one line."""

    name: str
    place: tuple[str, str] | None = None
    line: bool = False


@dataclass
class Target:
    address: str
    form: Form
    path: str
    pressed: dict[str, str]
    lines: list[Line] = field(default_factory=list)

    @property
    def called(self) -> str:
        """What is pressed has its value where it says what happens, not where it is one of many."""
        told = [f"{name}={value}" if name in DOES else name for name, value in self.pressed.items()]
        return f"{shape(self.path)} {' '.join(told)}".strip()


@dataclass
class Told:
    tried: int = 0
    lines: int = 0
    kept: int = 0
    wrong: list[str] = field(default_factory=list)


class Prober:
    def __init__(self, owner: User) -> None:
        self.owner = owner
        self.client = Client(raise_request_exception=False)
        self.client.force_login(owner)
        self.told = Told()
        self.targets = [target for target in self._found() if self._learned(target)]
        self.told.lines = sum(len(target.lines) for target in self.targets)
        self.told.kept = sum(line.place is not None for target in self.targets for line in target.lines)

    # What there is

    def _found(self) -> Iterator[Target]:
        seen = set()
        for address, _, page in list(walk(self.client, START, leave_out)):
            for form in page.forms:
                private = any(one.kind == "password" for one in form.fields) or "/account/" in form.action
                if form.method != "post" or private or not form.has_words:
                    continue
                for button in form.buttons or [{}]:
                    pressed = {button["name"]: button.get("value", "")} if button.get("name") else {}
                    target = Target(address, form, button.get("formaction") or form.action, pressed)
                    names = ",".join(one.name for one in form.fields)
                    if (target.called, names) not in seen:
                        seen.add((target.called, names))
                        yield target

    def _learned(self, target: Target) -> bool:
        """Sends plain words once, and looks for them in the copy that holds everything."""
        names = [one.name for one in target.form.fields if one.kind in KINDS]
        plain = {name: f"Quince {at}, medlar\nand a second line" for at, name in enumerate(dict.fromkeys(names))}
        with self._undone():
            self._post(target, {name: text.encode() for name, text in plain.items()})
            where = dict(self._everything())
        for name, text in plain.items():
            for line in (False, True):
                if text.replace("\n", " " if line else "\n") in where:
                    target.lines.append(Line(name, where[text.replace("\n", " " if line else "\n")], line))
                    break
            else:
                target.lines.append(Line(name))
        return True

    def _everything(self) -> Iterator[tuple[str, tuple[str, str]]]:
        copy = json.loads(b"".join(chunks(self.owner, NOW, Choice())))
        for noun in NOUNS:
            for row in copy[noun]:
                yield from ((value, (noun, name)) for name, value in row.items() if isinstance(value, str))

    # What is tried

    def try_texts(self, texts: Sequence[str | bytes], handful: int = HANDFUL) -> None:
        """A handful at a time, in each line its own: a line counts as many as it was sent."""
        for target in self.targets:
            for at in range(0, len(texts), handful):
                count = len(target.lines)
                parts = [texts[at + shift : at + handful] or texts[:1] for shift in range(count)]
                whole = [odd.SEPARATOR.encode().join(map(odd.sent, part)) for part in parts]
                self.try_one(target, dict(zip((line.name for line in target.lines), whole, strict=True)))
                self.told.tried += sum(map(len, parts))

    def try_one(self, target: Target, words: dict[str, bytes]) -> None:
        with self._undone():
            answer = self._post(target, words)
            if answer.status_code not in (200, 204, 303, 409, 422):
                return self._wrong(target, f"answered {answer.status_code}")
            if answer.status_code in (409, 422):
                return self._shown(target, words, html.unescape(text_of(answer)))
            self._kept(target, words)
            if answer.status_code == 303:
                self._opens(target, answer.headers["Location"])

    def _kept(self, target: Target, words: dict[str, bytes]) -> None:
        places = {line.place for line in target.lines if line.place}
        there = {place: set(self._column(*place)) for place in places}
        for line in target.lines:
            wanted = odd.kept(words[line.name], line=line.line)
            if line.place and wanted and wanted not in there[line.place]:
                self._wrong(target, f"{line.name} is not kept as it was sent", words[line.name])

    def _column(self, noun: str, name: str) -> Iterator[str]:
        with one_scope():
            for row in NOUNS[noun]._default_manager.filter(owner=self.owner):
                yield getattr(row, name) or ""

    def _opens(self, target: Target, address: str) -> None:
        """The page that follows answers, and no sign of what was sent stands in its address."""
        answer = self.client.get(address)
        if answer.status_code not in (200, 302, 303):
            self._wrong(target, f"{shape(urlsplit(address).path)} then answers {answer.status_code}")
        if b"<svg onload" in answer.content or b"<script>alert" in answer.content:
            self._wrong(target, "what was sent is markup")

    def _shown(self, target: Target, words: dict[str, bytes], page: str) -> None:
        """Each line of what was sent stands in the page that says why it was not kept."""
        if odd.kept(page.encode()) != page.replace("\r\n", "\n").replace("\r", "\n"):
            self._wrong(target, "a control sign is shown")
        for name, data in words.items():
            lost = [part for part in odd.kept(data).split("\n") if part.strip() not in page]
            if lost:
                self._wrong(target, f"{name} is not shown again", lost[0].encode("utf-8", "replace"))

    def _wrong(self, target: Target, what: str, data: bytes = b"") -> None:
        self.told.wrong.append(f"{target.called}: {what} {data[:60]!r}".strip())

    # How it is sent

    def _post(self, target: Target, words: dict[str, bytes]) -> Any:
        data = {name: odd.sent(text) for name, text in (target.form.filled("") | target.pressed).items()} | words
        body = "&".join(f"{quote_plus(name)}={quote_plus(text)}" for name, text in data.items())
        return self.client.generic("POST", target.path, body.encode(), content_type=FORM)

    def _undone(self) -> Any:
        return Undone()


class Undone:
    """What is written inside is taken out again."""

    def __enter__(self) -> None:
        self.before = transaction.savepoint()

    def __exit__(self, *error: object) -> None:
        transaction.savepoint_rollback(self.before)
        transaction.savepoint_commit(self.before)  # let go: PostgreSQL holds a lock for each that stands
        transaction.clean_savepoints()


def journal() -> User:
    """Ada with a row of every noun; whoever calls undoes it."""
    ada = make.ada()
    make.one_of_each(ada, "heliotrope")
    return ada


def everything(count: int) -> list[str | bytes]:
    """`count` of them: first those made by hand, then by chance."""
    by_hand = [*odd.by_hand(), *odd.BYTES]
    return [*by_hand, *odd.by_chance(max(0, count - len(by_hand)), seed=count)][:count]
