"""By invitation: a link opens one journal, once. And the first journal of a machine of one's own."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts import invitations
from accounts.models import DataKey, Invitation, User
from journal.models import Entry
from tests.accounts.conftest import SECRET, code_in, sign_up
from tests.walks.crawl import text_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def by_invitation(settings: Any) -> None:
    settings.ONWARD_SIGNUP, settings.ONWARD_OPERATOR = "invite", "the Harbour Library"


@pytest.fixture
def link(bea: User) -> str:
    """As it stands in a mail, less the place."""
    address, _ = invitations.invite(datetime.now(UTC))
    return address.removeprefix("http://127.0.0.1:8000")


def came_by(link: str) -> Client:
    client = Client()
    assert client.get(link).headers["Location"] == "/account/signup/"
    return client


def test_a_link_opens_one_journal_with_its_first_line(link: str) -> None:
    client = came_by(link)
    assert 'name="first_line"' in client.get("/account/signup/").content.decode()
    assert client.post("/account/signup/", sign_up()).headers["Location"] == "/today/"
    ada = User.objects.get(email="ada@example.com")
    assert [entry.body for entry in Entry.objects.of(ada)] == ["Began."]
    kept = Invitation.objects.get()
    assert (kept.used_by, kept.is_open(datetime.now(UTC))) == (ada.pk, False)


def test_a_link_that_did_its_work_says_so_and_whom_to_ask(link: str) -> None:
    second = came_by(link)
    came_by(link).post("/account/signup/", sign_up())
    page = Client().get(link)
    assert (page.status_code, page.headers["Referrer-Policy"]) == (404, "no-referrer")
    assert "It has opened a journal" in text_of(page) and "ask the Harbour Library" in text_of(page)
    late = second.post("/account/signup/", sign_up(email="cleo@example.com", first_line="Still here."))
    assert (late.status_code, "Still here." in text_of(late)) == (403, True)
    assert not User.objects.filter(email="cleo@example.com").exists()


def test_it_is_used_up_between_two_that_passed_the_first_question(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    second = came_by(link)
    came_by(link).post("/account/signup/", sign_up())
    monkeypatch.setattr("accounts.invitations.may_sign_up", lambda *asked: True)
    late = second.post("/account/signup/", sign_up(email="cleo@example.com", first_line="Still here."))
    assert (late.status_code, "Still here." in text_of(late)) == (403, True)
    assert not User.objects.filter(email="cleo@example.com").exists()
    assert DataKey.objects.count() == 2


def test_two_presses_of_one_form_are_one_sign_up(link: str) -> None:
    first = came_by(link)
    [form] = re.findall(r'name="id" value="([0-9a-f-]{36})"', first.get("/account/signup/").content.decode())
    first.post("/account/signup/", sign_up(id=form))
    second = Client()
    assert second.post("/account/signup/", sign_up(id=form)).headers["Location"] == "/today/"
    assert User.objects.count() == 2


def test_looking_uses_nothing_up_and_unknown_run_out_and_taken_back_look_alike(bea: User) -> None:
    address, old = invitations.invite(NOW)
    link = address.removeprefix("http://127.0.0.1:8000")
    with time_machine.travel(NOW + timedelta(days=6, hours=23), tick=False):
        for _ in range(3):
            came_by(link)
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        run_out, unknown = Client().get(link), Client().get("/account/invited/nobody-has-this/")
    assert (run_out.status_code, text_of(run_out)) == (unknown.status_code, text_of(unknown))
    with time_machine.travel(NOW, tick=False):
        assert invitations.revoke(str(old.pk)) == 1
        assert text_of(Client().get(link)) == text_of(unknown)
    assert [invitations.revoke(name) for name in ("nobody", "no@example.com", str(old.pk))] == [0, 0, 0]


def test_the_row_holds_no_token_and_goes_thirty_days_after_its_time(bea: User) -> None:
    address, kept = invitations.invite(NOW, "Cleo@Example.com")
    token = address.rstrip("/").rsplit("/", 1)[-1]
    assert (len(token), kept.email) == (32, "cleo@example.com")
    assert token not in str(Invitation.objects.values().get())
    invitations.tick(NOW + timedelta(days=36))
    assert Invitation.objects.count() == 1
    invitations.tick(NOW + timedelta(days=38))
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("sign_up_is", ["invite", "closed"])
def test_without_a_link_the_pages_say_whom_to_ask(sign_up_is: str, bea: User, client: Client, settings: Any) -> None:
    settings.ONWARD_SIGNUP = sign_up_is
    asked = {"invite": "Invitations come from the Harbour Library.", "closed": "That is the Harbour Library."}
    for path in ("/", "/account/signup/"):
        page = client.get(path)
        assert asked[sign_up_is] in text_of(page)
        assert "first_line" not in page.content.decode()
    answer = client.post("/account/signup/", sign_up(first_line="Still here."))
    assert (answer.status_code, "Still here." in text_of(answer)) == (403, True)


def test_where_sign_up_is_closed_a_link_opens_nothing(link: str, settings: Any) -> None:
    settings.ONWARD_SIGNUP = "closed"
    client = came_by(link)
    assert client.post("/account/signup/", sign_up()).status_code == 403


def test_who_is_signed_in_goes_to_their_own_day(link: str, bea_client: Client) -> None:
    assert bea_client.get(link).headers["Location"] == "/today/"
    assert Invitation.objects.get().used_at is None


def test_a_mistyped_address_does_not_use_it_up(link: str, mail_leaves: list[float]) -> None:
    """The account that was begun with it and never opened gives way, its key first."""
    client = came_by(link)
    client.post("/account/signup/", sign_up(email="adda@example.com"))
    client.post("/account/signup/", sign_up())
    assert sorted(User.objects.values_list("email", flat=True)) == ["ada@example.com", "bea@example.com"]
    assert DataKey.objects.count() == 2
    answer = client.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert answer.status_code == 302
    assert client.get("/today/").status_code == 200
    assert Client().get(link).status_code == 404


# The first journal


@pytest.fixture
def own_machine(settings: Any) -> None:
    settings.EMBEDDED, settings.HOST, settings.ONWARD_URL = True, "127.0.0.1", "http://127.0.0.1:8000"


@pytest.mark.parametrize("sign_up_is", ["open", "invite", "closed"])
def test_on_a_machine_of_ones_own_the_first_page_leads_to_the_first_journal(
    sign_up_is: str, own_machine: None, db: None, client: Client, settings: Any
) -> None:
    settings.ONWARD_SIGNUP = sign_up_is
    assert "Nobody has a journal here yet. Yours can be the first." in text_of(client.get("/"))
    assert client.post("/account/signup/", sign_up()).headers["Location"] == "/today/"
    after = client.post("/account/logout/") and Client().get("/")
    assert "Nobody has a journal here yet" not in text_of(after)
    second = Client().post("/account/signup/", sign_up(email="bea@example.com"))
    assert second.status_code == (302 if sign_up_is == "open" else 403)


@pytest.mark.parametrize(
    "public",
    [{"ONWARD_URL": "https://journal.example"}, {"HOST": "0.0.0.0"}, {"EMBEDDED": False}],
    ids=lambda public: next(iter(public)),
)
def test_elsewhere_only_who_runs_the_place_opens_it(
    public: dict[str, Any], own_machine: None, db: None, client: Client, settings: Any
) -> None:
    for name, value in public.items():
        setattr(settings, name, value)
    assert "manage.py person add" in text_of(client.get("/"))
    assert client.post("/account/signup/", sign_up()).status_code == 403
    assert User.objects.count() == 0


def test_a_sign_up_by_invitation_holds_nothing_of_the_token_or_the_line(link: str) -> None:
    client = came_by(link)
    client.post("/account/signup/", sign_up())
    held = str(dict(client.session))
    assert link.rstrip("/").rsplit("/", 1)[-1] not in held
    assert "Began." not in held and SECRET not in held
