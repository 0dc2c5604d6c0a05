"""What somebody typed, out of the mail that came back: exactly that, whichever program wrote it."""

import string
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reminders import mime, reading, things
from tests.reminders.programs import LANGUAGES, OURS, PROGRAMS, US, Language, Letter, Reply, _plain

THREE = ["Rang my sister back.", "Let Karim plate the last forty, and said so.", "Went to bed at eleven."]
SIGNATURE = "Ada Example\nEine Straße 1, 12345 Berlin"


@pytest.fixture(autouse=True)
def known(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = US
    settings.INBOUND_DOMAIN = "in.onward.example"
    settings.ONWARD_URL = "https://onward.example"


def things_of(reply: Reply) -> list[str]:
    return reading.things_in(mime.read(reply.bytes(("From", "ada@example.com"), ("Subject", "Re: Three things"))))


def plain(words: str) -> list[str]:
    return things_of(_plain(words, ""))


@pytest.mark.parametrize("signature", ["", SIGNATURE], ids=["bare", "signed"])
@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_three_lines_are_three_things(program: Callable[..., Reply], language: Language, signature: str) -> None:
    if signature and program.__name__ in ("apple", "outlook", "outlook_mobile"):
        # These sign without a sign: nobody can tell the end of the words from the signature.
        signature = ""
    assert things_of(program(THREE, language, signature)) == THREE


# Any words


def is_own(line: str) -> bool:
    """Not what a program draws, and not a mark of a list: those are taken off where nobody could tell."""
    visible = any(char.isalnum() for char in line)
    return visible and line == line.strip() and not things.NUMBER.match(line) and not things.BULLET.match(line)


LINE = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\xa0"), min_size=1, max_size=200)
SPOKEN = st.text(string.ascii_letters + "     ,.’", min_size=60, max_size=400).map(str.strip)
TYPED = st.lists((LINE | SPOKEN).map(str.strip).filter(is_own), min_size=3, max_size=3)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
@example(typed=["> and then I quoted myself", "From: my sister", "On Sunday she wrote: well done"])
@example(typed=["Two   spaces, and three", "--not a rule--", "__nor this__"])
@example(typed=["Wrote to them at 10:30:", "Sent: two letters", "To: my aunt"])
def test_any_three_lines_come_back_equal(program: Callable[..., Reply], language: Language, typed: list[str]) -> None:
    assert things_of(program(typed, language)) == typed


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.lists(
        (LINE | SPOKEN).map(str.strip).filter(lambda line: line and line == line.strip()), min_size=3, max_size=3
    )
)
@example(typed=["1. first", "- second", "Sent from my iPhone"])
def test_any_three_numbered_things_come_back_equal(program: Callable[..., Reply], typed: list[str]) -> None:
    numbered = [f"{number}. {line}" for number, line in enumerate(typed, 1)]
    assert things_of(program(numbered, LANGUAGES["English"])) == typed


# Lists, paragraphs, lines


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("1. Cooked.\n2. Slept.\n3. Rang.", ["Cooked.", "Slept.", "Rang."]),
        ("1) Cooked.\n2) Slept.", ["Cooked.", "Slept."]),
        ("1: Cooked.\n2 - Slept.", ["Cooked.", "Slept."]),
        ("① Cooked.\n② Slept.\n③ Rang.", ["Cooked.", "Slept.", "Rang."]),
        ("1\ufe0f\u20e3 Cooked.\n2\ufe0f\u20e3 Slept.", ["Cooked.", "Slept."]),
        ("١. طبخت.\n٢. نمت.\n٣. اتصلت.", ["طبخت.", "نمت.", "اتصلت."]),
        ("١- طبخت.\n٢- نمت.", ["طبخت.", "نمت."]),
        ("1. Cooked for all of\nthem.\n2. Slept.", ["Cooked for all of them.", "Slept."]),
        ("1. Cooked.\n\nAnd washed up.\n2. Slept.", ["Cooked.\n\nAnd washed up.", "Slept."]),
        ("1.\n2. Slept.\n3.", ["Slept."]),
        ("1. Rang my sister.", ["Rang my sister."]),
        ("This week:\n1. Cooked.\n2. Slept.\n\nThanks.", ["This week:\nCooked.", "Slept.\n\nThanks."]),
        ("1. Cooked.\n7. Slept.", ["Cooked. 7. Slept."]),
        ("- Cooked.\n- Slept.", ["Cooked.", "Slept."]),
        ("* Cooked.\n* Slept\n  till nine.", ["Cooked.", "Slept till nine."]),
        ("• Cooked.\n• Slept.", ["Cooked.", "Slept."]),
        ("- Cooked.\n- 3 pages read.\n- Slept.", ["Cooked.", "3 pages read.", "Slept."]),
        ("- 3 pages.\n- 2 letters.\n- 5 calls.\n- A walk.", ["3 pages.", "2 letters.", "5 calls.", "A walk."]),
        ("(1) Cooked.\n(2) Slept.", ["Cooked.", "Slept."]),
        ("\u200f1. طبخت.\n\u200f2. نمت.", ["طبخت.", "نمت."]),
        ("€1. All I spent.", ["€1. All I spent."]),
        ("-5 degrees, and I went out.", ["-5 degrees, and I went out."]),
        ("- 5 degrees, and I went out.", ["- 5 degrees, and I went out."]),
        ("7:30 and already up.\n8:15 at the bus.", ["7:30 and already up.", "8:15 at the bus."]),
        ("Cooked.", ["Cooked."]),
        ("Cooked.\n\nSlept.\n\nRang.", ["Cooked.", "Slept.", "Rang."]),
        ("a\nb\nc\nd", ["a", "b", "c", "d"]),
        ("a\n\nb\n\nc\n\nd", ["a", "b", "c", "d"]),
        ("a\nb\n\nc\nd", ["a\nb", "c\nd"]),
        ("\n".join([f"{'word ' * 13}end"] * 4), [" ".join([f"{'word ' * 13}end"] * 4)]),
        ("\n".join(map(str, range(10, 22))), [*map(str, range(10, 19)), "19\n20\n21"]),
        ("> She said it was fine.\nAnd it was.", ["> She said it was fine.", "And it was."]),
        ("🎉", ["🎉"]),
        ("", []),
        (" \n\u200b\n", []),
    ],
)
def test_a_text_names_things(words: str, named: list[str]) -> None:
    assert plain(f"{words}\n\n> {Letter().plain}") == named


