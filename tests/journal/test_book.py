"""The book: a tagged PDF that holds what was written as it was written, in order, and says what it cannot draw."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from journal.export import FORMATS, faces, typesetting
from journal.export.book_words import Words, divided, plain, runs_from_right
from journal.export.choice import WHOLE, Choice
from journal.models import Answer, Entry, Lesson
from tests import make
from tests.reading import printed

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PASSWORD = "a long enough secret"
HOSTILE = (
    '#hash *x* _u_ $x^2$ `c` <b> @ref \\ // /* [a] {b} #read("/etc/passwd") ~ -- ... \' " = + - 1. \x07\x1b\x0b'
    "\u202eabc\u202c\u2066d\u2069 e\u0301 \ufeff\u200d\ufffe"
)


@pytest.fixture(autouse=True)
def own_faces(settings: object, tmp_path: Path) -> Iterator[None]:
    """Those that come with Onward, on whatever machine."""
    settings.ONWARD_FONTS = tmp_path  # type: ignore[attr-defined]
    forget()
    yield
    forget()


def forget() -> None:
    for kept in (faces._files, faces._face_of):
        kept.cache_clear()


def book(user: User, choice: Choice = WHOLE) -> bytes:
    return b"".join(FORMATS["pdf"].chunks(user, NOW, choice))


def said(pdf: bytes) -> str:
    return "\n".join(printed(pdf))


def test_it_has_a_structure_a_language_and_a_title_and_says_so(ada: User) -> None:
    make.entry(ada, "Opened the letter.", on=date(2026, 11, 3))
    with pikepdf.open(io.BytesIO(book(ada))) as pdf:
        root = pdf.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en", True)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Onward · 3 November 2026"
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert [float(side) for side in pdf.pages[0].mediabox] == pytest.approx([0, 0, 419.53, 595.28], abs=0.01)
        tags = list(tags_of(root.StructTreeRoot.K))
        assert (tags[0], {"H1", "H2", "H3", "P"} - set(tags)) == ("Document", set())


def tags_of(node: object) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from tags_of(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S).removeprefix("/")
        yield from tags_of(node.get("/K", pikepdf.Array()))


def test_months_are_chapters_the_earliest_first_and_lessons_have_an_index(ada: User) -> None:
    hard = make.setback(ada, "The sauce split.", on=date(2026, 10, 3), themes=["Service"])
    Lesson.objects.create(owner=ada, entry=hard, kind_words="Everybody’s does.", lesson="Warm the plate first.")
    doubt = make.entry(ada, "Not a real cook.", on=date(2026, 11, 4), kind=Entry.Kind.DOUBT)
    Answer.objects.create(owner=ada, entry=doubt, answer="Forty people ate.")
    ada.name = "Ada"
    ada.save()
    assert printed(book(ada)) == [
        "Ada\n3 October 2026 – 4 November 2026\nMade on 20 November 2026",
        "Contents\nOctober 2026 3\nNovember 2026 4\nLessons 5\nAbout this book 6\n2",
        "October 2026\nSaturday 3 October\nA setback, and its lesson\nThe sauce split.\nTo a friend\n"
        "Everybody’s does.\nWhat is this teaching me?\nWarm the plate first.\nThemes: Service\n3",
        "November 2026\nWednesday 4 November\nA doubt, and its answer\nNot a real cook.\nThe other side of the page\n"
        "Forty people ate.\n4",
        "Lessons\nService\nWarm the plate first. 3\n5",
        "About this book\nThis book holds what stands in a journal that is kept with\n"
        "Onward. What was taken back is not in it, nor are earlier\n"
        "wordings or the words of a letter that is closed.\n6",
    ]


def test_markup_is_only_text(ada: User) -> None:
    make.entry(ada, HOSTILE)
    page = printed(book(ada))[1]
    body = page[page.index("#hash") :].replace("\n", " ")
    assert body.startswith(
        '#hash *x* _u_ $x^2$ `c` <b> @ref \\ // /* [a] {b} #read("/etc/ passwd") ~ -- ... \' " = + - 1.'
    )
    assert "root:" not in body


@pytest.mark.parametrize("text", ["صباح الخير. كتبت 12 صفحة", "לאט לאט, 3 פעמים.", "Ελληνικά, Кириллица, tiếng Việt"])
def test_what_its_own_faces_have_is_drawn(ada: User, text: str) -> None:
    make.entry(ada, text)
    assert text in said(book(ada))
    assert "About this book" in said(book(ada))
    assert "no typeface" not in said(book(ada))


def test_what_cannot_be_drawn_is_named_in_its_place_and_at_the_end(ada: User) -> None:
    make.entry(ada, "A walk 🚶🏽‍♀️ and 今天很好。 आज मैंने कोशिश की।")
    pdf = said(book(ada)).replace("\n", " ")
    assert "A walk [emoji] and [Chinese] [Devanagari]" in pdf
    assert "no typeface was at hand where it was made: emoji, Chinese, Devanagari." in pdf


def test_a_sign_and_its_marks_come_from_one_face() -> None:
    fitted = faces.Faces()
    assert fitted.fit("e\u0301 a\u05b0") == "e\u0301 [Hebrew]"


def test_the_page_says_beforehand_what_cannot_be_drawn(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    page = ada_client.get("/export/?format=pdf").content.decode()
    assert "Latin, Greek and Cyrillic letters can be drawn in it, and: Arabic, Hebrew." in page
    assert "Not here: Chinese, Japanese, Korean, Devanagari, Thai, emoji." in page


def test_a_long_word_stays_on_the_page() -> None:
    found = re.match(".*", "x" * 30)
    assert found and divided(found) == "\u200b".join(["x" * 12, "x" * 12, "x" * 6])


def test_many_short_lines_go_on_over_the_page(ada: User) -> None:
    make.entry(ada, "\n".join(f"{number}." for number in range(100)))
    assert len(printed(book(ada))) == 6


def test_lines_and_directions_are_those_of_the_text() -> None:
    assert plain("a\r\nb\x0bc\u2028d\x00\x07") == "a\nb\nc\nd"
    assert Words().said("one\ntwo\n\nthree") == {"parts": [["one", "two"], ["three"]], "rtl": False, "lang": "en"}
    assert [runs_from_right(text) for text in ("12 שלום a", "(a) שלום", "…", "ع")] == [True, False, False, True]


def test_nobody_elses_words_are_in_it_nor_what_was_not_chosen(ada: User, bea: User) -> None:
    make.entry(ada, "Of ada.", on=date(2026, 11, 3))
    make.entry(ada, "Before.", on=date(2026, 9, 3))
    make.entry(ada, "Taken back.").remove(NOW)
    make.entry(bea, "Of bea.", on=date(2026, 11, 3))
    pdf = said(book(ada, Choice(first=date(2026, 11, 1))))
    assert [words in pdf for words in ("Of ada.", "Before.", "Taken back.", "Of bea.")] == [True, False, False, False]


def test_an_empty_book_is_a_book(ada: User) -> None:
    assert printed(book(ada))[0] == "What I kept\nMade on 20 November 2026"


def test_no_word_lies_on_a_disk_or_in_the_arguments(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make.entry(ada, "canary")
    asked: list[object] = []
    run = typesetting.subprocess.run

    def noted(words: list[str], **more: object) -> object:
        asked.append((words, {name: value for name, value in more.items() if name != "input"}))
        return run(words, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(typesetting.subprocess, "run", noted)
    assert "canary" in said(book(ada))
    assert "canary" not in repr(asked)


def test_a_book_that_does_not_come_out_is_a_page_and_not_half_a_file(
    ada: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.entry(ada, "canary")
    monkeypatch.setattr(typesetting, "_run", lambda asked: (-9, b""))
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    answer = client.post("/export/", {"format": "pdf"})
    assert (answer.status_code, answer.streaming) == (422, False)
    assert "The book did not come out." in answer.content.decode()


def test_more_than_one_book_holds_is_said_before_it_begins(ada: User, client: Client) -> None:
    make.entry(ada, "canary")
    most = FORMATS["pdf"].most
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    try:
        object.__setattr__(FORMATS["pdf"], "most", 10)
        answer = client.post("/export/", {"format": "pdf"})
        looked = client.get("/export/?format=pdf").content.decode()
    finally:
        object.__setattr__(FORMATS["pdf"], "most", most)
    assert (answer.status_code, answer.streaming) == (422, False)
    assert "That is more than one book holds." in answer.content.decode()
    assert "That is more than one book holds." in looked
