"""What was typed comes back whole, and goes nowhere else."""

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from config.typed import local_path, typed

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(st.lists(st.tuples(NAMES, TEXTS), max_size=8))
def test_every_field_but_a_secret_comes_back_once(fields: list[tuple[str, str]]) -> None:
    post = QueryDict(mutable=True)
    for name, value in fields:
        post.appendlist(name, value)
    secret = ("pass", "token", "code", "secret")
    open_ = [(name, value) for name, value in fields if not any(word in name.lower() for word in secret)]
    found = typed(post)
    assert sorted(found.words + found.rest) == sorted(open_)


@given(st.lists(st.tuples(NAMES, TEXTS), max_size=8))
def test_a_prefix_is_put_on_and_taken_off(fields: list[tuple[str, str]]) -> None:
    plain, carried = QueryDict(mutable=True), QueryDict(mutable=True)
    for name, value in fields:
        plain.appendlist(name, value)
        carried.appendlist(f"again.{name}", value)
    carried["login"] = "ada@example.com"
    assert typed(carried, "again.") == typed(plain)


@pytest.mark.parametrize(
    "value", ["", "7b0c2a0e-5f0e-4a52-8f5e-1d2c3b4a5960", "12", "2026-11-20", "2026-W47", "18:00", "on"]
)
def test_what_no_hand_writes_is_not_shown(value: str) -> None:
    post = QueryDict(mutable=True)
    post["x"] = value
    assert typed(post).rest == [("x", value)]


@pytest.mark.parametrize("value", ["cried", "Rest", "12 plates", "2026", "🌿", "no"])
def test_a_single_word_is_shown(value: str) -> None:
    post = QueryDict(mutable=True)
    post["body"] = value
    expected = [] if value == "2026" else [("body", value)]
    assert typed(post).words == expected


@given(
    st.text(max_size=40)
    | st.sampled_from(["//x.example", "/\\x.example", "https://x.example/", "javascript:x", "\t//x", "/ok/?a=b"])
)
def test_words_are_sent_only_to_ourselves(path: str) -> None:
    safe = local_path(path)
    assert safe.startswith("/") and not safe.startswith(("//", "/\\"))
    assert (urlsplit(safe).scheme, urlsplit(safe).netloc) == ("", "")


def test_an_address_of_ours_stays_as_it_is() -> None:
    assert [local_path(path) for path in ("/entries/", "/entries/?kind=win&month=2026-11")] == [
        "/entries/",
        "/entries/?kind=win&month=2026-11",
    ]
