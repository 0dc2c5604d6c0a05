"""A person's own pages: how it looks, the name, privacy."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User

LOOK, NAME = "/settings/look/", "/settings/name/"
AS_IT_IS = {"theme": "auto", "face": "book", "size": "usual", "enough": "enough", "day_starts_at": "0"}


def chosen(page: str) -> set[tuple[str, str]]:
    return set(re.findall(r'<input type="radio" name="(\w+)" value="(\w+)" checked>', page))


def test_what_is_chosen_is_kept_and_worn(ada: User, ada_client: Client) -> None:
    words = {
        "theme": "dark",
        "face": "plain",
        "size": "large",
        "enough": "stop",
        "day_starts_at": "4",
        "counts_hidden": "on",
    }
    answer = ada_client.post(LOOK, words)
    assert (answer.status_code, answer.headers["Location"]) == (303, LOOK)
    ada.refresh_from_db()
    kept = (ada.theme, ada.face, ada.size, ada.enough, ada.day_starts_at, ada.counts_hidden, ada.only_good_days_back)
    assert kept == ("dark", "plain", "large", "stop", 4, True, False)
    assert not ada.find_by_key
    page = ada_client.get(LOOK).content.decode()
    assert '<html lang="en" dir="ltr" data-theme="dark" data-face="plain" data-size="large">' in page
    assert chosen(page) == {("theme", "dark"), ("face", "plain"), ("size", "large"), ("enough", "stop")}
    assert re.findall(r"<option value=\"(\d)\" selected>(.*?)</option>", page) == [("4", "04:00")]
    assert "Kept." in page
    assert "Kept." not in ada_client.get(LOOK).content.decode()


def test_a_single_key_leads_to_find_until_somebody_switches_it_off(
    ada: User, ada_client: Client, bea_client: Client
) -> None:
    key = 'aria-keyshortcuts="/"'
    assert (key in ada_client.get(LOOK).content.decode(), ada.find_by_key) == (True, True)
    ada_client.post(LOOK, AS_IT_IS)
    for client, told in ((ada_client, False), (bea_client, True)):
        page = client.get("/today/").content.decode()
        assert (key in page, "#id_q" in page) == (told, True)
    ada_client.post(LOOK, AS_IT_IS | {"find_by_key": "on"})
    assert key in ada_client.get("/today/").content.decode()


@pytest.mark.parametrize(
    "odd", [{"theme": "neon"}, {"day_starts_at": "7"}, {"day_starts_at": "-1"}, {"size": ""}, {"enough": "\x00"}]
)
def test_what_cannot_be_chosen_changes_nothing(odd: dict[str, str], ada: User, ada_client: Client) -> None:
    answer = ada_client.post(LOOK, AS_IT_IS | {"face": "plain"} | odd)
    assert answer.status_code == 422
    assert "One of these, please." in answer.content.decode()
    ada.refresh_from_db()
    assert (ada.theme, ada.face, ada.day_starts_at) == ("auto", "book", 0)


def test_the_hours_run_from_midnight_to_six(ada_client: Client) -> None:
    page = ada_client.get(LOOK).content.decode()
    assert re.findall(r"<option value=\"(\d)\"", page) == list("0123456")


def test_a_name_is_optional_sealed_and_shown_on_ones_own_pages(
    ada: User, ada_client: Client, bea_client: Client
) -> None:
    answer = ada_client.post(NAME, {"name": "  Heliotrope <b>\x07 "})
    assert (answer.status_code, answer.headers["Location"]) == (303, LOOK)
    ada.refresh_from_db()
    assert ada.name == "Heliotrope <b>"
    page = ada_client.get(LOOK).content.decode()
    assert "Something that can’t be seen was taken out of it." in page
    assert "<bdi>Heliotrope &lt;b&gt;</bdi>" in page
    assert "Heliotrope" not in bea_client.get(LOOK).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_user")
        assert all(b"Heliotrope" not in bytes(row[0]) for row in cursor.fetchall())
    ada_client.post(NAME, {"name": ""})
    ada.refresh_from_db()
    assert ada.name == ""


def test_a_name_that_is_too_long_is_kept_in_the_box(ada: User, ada_client: Client) -> None:
    answer = ada_client.post(NAME, {"name": "é" * 121})
    page = answer.content.decode()
    assert (answer.status_code, "A little shorter, please" in page, "é" * 121 in page) == (422, True, True)
    ada.refresh_from_db()
    assert ada.name == ""


def test_a_name_that_cannot_be_opened_is_asked_for_anew(ada: User, ada_client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = %s", [b"\x01\x01" + b"x" * 60])
    assert ada_client.get(LOOK).status_code == 200
    assert ada_client.post(NAME, {"name": "Nadia"}).status_code == 303
    ada.refresh_from_db()
    assert ada.name == "Nadia"


def test_looks_and_name_leave_each_other_and_the_zone_alone(ada: User, ada_client: Client) -> None:
    ada_client.post(NAME, {"name": "Nadia"})
    ada_client.post(
        LOOK, AS_IT_IS | {"theme": "light", "time_zone": "Asia/Tokyo", "email": "x@example.com", "name": "Bea"}
    )
    ada.refresh_from_db()
    assert (ada.name, ada.theme, ada.time_zone, ada.email) == ("Nadia", "light", "Europe/Lisbon", "ada@example.com")


def test_the_privacy_page_says_what_a_key_beside_the_database_protects(ada_client: Client, settings: Any) -> None:
    sentence = "That protects a copied database file, not a copied folder."
    settings.MAKES_RING = True
    assert sentence in ada_client.get("/settings/privacy/").content.decode()
    settings.MAKES_RING = False
    assert sentence not in ada_client.get("/settings/privacy/").content.decode()


@pytest.mark.parametrize("path", [LOOK, NAME, "/settings/privacy/"])
def test_other_methods_are_refused(path: str, ada_client: Client) -> None:
    assert [ada_client.put(path).status_code, ada_client.delete(path).status_code] == [405, 405]


def test_the_pages_of_settings_name_each_other(ada_client: Client) -> None:
    """A page that the list itself does not name stands under one that it does."""
    privacy = "/settings/privacy/"
    here = {
        LOOK: (LOOK, "page"),
        NAME: (LOOK, "true"),
        privacy: (privacy, "page"),
        "/account/email/": (privacy, "true"),
        "/settings/leaving/": (privacy, "true"),
    }
    for path, current in here.items():
        page = ada_client.get(path).content.decode()
        nav = re.search(r'<nav class="side".*?</nav>', page, flags=re.S)
        assert nav
        assert re.findall(r'href="([^"]+)"', nav[0]) == ["/settings/reminders/", "/settings/privacy/", LOOK]
        assert re.findall(r'href="([^"]+)" aria-current="(\w+)"', nav[0]) == [current]
