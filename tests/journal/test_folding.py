"""Two spellings of one word, and marks that change nothing."""

import html
import re
import sys
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journal import folding
from journal.marks import BEFORE, CUT, marked
from journal.models.told import OPENING

# Letters of many scripts with everything that folding takes away or changes, more often than chance brings them.
Odd = st.sampled_from("aAáÁeéÉßẞﬁſİıøÆœŁ’'ＡⅣ½…ｶﾞがカガ한각ُِّأإآٱاىيیـ北京שָׁ\u0301\u0308\u200d\u00ad\0 \n")
Texts = st.text(Odd | st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÉCOLE", "ecole"),
        ("naïve", "NAIVE"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Søren", "soren"),
        ("cœur", "coeur"),
        ("ﬁne", "fine"),
        ("isn’t", "isn't"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("Ёлка", "елка"),
        ("أَحْمَد", "احمد"),
        ("ســــلام", "سلام"),
        ("إلى", "الي"),
        ("ٱلله", "الله"),
        ("کتابی", "كتابي"),
        ("שָׁלוֹם", "שלום"),
        ("ＦＵＬＬ", "full"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_two_spellings_fold_to_one(one: str, other: str) -> None:
    assert folding.fold(one) == folding.fold(other)


@pytest.mark.parametrize(("one", "other"), [("sea", "see"), ("北京", "东京"), ("سلام", "سلم"), ("o", "0")])
def test_two_words_stay_two(one: str, other: str) -> None:
    assert folding.fold(one) != folding.fold(other)


def test_folding_twice_changes_nothing_more() -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert [char for char in letters if "".join(map(folding.of, folding.of(char))) != folding.of(char)] == []


@given(text=Texts)
def test_folding_says_what_a_plain_reading_says(text: str) -> None:
    """Taken apart (NFKD), without marks, in small letters."""
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(part for part in parts if not unicodedata.combining(part) and unicodedata.category(part) != "Cf")
    assert folding.fold(text) == plain.casefold().translate(folding.ALIKE)


@given(texts=st.lists(Texts, max_size=5), words=Texts)
def test_of_many_texts_those_are_found_that_hold_a_word_when_folded_alone(texts: list[str], words: str) -> None:
    terms = tuple(folding.fold(words).split())
    found = list(folding.holding([text.encode() for text in texts], terms))
    held = {at: [term in folding.fold(text) for term in terms] for at, text in enumerate(texts)}
    assert sorted(at for at, _text in found) == [at for at, holds in held.items() if any(holds)]
    assert all([term in text for term in terms] == held[at] for at, text in found)


@given(text=st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=70))
def test_a_text_of_many_letters_folds_as_one_of_few(text: str) -> None:
    folded = folding.fold(text)
    assert list(folding.holding([b"", text.encode()], (folded,))) == [(1, folded)]


# Marks


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"</?mark>", "", markup))


def in_marks(markup: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", markup, flags=re.S)]


@given(text=Texts, words=st.lists(Texts, max_size=3))
def test_marks_never_change_the_text(text: str, words: list[str]) -> None:
    terms = tuple(term for word in words for term in folding.fold(word).split())
    markup = marked(text, terms)
    assert plain(markup) == text
    assert set(re.findall(r"<[^>]*>", markup)) <= {"<mark>", "</mark>"}
    for found in in_marks(markup):
        assert any(term in folding.fold(found) for term in terms)


@given(before=Texts, word=Texts, after=Texts)
def test_what_is_there_is_marked(before: str, word: str, after: str) -> None:
    terms = tuple(folding.fold(word).split())
    assume(len(terms) == 1)
    assert terms[0] in folding.fold("".join(in_marks(marked(before + word + after, terms))))


@pytest.mark.parametrize(
    ("text", "terms", "markup"),
    [
        ("Asking for a hand.", ("ask",), "<mark>Ask</mark>ing for a hand."),
        ("L’E\u0301cole, l’ÉCOLE", ("ecole",), "L’<mark>E\u0301cole</mark>, l’<mark>ÉCOLE</mark>"),
        ("a ﬁne day", ("fi",), "a <mark>ﬁ</mark>ne day"),
        ("أَحْمَدُ هنا", ("احمد",), "<mark>أَحْمَدُ</mark> هنا"),
        ("我去北京了", ("北京",), "我去<mark>北京</mark>了"),
        ("banana", ("ana",), "b<mark>anana</mark>"),
        ("asked", ("ask", "sked"), "<mark>asked</mark>"),
        ("asked", ("ask", "ed"), "<mark>asked</mark>"),
        ("<b>ask & go</b>", ("ask",), "&lt;b&gt;<mark>ask</mark> &amp; go&lt;/b&gt;"),
        ("&lt;", ("lt",), "&amp;<mark>lt</mark>;"),
        ("<mark>", ("mark",), "&lt;<mark>mark</mark>&gt;"),
        ("nothing", ("zzz",), "nothing"),
    ],
)
def test_marks_stand_where_the_words_are(text: str, terms: tuple[str, ...], markup: str) -> None:
    assert marked(text, terms) == markup


def test_a_word_far_down_a_long_text_is_shown_with_what_stands_before_it() -> None:
    text = "word " * 400 + "lighthouse" + " word" * 400
    markup = marked(text, ("lighthouse",))
    assert markup.startswith(f"{CUT}word ")
    assert len(plain(markup)) == OPENING + len(CUT)
    assert BEFORE - 10 < plain(markup).index("lighthouse") <= BEFORE
    assert "<mark>lighthouse</mark>" in markup


@pytest.mark.parametrize("before", [0, 100, BEFORE, 1500])
def test_a_mark_longer_than_what_is_shown_is_shown_as_far_as_that(before: int) -> None:
    markup = marked("b" * before + "a" * 3000, ("aa",))
    assert "".join(in_marks(markup)).strip("a") == "" != "".join(in_marks(markup))
    assert len(plain(markup).removeprefix(CUT)) == OPENING


def test_a_word_at_the_end_of_the_opening_is_not_torn() -> None:
    text = "a" * (OPENING - 4) + " lighthouse and more"
    assert "<mark>lighthouse</mark>" in marked(text, ("lighthouse",))