def test_a_list_that_was_made_with_buttons_is_a_list() -> None:
    html = "<div><ol><li>Cooked.</li><li>Slept<br>well.</li></ol></div>"
    assert things_of(Reply([("text/html", html.encode(), "8bit")])) == ["Cooked.", "Slept well."]


# The marker, and what stands in its place


@pytest.mark.parametrize(
    "marker",
    [
        "Reply above this line, one thing to a line.",
        "> Reply above this line, one thing to a line.",
        ">> Reply above this\n>> line, one thing\n>> to a line.",
        "*Reply above this line, one thing to a line.*",
        "| Reply above this line,  one thing\nto a line.",
    ],
)
def test_the_marker_is_known_however_it_comes_back(marker: str) -> None:
    assert plain(f"Rested.\n\n{marker}\n> and more\nand more") == ["Rested."]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_without_the_marker_the_line_that_names_us_counts(language: Language) -> None:
    quoted = "\n".join(f"> {line}" for line in Letter().plain.splitlines()[5:])
    for said in (language.gmail, language.apple, language.gmail.replace("<", "<\n")):
        assert plain(f"Rested.\n\n{said}\n{quoted}") == ["Rested."]
    block = "\n".join(language.outlook).format(US, Letter.subject)
    assert plain(f"Rested.\n\n________________________________\n{block}\n\n{quoted.replace('> ', '')}") == ["Rested."]


def test_without_either_what_the_world_writes_counts_where_our_letter_follows() -> None:
    said = "Dnia 22.11.2026 o 18:00, Ktoś <x@example.org> napisał(a):"
    assert plain(f"Spałam.\n\n{said}\n> Small is fine.\n> https://onward.example/w/") == ["Spałam."]
    assert plain(f"Spałam.\n{said}\nDobrze.") == ["Spałam.", said, "Dobrze."]


def test_words_about_us_are_words() -> None:
    typed = ["Moving onward:", f"Wrote to {OURS}", "On Sunday my sister wrote:"]
    assert plain("\n".join(typed)) == typed


def test_what_was_written_within_the_letter_is_found() -> None:
    letter = Letter().plain
    filled = letter.replace("\n1.\n2.\n3.\n", "\n1. Cooked.\n2. Slept as long\nas I liked.\n3.\n")
    said = LANGUAGES["English"].outlook[0].format(US)
    assert plain(f"\n\n{said}\nSent: 22 November 2026\nTo: Ada\n\n{filled}") == ["Cooked.", "Slept as long as I liked."]
    quoted = "\n".join(f"> {line}" for line in filled.splitlines())
    assert plain(f"{LANGUAGES['English'].gmail}\n{quoted}") == ["Cooked.", "Slept as long as I liked."]


