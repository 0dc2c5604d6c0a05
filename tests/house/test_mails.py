"""Every mail that the product can send: nothing of a person in it, nothing that calls home, the same words twice."""

import re
from email import message_from_bytes
from email.message import Message
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import allauth.account
import pytest
from django.core.mail import EmailMultiAlternatives

from accounts.models import User
from journal.models import Entry
from reminders.kinds import KINDS
from reminders.letters import LETTERS, TO_EVERYBODY
from reminders.letters.others import Farewell
from reminders.replies import MARKER
from tests import make
from tests.house import mails, tree
from tests.house.mails import Manner
from tests.house.test_words import shaming
from tests.reading import Reader, flat, html_of
from tests.reminders.conftest import DUE

CANARY = "heliotrope-canary"
NAME = f"{CANARY} Ada Vesterholm"
MANNERS = list(mails.manners())
ACCOUNT = [(name, language) for name in mails.account_names() for language in mails.LANGUAGES]
# What allauth could send and this product has no door for.
NO_DOOR = {"account/email/password_reset_key"}
ADDRESS = re.compile(r"https?://\S+")
REMOTE = {
    "img",
    "link",
    "script",
    "iframe",
    "form",
    "object",
    "embed",
    "video",
    "audio",
    "svg",
    "base",
    "input",
    "source",
}


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.ONWARD_URL = mails.SITE
    settings.DEFAULT_FROM_EMAIL = "Onward <letters@onward.example>"
    settings.INBOUND_DOMAIN = "in.onward.example"
    settings.EMAIL_URL = "smtp://127.0.0.1:1"


@pytest.fixture(scope="module")
def kept(standing: None) -> None:
    """ada, with a name and a row of every noun that would be noticed."""
    ada = make.ada()
    ada.name = NAME
    ada.save()
    make.one_of_each(ada, CANARY)
    Entry.objects.of(ada).filter(kind=Entry.Kind.PROUD).first().remove(DUE)


@pytest.fixture
def writer(kept: None, db: None) -> User:
    return User.objects.get(email="ada@example.com")


@pytest.fixture(params=MANNERS, ids=str)
def manner(request: Any) -> Manner:
    return request.param


@pytest.fixture
def letter(writer: User, manner: Manner) -> EmailMultiAlternatives:
    return mails.letter(writer, manner)


@pytest.fixture(params=ACCOUNT, ids="-".join)
def account_mail(request: Any, writer: User) -> Any:
    return mails.account_mail(writer, *request.param)


def raw(message: Any) -> bytes:
    return message.message().as_bytes(linesep="\r\n")


def headers(message: Any) -> list[str]:
    """The lines before the first empty one, as they go over the wire."""
    return raw(message).partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")


def parts(message: Any) -> dict[str, str]:
    """What a reader's program makes of it, by kind; a part that does not decode breaks here."""
    read: Message = message_from_bytes(raw(message))
    leaves = [part for part in read.walk() if not part.is_multipart()]
    assert {part.get_content_charset() for part in leaves} == {"utf-8"}
    return {part.get_content_type(): bytes(part.get_payload(decode=True)).decode("utf-8") for part in leaves}


def holds_nothing_of(user: User, message: Any) -> None:
    seen = "\n".join([raw(message).decode("latin-1"), message.subject, *parts(message).values()])
    for secret in (CANARY, "Vesterholm", str(user.pk), user.pk.hex):
        assert secret not in seen
    assert seen.count(user.email) == len(re.findall(rf"^To: {re.escape(user.email)}\r?$", seen, flags=re.M))


def lines_fit(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line) > 78 and not ADDRESS.search(line)]


def elsewhere(addresses: set[str]) -> set[str]:
    return {address for address in addresses if not address.startswith(f"{mails.SITE}/")} - {mails.SITE}


# Which there are


