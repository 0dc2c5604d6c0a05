"""An odd value refuses to start with one clear line, which never holds a password."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

SENDER = "Onward <letters@journal.example>"


def refused(read: Callable[[], Any]) -> str:
    with pytest.raises(ImproperlyConfigured) as error:
        read()
    return str(error.value)


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8000.0", "²", "٣", "1" * 5000, "eight"])
def test_a_port_is_a_whole_number(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", value)
    said = f"PORT is {value!r}; it takes a whole number from 1 to 65535."
    assert refused(lambda: env.number("PORT", 8000, 1, 65535)) == said


@pytest.mark.parametrize(
    "value",
    [
        "journal.example",
        "ftp://journal.example",
        "https://journal.example/path",
        "https://journal.example?x",
        "https://a b",
        "https://journal.example:abc",
        "https://journal.example:99999",
        "https://journal.example:0",
        "https://ada:secret@journal.example",
        "http://[::1",
        "https://",
        "https://.",
        "https://jöurnal.example",
    ],
)
def test_a_web_address_is_a_scheme_and_a_host(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONWARD_URL", value)
    said = f"ONWARD_URL is {value!r}; it takes an address such as https://journal.example."
    assert refused(lambda: env.web_address("ONWARD_URL", "")) == said


@pytest.mark.parametrize(
    ("value", "address", "host"),
    [
        ("https://journal.example/", "https://journal.example", "journal.example"),
        ("HTTPS://Journal.Example:8443", "https://journal.example:8443", "journal.example"),
        ("http://[2001:db8::5]", "http://[2001:db8::5]", "[2001:db8::5]"),
        ("http://192.0.2.7:8000", "http://192.0.2.7:8000", "192.0.2.7"),
    ],
)
def test_a_web_address_is_read_in_lower_case(
    value: str, address: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is strict under https is strict under HTTPS, and a host of its own is served."""
    monkeypatch.setenv("ONWARD_URL", value)
    assert env.web_address("ONWARD_URL", "") == address
    assert env.host_of(address) == host


@pytest.mark.parametrize(
    "url",
    ["redis", "redis://", "http://x", "redis://:secret@x:abc/0", "redis://:secret@x/names"]
    + ["sentinel://:secret@a:26379", "sentinel://:secret@a:x,b/main", "sentinel://:secret@a/main/one"],
)
def test_an_odd_address_of_redis_is_refused_without_its_password(url: str) -> None:
    assert (
        refused(lambda: env.redis(url))
        == "REDIS_URL takes redis://:password@host:port/number, rediss:// or sentinel://."
    )


@pytest.mark.parametrize(
    "url", ["", "redis://redis.example", "rediss://:a@b@redis.example:6380/4", "sentinel://:a@b@a:1,b/main/2"]
)
def test_an_address_of_redis_is_left_as_it_is(url: str) -> None:
    assert env.redis(url) == url


@pytest.mark.parametrize("url", ["mail", "smtp://", "smtp://u:secret@x:abc", "smtp://u:secret@x:0", "http://x"])
def test_an_odd_mail_server_is_refused_without_its_password(url: str) -> None:
    said = "EMAIL_URL takes smtp://, smtp+tls:// or smtps://user:password@host:port."
    assert refused(lambda: env.mail(url)) == said


@pytest.mark.parametrize(
    "url",
    ["mysql://u:secret@h/x", "postgresql://", "postgresql://u:secret@h:abc/x"]
    + ["postgresql://u:secret@h/x?pooler=statement"],
)
def test_an_odd_database_is_refused_without_its_password(url: str) -> None:
    said = "DATABASE_URL takes postgresql://user:password@host:port/name."
    assert refused(lambda: env.postgres(url)) == said


def test_a_pooler_by_the_transaction_is_asked_for_nothing_that_outlives_one() -> None:
    found = {url: env.postgres(f"postgresql://u@h/x{url}") for url in ("", "?pooler=transaction&sslmode=require")}
    told = [
        (one["DISABLE_SERVER_SIDE_CURSORS"], one["OPTIONS"]["prepare_threshold"], sorted(one["OPTIONS"]))
        for one in found.values()
    ]
    always = ["pool", "prepare_threshold", "server_side_binding"]
    assert told == [(False, env.ASKED_BEFORE, ["options", *always]), (True, None, [*always, "sslmode"])]


@pytest.mark.parametrize("value", ["nobody", "a@b, c@d", "Onward <letters>", "Onward <@journal.example>", "a@b c"])
def test_a_sender_is_one_address(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", value)
    said = f"DEFAULT_FROM_EMAIL is {value!r}; it takes an address such as {SENDER}."
    assert refused(lambda: env.sender("DEFAULT_FROM_EMAIL", "")) == said


def test_a_sender_may_have_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", SENDER)
    assert env.sender("DEFAULT_FROM_EMAIL", "") == SENDER


def test_a_name_for_mail_that_comes_back_is_a_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOUND_DOMAIN", "in journal")
    said = "INBOUND_DOMAIN is 'in journal'; it takes a name such as in.journal.example."
    assert refused(lambda: env.domain("INBOUND_DOMAIN")) == said


@pytest.mark.parametrize("value", ["onward", "onward:short", ":a password of twenty characters", "onward:" + "ä" * 30])
def test_what_opens_the_door_for_mail_is_a_name_and_a_long_password(value: str) -> None:
    said = "INBOUND_SECRET takes name:password, the password of at least 20 plain characters."
    assert refused(lambda: env.door("INBOUND_SECRET", value)) == said


@pytest.mark.parametrize("value", ["", "onward:a password of twenty characters"])
def test_a_door_is_left_as_it_is(value: str) -> None:
    assert env.door("INBOUND_SECRET", value) == value


def test_a_secret_that_cannot_be_read_is_named_by_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "secret"
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(place))
    assert refused(lambda: env.secret("SECRET_KEY")) == "SECRET_KEY_FILE cannot be read: No such file or directory."
    place.write_bytes(b"\xff\xfe\x00")
    assert refused(lambda: env.secret("SECRET_KEY")) == "SECRET_KEY_FILE cannot be read: it is not a text."


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder goes")
    place = tmp_path / "var" / "secret"
    assert refused(lambda: env.keep_once(place)) == f"{place} can be neither read nor made: File exists."


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://journal.example", "journal.example"),
        ("http://127.0.0.1:8000", "localhost"),
        ("http://[::1]:8000", "localhost"),
        ("http://localhost:8000", "localhost"),
    ],
)
def test_letters_come_from_the_public_address_where_nobody_said(address: str, domain: str) -> None:
    assert env.mail_domain(address) == domain
