"""What we write ourselves is read again, and no text is too odd for a reader."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from journal.export import FORMATS
from journal.export.choice import WHOLE
from journal.importing.readers import day_one, html_text, jrnl, markdown, presently
from journal.models import Lesson, Theme
from tests import make
from tests.journal.importing.files import Uploaded, as_json, ids, page, pages, skipped, text

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8"), max_size=200)
PRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
EACH = settings(max_examples=60, deadline=None)


def kept(words: str) -> str:
    """As every form keeps a text: without signs that nobody sees, without empty lines around it."""
    plain = PRINTED.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\A([ \t]*\n)+", "", plain).rstrip()


def exported(user: User) -> Uploaded:
    return Uploaded(b"".join(FORMATS["markdown"].chunks(user, NOW, WHOLE)), "onward-2026-11-20.zip")


@pytest.mark.django_db
def test_our_own_markdown_comes_back_as_pages(ada: User, bea: User) -> None:
    win = make.entry(ada, body="Plated in time.\n\n- a list\n# a heading", kind="win", local_date=date(2026, 11, 3))
    win.themes.add(Theme.objects.create(owner=ada, name="work"), Theme.objects.create(owner=ada, name="Été"))
    make.entry(ada, body="Asked for help.", kind="proud", local_date=date(2026, 10, 31))
    make.entry(ada, body="", kind="win", deed="rested", local_date=date(2026, 11, 1))
    make.entry(ada, body="A page before", kind="meeting", local_date=date(2026, 11, 1))
    hard = make.setback(ada, body="It split.", local_date=date(2026, 10, 30))
    Lesson.objects.create(owner=ada, entry=hard, lesson="Taste it before.")
    make.entry(bea, body="Not hers.", kind="note", local_date=date(2026, 11, 2))
    found = {one.text: (one.local_date, one.kind, set(one.tags)) for one in pages(markdown.read, exported(ada))}
    assert found == {
        "Plated in time.\n\n- a list\n# a heading": (date(2026, 11, 3), "win", {"work", "Été"}),
        "Rested": (date(2026, 11, 1), "win", set()),
        "A page before": (date(2026, 11, 1), "note", set()),
        "Asked for help.": (date(2026, 10, 31), "proud", set()),
        "It split.\n\n**What is this teaching me?**\n\nTaste it before.": (date(2026, 10, 30), "setback", set()),
    }
    assert ids(markdown.read, exported(ada)) == ids(markdown.read, exported(ada))


@pytest.mark.django_db
def test_pages_of_ours_that_are_no_entries_are_said(ada: User) -> None:
    make.one_of_each(ada, "canary")
    said = skipped(markdown.read, exported(ada))
    names = {where.rpartition("/")[2] for where, reason in said if reason == "in_everything"}
    assert names == {"milestones.md", "steps.md", "lists.md", "weeks.md", "chapters.md", "measures.md"}
    assert {reason for _where, reason in said} == {"in_everything"}


@EACH
@given(WORDS)
def test_any_words_come_back_from_a_csv(words: str) -> None:
    held = io.StringIO()
    # Left to itself Python puts a carriage return into no quotes, and nobody could tell it from the end of a line.
    writer = csv.writer(held, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["entryDate", "entryContent"], ["2026-03-01", words]])
    found = pages(presently.read, text(held.getvalue())) if kept(words) else []
    assert [one.text for one in found] == ([kept(words)] if kept(words) else [])


@EACH
@given(WORDS)
def test_any_words_come_back_from_day_one(words: str) -> None:
    """Escaped as Markdown has it: each sign of ASCII that could mean something."""
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)
    entry = {"uuid": "A", "creationDate": "2026-03-01T05:30:00Z", "text": escaped}
    found = pages(day_one.read, as_json({"entries": [entry]})) if kept(words.replace("\u200b", "")) else []
    plain = re.sub(r"\n{3,}", "\n\n", kept(words.replace("\u200b", "")))
    assert [re.sub(r"\n{3,}", "\n\n", one.text) for one in found] == ([plain] if plain else [])


@EACH
@given(WORDS, WORDS)
def test_any_words_come_back_from_jrnl(title: str, body: str) -> None:
    title, body = " ".join(kept(title).split()), kept(body)
    entry = {"title": title, "body": body, "date": "2026-03-01", "time": "09:30", "tags": [], "starred": False}
    if title or body:
        told = "\n".join(filter(None, [title, body]))
        assert page(jrnl.read, as_json({"tags": {}, "entries": [entry]})).text == kept(told)


@EACH
@given(WORDS)
def test_any_text_is_read_as_html_and_none_of_it_is_invented(words: str) -> None:
    read, _left_out = html_text.read(words)
    assert html_text.read("")[0] == ""
    assert len(read) <= len(words) * 3 + 1


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<p>a</p>\n\n<p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\n\nb"),
        ("a<hr>b", "a\n\nb"),
        ("a &lt;b&gt; &amp;amp; &#228; &#x1F600;", "a <b> &amp; ä 😀"),
        ("&#999999999999999999;", "&#999999999999999999;"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a<!-- unseen -->b<!DOCTYPE x>", "ab"),
        ("<style>p { x }</style><script>y()</script>a", "a"),
        ("<style>a that nobody closed", "a that nobody closed"),
        ('<a href="https://example.org/?a=1&amp;b=2">here</a>', "here (https://example.org/?a=1&b=2)"),
        ('<a href="https://example.org">https://example.org</a>', "https://example.org"),
        ("<a href='javascript:x()'>here</a>", "here"),
        ("<b>a</b><i>b</i>", "ab"),
    ],
)
def test_html_is_read_as_the_words_that_it_shows(marked: str, plain: str) -> None:
    assert html_text.read(marked)[0] == plain


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<p>", "<!--", "&#", "&", '<a href="', "<a href=http://x>y", "</a>", "<style>"]
)
def test_no_html_takes_longer_than_its_length(piece: str) -> None:
    html_text.read(piece * (400_000 // len(piece)))


@pytest.mark.parametrize("piece", ["`", "```", "\\", "![](dayone-moment:", "[a](dayone://", "![", "[", "\u200b"])
def test_no_text_of_day_one_takes_longer_than_its_length(piece: str) -> None:
    day_one.plain(piece * (400_000 // len(piece)))
