"""What whoever runs a place tells: texts for everybody, one line on Today, from which age on."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts import notices, texts
from accounts.models import NoticeRead, User
from tests.walks.crawl import text_of

SAID = "On Sunday from 06:00 to 07:00 UTC pages rest."


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    settings.ONWARD_NOTICE_FILE = tmp_path / "notice.toml"
    settings.ONWARD_TEXTS = ""
    return tmp_path


@pytest.fixture
def notice() -> Any:
    def run(*words: str) -> str:
        out = io.StringIO()
        call_command("notice", *words, stdout=out)
        return out.getvalue()

    return run


# Texts


def test_texts_stand_on_one_public_page_as_they_were_typed(client: Client, settings: Any, place: Path) -> None:
    settings.ONWARD_TEXTS, settings.ONWARD_MINIMUM_AGE = str(place), 16
    (place / "terms.md").write_text("# Be kind\nTo yourself <script>first</script>.\n\n- one\n- two & three\n")
    page = client.get("/place/").content.decode()
    assert '<h3 dir="auto">Be kind</h3>' in page
    assert "To yourself &lt;script&gt;first&lt;/script&gt;." in page
    assert '<li dir="auto">one</li><li dir="auto">two &amp; three</li>' in page
    assert "For people from 16 on." in page and "How to reach us" not in page
    (place / "contact.md").write_text("At the desk.")
    assert text_of(client.get("/place/")).index("At the desk.") < text_of(client.get("/place/")).index("Be kind")


def test_a_place_that_tells_nothing_names_no_page_of_its_own(db: None, client: Client, settings: Any) -> None:
    assert "Nothing more is written here yet." in text_of(client.get("/place/"))
    assert 'href="/place/"' not in client.get("/").content.decode() + client.get("/words/").content.decode()
    settings.ONWARD_MINIMUM_AGE = 16
    for path in ("/", "/account/signup/"):
        page = client.get(path).content.decode()
        assert "For people from 16 on." in page and 'href="/place/"' in page
    assert 'href="/place/"' in client.get("/words/").content.decode()


def test_an_odd_folder_or_file_stops_the_start_and_not_the_page(client: Client, settings: Any, place: Path) -> None:
    texts.refuse_odd()
    settings.ONWARD_TEXTS = str(place / "nowhere")
    with pytest.raises(ImproperlyConfigured, match="terms.md"):
        texts.refuse_odd()
    settings.ONWARD_TEXTS = str(place)
    texts.refuse_odd()
    (place / "terms.md").write_bytes(b"\xff\xfe")
    with pytest.raises(ImproperlyConfigured, match="UnicodeDecodeError"):
        texts.refuse_odd()
    assert client.get("/place/").status_code == 200


@given(st.text())
def test_no_sign_of_a_text_is_lost(text: str) -> None:
    typed = text.replace("#", "").replace("- ", "").replace("* ", "")
    shown = "".join("".join(block.lines) for block in texts.blocks(typed))
    assert "".join(shown.split()) == "".join(typed.split())


# A notice


def test_a_notice_stands_on_today_until_each_puts_it_away(
    notice: Any, ada: User, bea: User, ada_client: Client, bea_client: Client
) -> None:
    assert notice(SAID) == f"{SAID}\nUntil it is taken down.\n"
    page = ada_client.get("/today/").content.decode()
    assert SAID in page
    mark = page.partition('name="notice" value="')[2].partition('"')[0]
    assert ada_client.post("/notice/", {"notice": mark}).headers["Location"] == "/today/"
    assert SAID not in text_of(ada_client.get("/today/"))
    assert SAID in text_of(bea_client.get("/today/"))
    notice("Other words.")
    assert "Other words." in text_of(ada_client.get("/today/"))
    assert notice("--clear") == "Taken down.\n" and notice("--clear") == "There was none.\n"
    assert "Other words." not in text_of(bea_client.get("/today/"))
    assert NoticeRead.objects.count() == 1


def test_a_mark_that_no_page_sends_puts_nothing_away(notice: Any, ada_client: Client) -> None:
    notice(SAID)
    assert ada_client.post("/notice/", {"notice": "a\0b"}).status_code == 303
    assert SAID in text_of(ada_client.get("/today/"))


def test_its_last_day_is_by_each_readers_calendar(notice: Any, ada: User, bea: User) -> None:
    """bea's Tokyo is nine hours ahead."""
    notice(SAID, "--until", "2026-11-20")
    with time_machine.travel(datetime(2026, 11, 20, 18, tzinfo=UTC), tick=False):
        today = {"ada": date(2026, 11, 20), "bea": date(2026, 11, 21)}
        assert notices.stands(ada, today["ada"]) is not None
        assert notices.stands(bea, today["bea"]) is None


def test_without_one_nothing_is_asked_and_with_one_a_single_question(
    notice: Any, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert notices.stands(ada, date(2026, 11, 20)) is None
    notice(SAID)
    with django_assert_num_queries(1):
        assert notices.stands(ada, date(2026, 11, 20)) is not None


@pytest.mark.parametrize("words", ["text = ", "text = 3", 'text = " "', "\xff"])
def test_a_file_that_cannot_be_read_is_no_notice(words: str, settings: Any) -> None:
    settings.ONWARD_NOTICE_FILE.write_bytes(words.encode("latin-1"))
    assert notices.current() is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_what_is_given_is_what_stands(text: str) -> None:
    words = " ".join(text.split())
    notices.give(words, date(2026, 12, 6))
    notices._as_of.cache_clear()
    assert notices.current() == notices.Notice(words, date(2026, 12, 6))


def test_a_notice_is_short_and_can_be_looked_at(notice: Any) -> None:
    assert notice() == "There is no notice.\n"
    with pytest.raises(CommandError):
        notice("x" * 401)
    notice(SAID, "--until", "2026-12-06")
    assert notice() == f"{SAID}\nUntil 2026-12-06.\n"