def test_every_kind_has_its_letter_and_every_template_its_kind() -> None:
    assert list(LETTERS) == list(KINDS)
    named = {str(letter.template) for letter in (*LETTERS.values(), *TO_EVERYBODY.values(), Farewell)}
    there = {path.name.removesuffix(mails.SUBJECT) for path in mails.LETTERS.glob(f"*{mails.SUBJECT}")}
    assert there == named
    files = {path.name for path in mails.LETTERS.iterdir()}
    twins = {f"{name}{end}" for name in named for end in (mails.SUBJECT, ".txt", ".html")}
    assert files == twins | {"base.txt", "base.html"}


def test_every_mail_of_the_doors_is_in_our_words() -> None:
    """allauth's own speak in another voice: each of them has its twin here, or no door that it could come from."""
    theirs = Path(allauth.account.__file__).parent.parent / "templates"
    found = [path for app in ("account", "mfa") for path in (theirs / app / "email").glob("*_subject.txt")]
    names = {f"{path.parent.parent.name}/email/{path.name.removesuffix('_subject.txt')}" for path in found}
    assert names - set(mails.account_names()) == NO_DOOR


# Letters


def test_a_letter_holds_nothing_of_its_reader(letter: EmailMultiAlternatives, writer: User) -> None:
    holds_nothing_of(writer, letter)


def test_its_twins_say_the_same_words_and_lead_to_the_same_places(letter: EmailMultiAlternatives) -> None:
    """Sentence by sentence. The heading and the line for a mailbox's list stand in the place of a subject."""
    text, read = str(letter.body), Reader(html_of(letter))
    assert set(ADDRESS.findall(text)) == set(read.links)
    said = [flat(part).removeprefix("-- ") for part in re.split(r"\n\n|\n--\n", text)]
    sentences = [part for part in said if part.endswith(".")]
    assert len(sentences) >= 3
    assert [part for part in sentences if part not in read.text] == []
    heard = flat(ADDRESS.sub(" ", text))
    told = [flat(words) for name, words in read.blocks if name not in ("h1", "hidden") and flat(words).endswith(".")]
    assert len(told) >= 3
    assert [piece for piece in told if piece not in heard] == []


def test_nothing_in_it_calls_home(letter: EmailMultiAlternatives) -> None:
    html = html_of(letter)
    read = Reader(html)
    assert REMOTE & set(read.tags) == set()
    assert re.findall(r"url\(|@import|\bsrc\b|srcset|background=|http-equiv|\son\w+=", html, flags=re.I) == []
    assert elsewhere(set(ADDRESS.findall(str(letter.body))) | set(read.links)) == set()
    named = set(re.findall(r"https?://[^\s\"'<>)]+", unescape(html))) - {"http://www.w3.org/1999/xhtml"}
    assert named == set(read.links)
    assert {urlsplit(link).query.partition("=")[0] for link in read.links} <= {"", "kind"}


def test_its_styles_are_those_of_the_design(letter: EmailMultiAlternatives) -> None:
    """Each colour of a letter is one that the design's own tokens have; each face one that machines have."""
    tokens = (tree.ROOT / "static" / "css" / "tokens.css").read_text().lower()
    colours = set(re.findall(r"#[0-9a-f]{6}\b", html_of(letter).lower()))
    assert len(colours) >= 10
    assert {colour for colour in colours if colour not in tokens} == set()
    assert set(re.findall(r"font-family:([^;]+);", html_of(letter))) == {
        "'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif"
    }


def test_it_says_that_a_machine_wrote_it_and_how_to_stop_it(letter: EmailMultiAlternatives) -> None:
    lines = headers(letter)
    [stop] = {address.partition("#")[0] for address in ADDRESS.findall(str(letter.body)) if "/u/" in address}
    for line in (
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        f"List-Unsubscribe: <{stop}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        f"Message-ID: {mails.ID}",
        "From: Onward <letters@onward.example>",
    ):
        assert lines.count(line) == 1
    assert letter.from_email.startswith("b+")


