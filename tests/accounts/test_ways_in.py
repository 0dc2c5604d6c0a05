"""Passkeys, an app for codes, codes for a lost phone: added, used, taken away, and how they are kept."""

import json
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Access, KeptSecret, User
from accounts.sealed import Sealed
from tests import make
from tests.accounts.conftest import SECRET, code_in
from tests.passkeys import Keeper, asked
from tests.walks.crawl import text_of

PAGE, KEYS, APP, CODES = (f"/settings/sign-in/{part}" for part in ("", "passkeys/", "app/", "codes/"))
KEY_DOOR, SECOND = "/account/login/passkey/", "/account/login/second/"


@pytest.fixture(autouse=True)
def no_limit_is_reached(db: None) -> None:
    cache.clear()


@pytest.fixture
def home() -> Client:
    """A browser on one's own machine, at the name that passkeys can belong to."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def inside(ada: User, home: Client) -> Client:
    sign_in(home)
    return home


def sign_in(client: Client, password: str = SECRET) -> Any:
    return client.post("/account/login/", {"login": "ada@example.com", "password": password})


def add_passkey(client: Client, keeper: Keeper) -> Any:
    options = asked(client.get(KEYS).content.decode())
    return client.post(KEYS, {"credential": json.dumps(keeper.made(options["publicKey"]["challenge"]))})


def open_with(client: Client, keeper: Keeper, owner: User, page: str = KEY_DOOR, **more: str) -> Any:
    options = asked(client.get(page).content.decode())
    credential = keeper.signed(options["publicKey"]["challenge"], str(owner.pk))
    return client.post(page, {"credential": json.dumps(credential), **more})


def secret_on(page: str) -> str:
    return "".join(re.findall(r"<code>([A-Z2-7]{4})</code>", page))


def code_of(secret: str, step: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step)))


def set_up_app(client: Client) -> str:
    secret = secret_on(client.get(APP).content.decode())
    assert client.post(APP, {"code": code_of(secret, -1)}).status_code == 303
    return secret


def shown_codes(client: Client) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())


# Passkeys


def test_a_passkey_opens_the_journal_it_was_made_for(ada: User, inside: Client) -> None:
    keeper = Keeper()
    assert add_passkey(inside, keeper).headers["Location"] == PAGE
    inside.post("/account/logout/")
    answer = open_with(inside, keeper, ada, next="/settings/look/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/look/")
    assert inside.get("/today/").status_code == 200


def test_another_key_opens_nothing(ada: User, bea: User, inside: Client) -> None:
    keeper = Keeper()
    add_passkey(inside, keeper)
    inside.post("/account/logout/")
    for other in (Keeper(), Keeper(id=keeper.id), Keeper(id=keeper.id, key=keeper.key, host="elsewhere.example")):
        assert open_with(inside, other, ada).status_code == 422
    assert open_with(inside, keeper, bea).status_code == 422
    assert open_with(inside, Keeper(id=keeper.id, key=keeper.key, origin="http://elsewhere"), ada).status_code == 422
    assert inside.get("/today/").status_code == 302


def test_what_no_finger_or_pin_was_asked_for_is_no_passkey(ada: User, inside: Client) -> None:
    assert add_passkey(inside, Keeper(verified=False)).status_code == 422
    keeper = Keeper()
    add_passkey(inside, keeper)
    inside.post("/account/logout/")
    assert open_with(inside, Keeper(id=keeper.id, key=keeper.key, verified=False), ada).status_code == 422


@pytest.mark.parametrize(
    "odd",
    ["", "x", "[]", "{}", "null", "1", '{"id": 1}', '{"response": {"userHandle": 5}}', "2" * 5000, "[" * 100_000],
    ids=len,
)
def test_what_is_no_credential_is_answered_with_the_page(odd: str, inside: Client) -> None:
    assert inside.post(KEYS, {"credential": odd}).status_code == 422
    inside.post("/account/logout/")
    inside.get(KEY_DOOR)
    assert inside.post(KEY_DOOR, {"credential": odd}).status_code in (200, 422)


def test_a_password_goes_on_being_enough_beside_a_passkey(ada: User, inside: Client) -> None:
    add_passkey(inside, Keeper())
    inside.post("/account/logout/")
    assert sign_in(inside).headers["Location"] == "/today/"


def test_the_name_of_a_passkey_is_ours(ada: User, inside: Client) -> None:
    inside.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    options = asked(inside.get(KEYS).content.decode())
    inside.post(
        KEYS, {"credential": json.dumps(Keeper().made(options["publicKey"]["challenge"])), "name": "heliotrope"}
    )
    assert Authenticator.objects.get().data["name"] == "Firefox on Linux"


def test_the_last_way_in_stays_until_there_is_another(ada: User, inside: Client) -> None:
    row = make.passkey(ada)
    ada.set_unusable_password()
    ada.save()
    inside.force_login(ada)
    path = f"{KEYS}{row.pk}/deletion/"
    assert inside.post(path).status_code == 303  # asked again first: nothing was proven in this session
    keeper = Keeper()
    Authenticator.objects.filter(pk=row.pk).update(data={"name": "Firefox", "credential": keeper.made()})
    answer = open_with(inside, keeper, ada, "/account/reauthenticate/passkey/", next=path)
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    answer = inside.post(path)
    assert (answer.status_code, Authenticator.objects.count()) == (409, 1)
    make.passkey(ada)
    assert inside.post(path).status_code == 303
    assert Authenticator.objects.count() == 1


def test_bea_cannot_take_away_adas(ada: User, bea_client: Client) -> None:
    row = make.passkey(ada)
    assert bea_client.post(f"{KEYS}{row.pk}/deletion/").status_code == 404
    assert Authenticator.objects.count() == 1


# An app for codes


def test_the_second_step_is_asked_after_a_password_and_takes_each_code_once(ada: User, inside: Client) -> None:
    secret = set_up_app(inside)
    inside.post("/account/logout/")
    assert sign_in(inside).headers["Location"] == SECOND
    assert inside.get("/today/").status_code == 302
    code = code_of(secret)
    assert inside.post(SECOND, {"code": "000000"}).status_code == 422
    assert inside.post(SECOND, {"code": code}).headers["Location"] == "/today/"
    inside.post("/account/logout/")
    sign_in(inside)
    assert inside.post(SECOND, {"code": code}).status_code == 422


def test_a_passkey_opens_without_the_second_step_and_a_code_by_mail_does_not(ada: User, inside: Client) -> None:
    keeper = Keeper()
    add_passkey(inside, keeper)
    secret = set_up_app(inside)
    inside.post("/account/logout/")
    assert open_with(inside, keeper, ada).headers["Location"] == "/today/"
    inside.post("/account/logout/")
    inside.post("/account/login/code/", {"email": ada.email})
    answer = inside.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert answer.headers["Location"] == SECOND
    assert inside.post(SECOND, {"code": code_of(secret)}).headers["Location"] == "/today/"


def test_five_wrong_codes_are_enough_for_a_while(ada: User, inside: Client) -> None:
    secret = set_up_app(inside)
    inside.post("/account/logout/")
    sign_in(inside)
    for _ in range(5):
        assert inside.post(SECOND, {"code": "000000"}).status_code == 422
    answer = inside.post(SECOND, {"code": code_of(secret)})
    assert "That was a good many tries." in text_of(answer)
    assert inside.get("/today/").status_code == 302


def test_words_come_along_through_the_second_step(ada: User, inside: Client) -> None:
    secret = set_up_app(inside)
    inside.post("/account/logout/")
    words = {"again": "/entries/", "again.body": "Rested, and it helped.", "again.kind": "win"}
    page = text_of(inside.post("/account/login/", {"login": ada.email, "password": SECRET, **words}))
    assert ("One more step" in " ".join(page.split()), page.count("Rested, and it helped.")) == (True, 1)
    refused = text_of(inside.post(SECOND, {"code": "000000", **words}))
    assert refused.count("Rested, and it helped.") == 1
    page = text_of(inside.post(SECOND, {"code": code_of(secret), **words}))
    assert 'action="/entries/"' in page
    assert page.count("Rested, and it helped.") == 1


def test_words_come_along_with_a_passkey(ada: User, inside: Client) -> None:
    keeper = Keeper()
    add_passkey(inside, keeper)
    inside.post("/account/logout/")
    words = {"again": "/entries/", "again.body": "Rested, and it helped."}
    assert text_of(inside.post(KEY_DOOR, words)).count("Rested, and it helped.") == 1
    page = text_of(open_with(inside, keeper, ada, **words))
    assert 'action="/entries/"' in page
    assert page.count("Rested, and it helped.") == 1


def test_taking_the_app_away_takes_its_codes_and_every_secret(ada: User, inside: Client) -> None:
    set_up_app(inside)
    assert KeptSecret.objects.count() == 2
    assert inside.post(f"{APP}deletion/").headers["Location"] == PAGE
    assert (Authenticator.objects.count(), KeptSecret.objects.count()) == (0, 0)
    inside.post("/account/logout/")
    assert sign_in(inside).headers["Location"] == "/today/"


# How it is kept


def test_no_secret_stands_where_it_can_be_read(ada: User, inside: Client) -> None:
    page = inside.get(APP).content.decode()
    secret = secret_on(page)
    assert secret_on(inside.get(APP).content.decode()) == secret
    waiting = json.dumps(dict(inside.session))
    inside.post(APP, {"code": code_of(secret, -1)})
    rows = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert [place for place in (waiting, rows) if secret in place] == []
    sealed = KeptSecret.objects.values_list("secret", flat=True)
    assert [type(one) for one in sealed] == [Sealed, Sealed]
    assert [one.secret for one in KeptSecret.objects.all() if one.secret == secret] == [secret]


def test_a_secret_of_ada_in_beas_row_opens_nothing(ada: User, bea: User, inside: Client, client: Client) -> None:
    secret = set_up_app(inside)
    data = Authenticator.objects.get(type="totp").data
    Authenticator.objects.create(user=bea, type="totp", data=data)
    client.post("/account/login/", {"login": bea.email, "password": "another long secret"})
    assert client.post(SECOND, {"code": code_of(secret)}).status_code == 409
    assert client.get("/today/").status_code == 302


# Codes for a lost phone


def test_codes_are_shown_once_and_each_is_good_once(ada: User, inside: Client) -> None:
    set_up_app(inside)
    codes = shown_codes(inside)
    assert len(set(codes)) == 10
    kept = inside.get(f"{CODES}file/")
    assert re.findall(r"^\d{8}$", kept.content.decode(), flags=re.M) == codes
    assert (kept.headers["Content-Disposition"], kept.headers["Cache-Control"]) == (
        'attachment; filename="codes.txt"',
        "no-store, private",
    )
    inside.post(CODES, {"kept": "1"})
    assert shown_codes(inside) == []
    assert inside.get(f"{CODES}file/").status_code == 303
    for answer in (302, 422):
        inside.post("/account/logout/")
        sign_in(inside)
        assert inside.post(SECOND, {"code": codes[0]}).status_code == answer


def test_codes_go_from_the_page_after_ten_minutes(ada: User, inside: Client) -> None:
    set_up_app(inside)
    row = Authenticator.objects.get(type="recovery_codes")
    for minutes, shown in ((9, 10), (11, 0)):
        made = row.created_at - timedelta(minutes=minutes)
        Authenticator.objects.filter(pk=row.pk).update(created_at=made)
        assert len(shown_codes(inside)) == shown


def test_new_codes_take_the_place_of_the_old_ones(ada: User, inside: Client) -> None:
    set_up_app(inside)
    old = shown_codes(inside)
    assert inside.post(CODES).headers["Location"] == CODES
    new = shown_codes(inside)
    assert (len(new), set(old) & set(new)) == (10, set())
    assert KeptSecret.objects.count() == 2
    inside.post("/account/logout/")
    sign_in(inside)
    assert inside.post(SECOND, {"code": old[0]}).status_code == 422
    assert inside.post(SECOND, {"code": new[0]}).status_code == 302


# Whoever asks


@pytest.mark.parametrize("path", [KEYS, APP, f"{APP}deletion/", CODES, f"{CODES}file/"])
def test_a_door_is_changed_only_a_moment_after_somebody_proved_who_they_are(
    path: str, ada: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(ada)
    for method in (client.get, client.post):
        if "file" in path and method == client.post:
            continue
        answer = method(path)
        where = f"/account/reauthenticate/?next={path.replace('/', '%2F')}"
        assert (answer.status_code, answer.headers["Location"]) == (303, where)
    assert (Authenticator.objects.count(), KeptSecret.objects.count()) == (0, 0)


def test_what_changes_is_noted_and_written_to_its_owner(transactional_db: None, ada: User, inside: Client) -> None:
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    mail.outbox.clear()
    add_passkey(inside, Keeper())
    set_up_app(inside)
    inside.post(CODES)
    inside.post(f"{KEYS}{Authenticator.objects.get(type='webauthn').pk}/deletion/")
    inside.post(f"{APP}deletion/")
    steps = list(Access.objects.exclude(what="signed_in").values_list("what", flat=True))
    assert sorted(steps) == ["app", "codes", "codes", "no_app", "no_passkey", "passkey"]
    assert {one.subject for one in mail.outbox} == {"About your journal"}
    assert len(mail.outbox) == 5


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_however_many_there_are(many: int, ada: User, ada_client: Client) -> None:
    for _ in range(many):
        make.passkey(ada)
    ada_client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        page = text_of(ada_client.get(PAGE))
    assert page.count("Take it away") == many
    assert len(asked_for) == 3
