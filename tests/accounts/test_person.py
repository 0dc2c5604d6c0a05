"""manage.py person: for whoever runs the place, with mail or without."""

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Access, DataKey, Invitation, Leaving, User
from reminders.models import WriteLink
from reminders.tokens import new_link
from tests import make
from tests.accounts.test_signup import said

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NEW = "one more long secret"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.ONWARD_LEDGER_FILE = tmp_path / "deleted"


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the command prints, when this is typed into its pipe."""

    def run(*words: str, typed: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        out = io.StringIO()
        with time_machine.travel(NOW, tick=False):
            call_command("person", *words, stdout=out, stderr=out)
        return out.getvalue()

    return run


def refused(person: Any, *words: str, typed: str = "") -> str:
    with pytest.raises(CommandError) as error:
        person(*words, typed=typed)
    return str(error.value)


def signs_in(email: str, password: str) -> bool:
    client = Client()
    client.post("/account/login/", {"login": email, "password": password})
    return client.get("/today/").status_code == 200


def test_somebody_who_is_added_signs_in(person: Any, db: None) -> None:
    told = person("add", "Ada@Example.com", typed=f"{NEW}\n")
    assert told == "ada@example.com can sign in at http://127.0.0.1:8000.\n"
    assert NEW not in told and signs_in("ada@example.com", NEW)
    assert DataKey.objects.count() == 1


def test_a_password_is_made_and_printed_once(person: Any, db: None) -> None:
    [password] = re.findall("Password, shown this once: (.+)", person("add", "ada@example.com", "--print"))
    assert len(password) == 20 and signs_in("ada@example.com", password)


def test_nobody_is_added_twice_without_an_address_or_with_a_password_that_would_not_do(person: Any, ada: User) -> None:
    assert "already" in refused(person, "add", "ADA@example.com", typed=NEW)
    assert "no address" in refused(person, "add", "ada", typed=NEW)
    assert "10 or more" in refused(person, "add", "bea@example.com", typed="short")
    assert list(User.objects.all()) == [ada]


def test_another_password_closes_the_book_everywhere_and_ends_links(person: Any, ada: User, settings: Any) -> None:
    client = Client()
    client.post("/account/login/", {"login": ada.email, "password": "a long enough secret"})
    new_link(ada, "weekly", NOW, monday=NOW.date())[1].save()
    mail.outbox.clear()
    person("password", ada.email, typed=NEW)
    assert (signs_in(ada.email, "a long enough secret"), signs_in(ada.email, NEW)) == (False, True)
    assert client.get("/today/").status_code == 302
    assert WriteLink.objects.count() == 0
    assert [message.subject for message in mail.outbox][:1] == ["About your journal"]
    [line] = Access.objects.filter(what=Access.What.PASSWORD)
    assert line.is_by_operator
    client.post("/account/login/", {"login": ada.email, "password": NEW})
    page = said(client.get("/settings/devices/"))
    assert "The password was changed by whoever runs this place" in page


def test_a_link_is_printed_where_no_mail_leaves(person: Any, ada: User, settings: Any) -> None:
    settings.ONWARD_SIGNUP = "invite"
    link, told = person("invite", "cleo@example.com").splitlines()
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/account/invited/[\w-]{32}/", link)
    assert told == f"It opens one journal, until 2026-11-27. Its id is {Invitation.objects.get().pk}."
    assert mail.outbox == []


def test_it_is_mailed_where_mail_leaves_and_printed_where_that_fails(person: Any, ada: User, settings: Any) -> None:
    settings.ONWARD_SIGNUP, settings.EMAIL_URL = "invite", "smtp://mail.example:25"
    told = person("invite", "cleo@example.com")
    [message] = mail.outbox
    assert message.to == ["cleo@example.com"] and "/account/invited/" in str(message.body)
    assert "/account/invited/" not in told and "on its way to cleo@example.com" in told
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "/account/invited/" in person("invite", "cleo@example.com")
    assert "Taken back: 2." in person("invite", "--revoke", "cleo@example.com")
    assert "no open invitation" in refused(person, "invite", "--revoke", "cleo@example.com")


def test_where_sign_up_is_closed_nobody_is_invited(person: Any, db: None, settings: Any) -> None:
    settings.ONWARD_SIGNUP = "closed"
    assert "person add" in refused(person, "invite")
    settings.ONWARD_SIGNUP = "open"
    assert "ONWARD_SIGNUP is open" in person("invite")


def test_the_list_holds_dates_and_nothing_that_was_written(person: Any, ada: User, bea: User) -> None:
    ada.name, ada.last_login = "heliotrope", NOW
    ada.joined_at = bea.joined_at = NOW - timedelta(days=3)
    ada.save()
    bea.save()
    make.entry(ada, "heliotrope")
    Leaving.begin(bea, NOW, at_once=False)
    person("invite", "cleo@example.com")
    kept = Invitation.objects.get()
    assert person("list").splitlines() == [
        *sorted(
            [
                "ada@example.com  here since 2026-11-17, last signed in 2026-11-20",
                "bea@example.com  here since 2026-11-17, has not signed in yet, closed, gone on 2026-11-27",
            ],
            key=lambda line: str(ada.pk if line.startswith("ada") else bea.pk),
        ),
        f"{kept.pk}  invitation until 2026-11-27, sent to cleo@example.com",
        "People: 2. Invitations that are open: 1.",
    ]


def test_who_is_removed_has_seven_days_to_come_back(person: Any, ada: User, bea: User) -> None:
    assert "Nothing has changed" in refused(person, "remove", ada.email, typed="no\n")
    assert "nobody" in refused(person, "remove", "cleo@example.com")
    assert "Until 2026-11-27" in person("remove", ada.email, typed="ada@example.com\n")
    assert Leaving.objects.get().owner == ada
    assert not signs_in(ada.email, "a long enough secret")
    assert signs_in(bea.email, "another long secret")
    assert User.objects.count() == 2


def test_at_once_the_key_goes_and_it_is_noted(person: Any, ada: User, bea: User, settings: Any) -> None:
    make.entry(ada)
    person("remove", ada.email, "--now", "--yes")
    assert list(DataKey.objects.values_list("owner", flat=True)) == [bea.pk]
    assert len(settings.ONWARD_LEDGER_FILE.read_text().splitlines()) == 2


def test_where_it_cannot_be_noted_nobody_is_removed(person: Any, ada: User, settings: Any) -> None:
    settings.ONWARD_LEDGER_FILE.write_text("no ledger")
    assert "nothing has changed" in refused(person, "remove", ada.email, "--now", "--yes")
    assert DataKey.objects.count() == 1 and User.objects.get().is_active


def test_who_runs_the_place_is_told_where_its_page_is(person: Any, ada: User) -> None:
    told = person("staff", "ada@example.com")
    assert told.startswith("ada@example.com can open http://127.0.0.1:8000/operator/, once signed in with a passkey")
    assert "sees the operator’s page" in person("list")
    assert person("staff", "ada@example.com", "--end") == "The operator’s page is closed to ada@example.com.\n"
    assert "operator" not in person("list")
    assert refused(person, "staff", "ada@example.com", "--end") == "The operator’s page is not open to this account."