def test_its_subject_is_short_and_a_discreet_one_says_nothing(letter: EmailMultiAlternatives, manner: Manner) -> None:
    assert 0 < len(letter.subject) <= 60
    assert shaming([letter.subject]) == []
    assert (letter.subject == "A letter for you") == manner.discreet
    assert re.findall(r"\d|three", "" if not manner.discreet else letter.subject, flags=re.I) == []


def test_only_one_that_can_be_answered_by_replying_says_so(letter: EmailMultiAlternatives, manner: Manner) -> None:
    """In its first line, in both parts, and by an address of its own; without one nothing invites a reply."""
    said = [flat(part).startswith(MARKER) for part in (str(letter.body), Reader(html_of(letter)).text)]
    to = [line for line in headers(letter) if re.fullmatch(r"Reply-To: r\+[a-z2-7]{32}@in\.onward\.example", line)]
    assert (said, len(to)) == ([manner.answerable] * 2, int(manner.answerable))
    assert [line for line in headers(letter) if line.startswith("Reply-To")] == to
    assert bool(re.search(r"^1\.\n2\.\n3\.$", str(letter.body), flags=re.M)) == manner.answerable


def test_a_letter_speaks_kindly_and_fits(letter: EmailMultiAlternatives) -> None:
    read = Reader(html_of(letter))
    assert shaming([ADDRESS.sub(" ", str(letter.body)), read.text]) == []
    assert lines_fit(str(letter.body)) == []


# Mails of the doors


def test_a_mail_of_the_doors_holds_nothing_of_its_reader(account_mail: Any, writer: User) -> None:
    holds_nothing_of(writer, account_mail)


def test_a_mail_of_the_doors_is_plain_short_and_kind(account_mail: Any) -> None:
    assert set(parts(account_mail)) == {"text/plain"}
    assert 0 < len(account_mail.subject) <= 60
    assert shaming([account_mail.subject, ADDRESS.sub(" ", account_mail.body)]) == []
    assert lines_fit(account_mail.body) == []
    assert elsewhere(set(ADDRESS.findall(account_mail.body))) == set()


def test_a_mail_of_the_doors_says_that_a_machine_wrote_it(account_mail: Any) -> None:
    lines = headers(account_mail)
    assert lines.count("Auto-Submitted: auto-generated") == 1
    assert lines.count("X-Auto-Response-Suppress: All") == 1
    assert [line for line in lines if line.startswith("List-Unsubscribe")] == []


# Both


def lines_of_the_head_are_whole(message: Any) -> None:
    lines = headers(message)
    assert [line for line in lines if len(line) > 998 or not re.match(r"[A-Za-z-]+: \S", line)] == []
    assert len([line for line in lines if line.startswith("Message-ID: <")]) == 1


def test_every_header_of_a_letter_is_one_whole_line(letter: EmailMultiAlternatives) -> None:
    lines_of_the_head_are_whole(letter)


def test_every_header_of_a_mail_of_the_doors_is_one_whole_line(account_mail: Any) -> None:
    lines_of_the_head_are_whole(account_mail)


def test_they_stay_whole_where_every_name_is_long(writer: User, settings: Any) -> None:
    long = "a-name-of-a-host-that-is-longer-than-most-and-still.somebody-s-own.journal.example"
    settings.ONWARD_URL, settings.DEFAULT_FROM_EMAIL = f"https://{long}", f"Onward <letters@{long}>"
    writer.email = f"{'ada' * 20}@{long}"
    lines_of_the_head_are_whole(mails.letter(writer, MANNERS[0]))
    lines_of_the_head_are_whole(mails.account_mail(writer, *ACCOUNT[0]))


def test_both_parts_of_a_letter_decode(letter: EmailMultiAlternatives) -> None:
    read = parts(letter)
    assert list(read) == ["text/plain", "text/html"]
    assert flat(read["text/plain"]) == flat(str(letter.body))
    assert flat(read["text/html"]) == flat(html_of(letter))