@pytest.mark.parametrize(
    ("above", "lines", "named"),
    [
        ("", ["Cooked.", "", ""], ["Cooked."]),
        ("", ["", "", "Rang."], ["Rang."]),
        ("", ["Cooked.", "Slept.", "Rang."], ["Cooked.", "Slept.", "Rang."]),
        ("Hello,", ["Cooked.", "Slept.", "Rang."], ["Hello,\nCooked.", "Slept.", "Rang."]),
        ("Hello,", ["", "Slept.", ""], ["Hello,", "Slept."]),
        ("Hello,", ["", "", ""], ["Hello,"]),
    ],
)
def test_numbered_lines_of_the_letter_are_read_up_to_its_own_next_word(
    above: str, lines: list[str], named: list[str]
) -> None:
    """Beside what stands above it; and nothing that we wrote becomes anybody's own."""
    letter = Letter()
    text, html = letter.plain, letter.html
    for number, words in enumerate(lines, 1):
        if words:
            text = text.replace(f"\n{number}.\n", f"\n{number}. {words}\n")
            html = html.replace(f">{number}.<", f">{number}. {words}<")
    said = LANGUAGES["English"].gmail
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    assert plain(f"{above}\n\n{said}\n\n{quoted}\n") == named
    seen = f"<div>{above}<br></div><div>{escape(said)}<br></div><blockquote>{html}</blockquote>"
    assert things_of(Reply([("text/html; charset=utf-8", seen.encode(), "8bit")])) == named


def test_a_reply_without_a_word_names_nothing() -> None:
    for program in PROGRAMS.values():
        assert things_of(program([""], LANGUAGES["German"])) == []


# Signatures

TELEPHONES = """
Sent from my iPhone|Sent from my Samsung Galaxy smartphone.|Sent from Outlook for iOS|Get Outlook for Android
Get Outlook for iOS<https://aka.ms/o0ukef>|Sent from Yahoo Mail on Android
Sent from Mail for Windows|Sent with Proton Mail|Von meinem iPhone gesendet
Gesendet von Outlook für iOS|Gesendet von Mail für Windows
Outlook für Android herunterladen|Holen Sie sich Outlook für iOS
Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.
Envoyé de mon iPhone|Envoyé à partir d’Outlook pour iOS|Télécharger Outlook pour Android|Obtenir Outlook pour iOS
أُرسلت من الـ iPhone|مُرسل من الـ iPhone|تم الإرسال من Outlook لـ iOS|احصل على Outlook لـ Android
""".strip().replace("\n", "|")


@pytest.mark.parametrize("said", TELEPHONES.split("|"))
def test_what_a_telephone_says_of_itself_is_taken_off(said: str) -> None:
    assert plain(f"Rested.\n\n{said}\n\n> {Letter().plain}") == ["Rested."]


@pytest.mark.parametrize(
    "said",
    [
        "Sent my iPhone to be mended.",
        "Got my Samsung back.",
        "Sent flowers from the station.",
        "Envoyé la lettre.",
        "-- and then rest",
    ],
)
def test_somebody_s_own_words_are_not(said: str) -> None:
    assert plain(f"Rested.\n{said}\n\n> {Letter().plain}") == ["Rested.", said]


# Mails as they are built


def test_attachments_and_mails_within_are_not_read() -> None:
    inner = b"From: x\n\nNot mine."
    boundary = b'Content-Type: multipart/mixed; boundary="b"\n\n'
    parts = [
        b"Content-Type: text/plain\n\nMine.",
        b"Content-Type: text/plain\nContent-Disposition: attachment\n\nA file.",
        b"Content-Type: message/rfc822\n\n" + inner,
        b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=",
        b"Content-Type: text/plain\n\nMine, too.",
    ]
    data = b"From: a@b.c\n" + boundary + b"".join(b"\n--b\n" + part for part in parts) + b"\n--b--\n"
    assert reading.things_in(mime.read(data)) == ["Mine.", "Mine, too."]


@pytest.mark.parametrize(
    ("charset", "encoded", "read"),
    [
        ("iso-8859-1", "Grüße".encode("latin-1"), "Grüße"),
        ("windows-1256", "استرحت".encode("cp1256"), "استرحت"),
        ("utf-8", b"Gr\xfc\xc3\x9fe", "Gr\ufffdße"),
        ("us-ascii", "Grüße".encode(), "Grüße"),
        ("us-ascii", "Grüße".encode("cp1252"), "Grüße"),
        ("x-unknown", "Grüße".encode(), "Grüße"),
        ("rot13", b"Rested.", "Rested."),
        ("unicode_escape", rb"a\u0041", r"a\u0041"),
    ],
)
def test_a_charset_survives(charset: str, encoded: bytes, read: str) -> None:
    assert things_of(Reply([(f"text/plain; charset={charset}", encoded, "8bit")])) == [read]


def test_what_html_hides_is_not_read() -> None:
    html = (
        "<style>p { color: red }</style><script>1 < 2</script><p style='display: none'>hidden <b>and</b> <p>so</p></p>"
        "<!-- said <p>aside</p> --><p>Seen &amp; heard, 1 &lt; 2.</p><title>No</title><p>Twice&nbsp; spaced.</p>"
    )
    assert things_of(Reply([("text/html", html.encode(), "8bit")])) == ["Seen & heard, 1 < 2.", "Twice  spaced."]
