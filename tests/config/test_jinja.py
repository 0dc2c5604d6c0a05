"""Compiled parts of pages: each in the language and by the clock of whoever asks."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from config import jinja

MOMENT = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
ID = UUID("12345678-1234-4234-8234-123456789abc")


def said(source: str, **words: object) -> str:
    """As a part of a page in the language that is spoken now."""
    return jinja._speaking(translation.get_language()).from_string(source).render(**words)


@pytest.mark.parametrize("_again", range(2))
def test_a_day_is_called_in_the_language_of_the_page(_again: int) -> None:
    for language, month in (("en", "December"), ("de", "Dezember"), ("fr", "décembre")):
        with translation.override(language):
            assert said('{{ day | date("F") }}', day=date(2026, 12, 1)) == month


def test_a_word_is_said_in_the_language_of_the_page() -> None:
    for language, word in (("en", "Monday"), ("de", "Montag"), ("en", "Monday")):
        with translation.override(language):
            assert said('{{ _("Monday") }}') == word


def test_a_moment_is_told_by_each_clock() -> None:
    for zone, hour in (("Europe/Lisbon", "23:30 1"), ("Asia/Tokyo", "8:30 2"), ("Europe/Lisbon", "23:30 1")):
        with timezone.override(ZoneInfo(zone)):
            assert said('{{ at | date("G:i j") }}', at=MOMENT) == hour


def test_an_address_is_that_of_the_first_engine() -> None:
    for name in ("journal:entries", "journal:today", "account_login"):
        assert jinja.address(name) == reverse(name)
    for name in ("journal:entries.entry", "journal:entries.lesson.steps", "journal:milestones.milestone"):
        assert jinja.address(name, ID) == reverse(name, args=[ID])


def test_what_is_called_with_words_escapes_them() -> None:
    assert said("<p>{{ words }}</p>", words='<b>"&') == "<p>&lt;b&gt;&quot;&amp;</p>"
