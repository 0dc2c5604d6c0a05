"""Words and zones as forms take them."""

import time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.fields import LineField, TextField, WordsForm, ZoneField

ANY = st.text(st.characters(exclude_categories=[]))


@given(ANY)
def test_any_text_can_be_sealed_and_says_whether_it_was_changed(typed: str) -> None:
    field = TextField()
    kept = field.clean(typed)
    kept.encode()
    assert not any(char < " " and char not in "\t\n" for char in kept)
    if kept != "":
        assert field.stripped == (kept != typed.replace("\r\n", "\n").replace("\r", "\n"))


@given(ANY)
def test_what_was_taken_once_is_taken_again_unchanged(typed: str) -> None:
    for field in (TextField(), LineField()):
        kept = field.clean(typed)
        assert field.clean(kept) == kept
        assert not field.stripped


@pytest.mark.parametrize(
    ("typed", "kept", "stripped"),
    [
        ("  Two lines,\r\nand a tab\t", "  Two lines,\nand a tab\t", False),
        ("bell\x07 and nul\x00", "bell and nul", True),
        ("next line\x85", "next line", True),
        ("half \ud83d of it", "half \ufffd of it", True),
        ("שלום\u202e \u200d🧑‍🍳", "שלום\u202e \u200d🧑‍🍳", False),
        (" \n\t ", "", False),
        (None, "", False),
    ],
)
def test_words_are_kept_as_typed(typed: str | None, kept: str, stripped: bool) -> None:
    field = TextField()
    assert (field.clean(typed), field.stripped) == (kept, stripped)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Serve  the menu \n\n of autumn  ", "Serve  the menu of autumn"), ("\n", ""), ("one", "one")],
)
def test_a_line_is_one_line(typed: str, kept: str) -> None:
    assert LineField().clean(typed) == kept


def test_a_line_runs_in_the_direction_of_its_script() -> None:
    assert 'dir="auto"' in LineField().widget.render("title", "")


class Asking(WordsForm):
    words = TextField(required=True)
    name = LineField()
    way = forms.ChoiceField(choices=[("a", "One"), ("b", "Two")], widget=forms.RadioSelect)
    back = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(("name", "said"), [("words", True), ("name", False), ("way", False), ("back", False)])
def test_a_field_that_has_to_be_filled_is_told_to_whoever_hears_the_page_and_to_no_browser(
    name: str, said: bool
) -> None:
    drawn = str(Asking()[name])
    assert ('aria-required="true"' in drawn, " required" in drawn) == (said, False)


def test_a_megabyte_of_spaces_is_one_line_in_no_time() -> None:
    begun = time.process_time()
    assert len(LineField().clean("a" + " " * 1_000_000 + "b")) == 1_000_002
    assert time.process_time() - begun < 60  # quadratic, it would take hours


@pytest.mark.parametrize("name", ["Europe/Lisbon", "UTC", ""])
def test_a_zone_is_an_iana_name_or_nothing(name: str) -> None:
    assert ZoneField().clean(name) == name


@pytest.mark.parametrize("name", ["Lisbon", "../../etc/passwd", "GMT+25", "x" * 65])
def test_another_zone_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        ZoneField().clean(name)
