"""The archive: one file that holds what stands in the journal, asks nobody for anything, and knows its own hashes."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from journal.export import FORMATS
from journal.export.choice import WHOLE, Choice
from journal.models import Acceptance, Answer, Entry, Lesson
from tests import make

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


def archive(user: User, choice: Choice = WHOLE) -> str:
    return b"".join(FORMATS["html"].chunks(user, NOW, choice)).decode()


class Read(HTMLParser):
    """The parts of each article, as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.articles: list[list[str]] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self.articles.append([])
            self.inside = True
        elif self.inside and tag in ("h3", "h4", "p", "table"):
            self.articles[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "article"

    def handle_data(self, data: str) -> None:
        if self.inside and self.get_starttag_text() not in (None, "") and data.strip("\n"):
            self.articles[-1][-1] += data


def kept(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(re.findall(r'id="hashes">(.*?)</script>', text)[0])
    return found


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_each_entry_stands_there_with_what_belongs_to_it(ada: User) -> None:
    hard = make.setback(ada, "The sauce split.", on=date(2026, 11, 3), themes=["Service"])
    Lesson.objects.create(owner=ada, entry=hard, kind_words="Everybody’s does.", lesson="Warm the plate first.")
    doubt = make.entry(ada, "Not a real cook.", on=date(2026, 10, 30), kind=Entry.Kind.DOUBT)
    Answer.objects.create(owner=ada, entry=doubt, answer="Forty people ate.")
    Acceptance.objects.create(owner=ada, entry=make.setback(ada, "It rained.", on=date(2026, 10, 2)), way="hard")
    assert Read(archive(ada)).articles == [
        [
            "A setback, and its lesson",
            "The sauce split.",
            *["To a friend", "Everybody’s does.", "What is this teaching me?", "Warm the plate first."],
            "Themes: Service",
        ],
        [
            "A doubt, and its answer",
            "Not a real cook.",
            "The other side of the page",
            "Forty people ate.",
        ],
        ["Something hard", "It rained.", "It was only hard."],
    ]


def test_the_index_leads_to_months_lessons_and_themes(ada: User) -> None:
    hard = make.setback(ada, "The sauce split.", on=date(2025, 12, 3), themes=["Service", "courage"])
    Lesson.objects.create(owner=ada, entry=hard, lesson="Warm the plate first. " * 10)
    make.entry(ada, on=date(2026, 11, 4), themes=["courage"])
    text = archive(ada)
    places = set(re.findall(r'\sid="([^"]+)"', text))
    led = re.findall(r'href="#([^"]+)"', text)
    assert set(led) - places == set()
    assert [place for place in led if place.startswith("m-")] == ["m-2026-11", "m-2025-12"]
    index = text[text.index('id="lessons"') :]
    assert re.findall(r'<h3 dir="auto">(.*?)</h3>', index) == ["courage", "Service", "courage", "Service"]
    assert '<a href="#p2">3 December 2025</a> <bdi>Warm the plate first. ' in index
    assert re.findall(r'<a href="#(p\d)">', index[index.index('id="themes"') :]) == ["p1", "p2", "p2"]


def test_its_policy_lets_in_its_own_style_and_script_and_nothing_else(ada: User) -> None:
    make.entry(ada)
    text = archive(ada)
    policy = re.findall(r'Content-Security-Policy" content="(.*?)"', text)[0].replace("&#x27;", "'")
    own = {}
    for name in ("style", "script"):
        inside = re.findall(rf"<{name}>(.*?)</{name}>", text, flags=re.S)[0]
        own[name] = f"'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'"
    assert policy == (
        f"default-src 'none'; style-src {own['style']}; script-src {own['script']}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert re.findall(r'(?:src|href)="(?!#)|url\((?!data:)', re.sub(r"mask: url\(.*?\)", "", text)) == []
    assert "http" not in text.replace("http-equiv", "")


def test_each_page_has_its_hash_and_the_whole_has_one(ada: User) -> None:
    make.entry(ada, "One.\r\nTwo.", on=date(2026, 11, 3))
    make.entry(ada, "", on=date(2026, 11, 2), deed="rested")
    text = archive(ada)
    said = [
        "November 2026\nTuesday 3 November 2026\nSomething I did\nOne.\nTwo.",
        "November 2026\nMonday 2 November 2026\nSomething I did · Rested",
    ]
    assert kept(text) == {"whole": sha("".join(map(sha, said))), "pages": list(map(sha, said))}
    number = re.findall(r'id="number"[^>]*>(.*?)</p>', text)[0]
    assert number.replace(" ", "") == kept(text)["whole"]
    assert text.endswith('<div id="end" hidden></div>\n</body>\n</html>\n')


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=60))
@QUIET
def test_whatever_was_written_stands_there_and_is_no_markup(ada: User, text: str) -> None:
    Entry.objects.of(ada).delete()
    make.entry(ada, f"x{text}x")
    body = re.findall(r'<p class="text" dir="auto">(.*?)</p>', archive(ada), flags=re.S)
    assert [one.translate(str.maketrans("", "", "<>\"'")) for one in body] == body
    assert Unescaped(body[0]).text == f"x{text}x"


class Unescaped(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


def test_nobody_elses_words_are_in_it_and_what_was_taken_back_is_not(ada: User, bea: User) -> None:
    make.entry(ada, "Of ada.")
    make.entry(ada, "Taken back.").remove(NOW)
    make.entry(bea, "Of bea.", themes=["hers"])
    assert Read(archive(ada)).articles == [["Something I did", "Of ada."]]
    assert "hers" not in archive(ada)


def test_a_part_has_the_index_of_that_part(ada: User) -> None:
    make.entry(ada, "Before.", on=date(2026, 9, 3), themes=["earliest"])
    make.entry(ada, "Within.", on=date(2026, 10, 3))
    text = archive(ada, Choice(first=date(2026, 10, 1)))
    assert [article[1] for article in Read(text).articles] == ["Within."]
    assert ("m-2026-09" in text, "earliest" in text, "From 3 October 2026 to 3 October 2026." in text) == (
        False,
        False,
        True,
    )


def test_an_empty_one_says_so(ada: User) -> None:
    text = archive(ada)
    assert ("Nothing is in this copy." in text, kept(text)["pages"]) == (True, [])


@pytest.fixture
def many(ada: User) -> Iterator[int]:
    yield len([make.entry(ada, f"{number} " + "words " * 100, on=date(2026, 11, 3)) for number in range(4)])


def test_it_goes_out_page_by_page(ada: User, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journal.export.pages.PAGE", 2)
    pieces = [piece.decode() for piece in FORMATS["html"].chunks(ada, NOW, WHOLE)]
    assert [piece.count("<article") for piece in pieces if "<article" in piece] == [2, 2]
    assert len(kept(pieces[-1])["pages"]) == many
