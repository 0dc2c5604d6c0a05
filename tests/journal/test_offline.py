"""What a device sends that was written without a network; the page, the worker and the manifest it has for that."""

import base64
import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from accounts import device_keys
from accounts.models import DeviceKey, User
from journal.models import Entry
from journal.models.draft import Draft

CANARY = "heliotrope"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def key_of(client: Client, held: str = "") -> dict[str, str]:
    answer: dict[str, str] = client.post("/offline/keys/", {"id": held}).json()
    return answer


def sealed(public: str, words: bytes, id: str) -> str:
    """As the worker does it."""
    own, nonce = ec.generate_private_key(device_keys.CURVE), secrets.token_bytes(12)
    other = ec.EllipticCurvePublicKey.from_encoded_point(device_keys.CURVE, base64.b64decode(public))
    text = AESGCM(device_keys.shared(own, other)).encrypt(nonce, words, id.encode())
    return base64.b64encode(device_keys.point(own.public_key()) + nonce + text).decode()


def capture(key: dict[str, str], at: datetime | str = NOW, **fields: Any) -> dict[str, str]:
    id = str(uuid4())
    at = at if isinstance(at, str) else at.isoformat().replace("+00:00", "Z")
    said = {"fields": {"kind": "win", "body": CANARY} | fields, "at": at}
    return {"id": id, "key": key["id"], "sealed": sealed(key["public"], json.dumps(said).encode(), id)}


def send(client: Client, posted: dict[str, str]) -> int:
    return client.post("/offline/captures/", posted).status_code


def kept(user: User) -> list[tuple[str, str]]:
    return [(entry.kind, entry.body) for entry in Entry.objects.of(user).order_by("created_at")]


# What comes in


def test_it_is_kept_once_however_often_it_arrives(ada: User, ada_client: Client) -> None:
    posted = capture(key_of(ada_client))
    assert [send(ada_client, posted) for _ in range(3)] == [204, 204, 204]
    assert kept(ada) == [("win", CANARY)]
    assert str(Entry.objects.of(ada).get().pk) == posted["id"]


@pytest.mark.parametrize("kind", ["win", "setback", "proud"])
def test_each_gesture_is_kept_as_what_it_is(kind: str, ada: User, ada_client: Client) -> None:
    assert send(ada_client, capture(key_of(ada_client), kind=kind)) == 204
    assert kept(ada) == [(kind, CANARY)]


@time_machine.travel("2026-11-22T09:00:00Z", tick=False)
def test_it_belongs_to_the_day_on_which_it_was_written(ada: User, ada_client: Client) -> None:
    key = key_of(ada_client)
    for at in ("2026-11-20T23:30:00Z", "2031-01-01T00:00:00Z", "no time at all"):
        assert send(ada_client, capture(key, at)) == 204
    days = sorted(entry.local_date.isoformat() for entry in Entry.objects.of(ada))
    assert days == ["2026-11-20", "2026-11-22", "2026-11-22"]


def test_a_form_that_holds_no_more_loses_no_word(ada: User, ada_client: Client) -> None:
    posted = capture(key_of(ada_client), milestone=str(uuid4()), local_date="2999-01-01")
    assert send(ada_client, posted) == 204
    assert kept(ada) == [("win", CANARY)]


def test_the_draft_of_the_same_form_goes(ada: User, ada_client: Client) -> None:
    mark = re.findall(r'name="draft" value="([^"]+)"', ada_client.get("/today/").content.decode())[0]
    ada_client.post("/drafts/", {"draft": mark, "kind": "win", "body": CANARY})
    assert Draft.kept_by(ada).count() == 1
    assert send(ada_client, capture(key_of(ada_client), draft=mark)) == 204
    assert Draft.kept_by(ada).count() == 0


def test_words_that_cannot_be_an_entry_wait_for_their_writer_once(ada: User, ada_client: Client) -> None:
    posted = capture(key_of(ada_client), kind="a kind of tomorrow")
    assert [send(ada_client, posted) for _ in range(2)] == [202, 202]
    assert (kept(ada), Draft.kept_by(ada).count()) == ([], 1)
    assert CANARY in ada_client.get("/drafts/").content.decode()


def test_in_a_full_book_they_stand_in_their_form_again(ada: User, ada_client: Client, settings: Any) -> None:
    key, settings.ONWARD_MOST_ENTRIES = key_of(ada_client), 0
    assert send(ada_client, capture(key)) == 202
    assert re.search(rf"<textarea[^>]*>\s*{CANARY}</textarea>", ada_client.get("/today/").content.decode())
    assert kept(ada) == []


def test_without_room_for_drafts_they_stay_on_the_device(
    ada: User, ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Draft, "MOST", 0)
    assert send(ada_client, capture(key_of(ada_client), kind="a kind of tomorrow")) == 422


@pytest.mark.parametrize("words", [b"", b"{}", b"[1]", b"\xff", b'{"fields": 1, "at": ""}', b'{"fields": {}, "at": 3}'])
def test_what_holds_nothing_is_refused(words: bytes, ada: User, ada_client: Client) -> None:
    key, id = key_of(ada_client), str(uuid4())
    assert send(ada_client, {"id": id, "key": key["id"], "sealed": sealed(key["public"], words, id)}) == 422
    assert kept(ada) == []


def test_what_was_changed_on_its_way_is_refused(ada: User, ada_client: Client) -> None:
    posted = capture(key_of(ada_client))
    raw = base64.b64decode(posted["sealed"])
    point = base64.b64encode(b"\4" + b"\0" * 64 + raw[65:]).decode()
    wrong = [raw[:-1] + bytes([raw[-1] ^ 1]), raw[:40], b""]
    tried = [{"sealed": base64.b64encode(one).decode()} for one in wrong]
    tried += [{"sealed": point}, {"sealed": "no base64"}, {"id": str(uuid4())}, {"id": "none"}]
    assert [send(ada_client, posted | one) for one in tried] == [422] * 7
    assert kept(ada) == []


def test_nobody_else_lets_it_in(ada_client: Client, bea: User, bea_client: Client) -> None:
    posted = capture(key_of(ada_client))
    assert send(bea_client, posted) == 404
    assert send(bea_client, posted | {"key": key_of(bea_client)["id"]}) == 422
    assert kept(bea) == []
    assert Client().post("/offline/captures/", posted).status_code in (302, 403)


# The key


def test_a_session_has_one_key_and_its_device_keeps_it(ada: User, client_of: Callable[[User], Client]) -> None:
    client = client_of(ada)
    first = key_of(client)
    assert key_of(client)["id"] == first["id"]
    assert key_of(client_of(ada), held=first["id"])["id"] == first["id"]
    assert key_of(client_of(ada))["id"] != first["id"]


def test_a_key_of_somebody_else_is_not_handed_out(ada_client: Client, bea_client: Client) -> None:
    assert key_of(bea_client, held=key_of(ada_client)["id"])["id"] != key_of(ada_client)["id"]


def test_the_half_that_opens_never_leaves_and_is_sealed_here(ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/offline/keys/")
    private = DeviceKey.objects.get(owner=ada).private
    assert len(private) == 64
    assert private.encode() not in answer.content
    assert base64.b64encode(bytes.fromhex(private)) not in answer.content
    assert private not in json.dumps(dict(ada_client.session))


def test_a_token_for_the_worker_brings_no_cookie(ada_client: Client) -> None:
    """It could come after a page’s own, whose forms would then be refused."""
    early = ada_client.get("/offline/keys/")
    assert (early.status_code, "csrftoken" in early.cookies) == (204, False)
    ada_client.get("/settings/look/")
    answer = ada_client.get("/offline/keys/")
    assert (answer.status_code, len(answer.json()["token"]), "csrftoken" in answer.cookies) == (200, 64, False)


def test_an_odd_cookie_gives_the_worker_no_token(ada_client: Client) -> None:
    ada_client.cookies["csrftoken"] = "odd"
    answer = ada_client.get("/offline/keys/")
    assert (answer.status_code, "csrftoken" in answer.cookies) == (204, False)


@pytest.mark.parametrize("door", ["/account/logout/", "/account/logout/everywhere/"])
def test_it_is_gone_with_the_closed_book(door: str, ada: User, client_of: Callable[[User], Client]) -> None:
    here, elsewhere = client_of(ada), client_of(ada)
    posted, other = capture(key_of(here)), key_of(elsewhere)
    here.post(door)
    assert [str(key.pk) for key in DeviceKey.objects.filter(owner=ada)] == [other["id"]]
    assert send(client_of(ada), posted) == 404


def test_a_session_that_only_ended_leaves_it(ada: User, client_of: Callable[[User], Client]) -> None:
    client = client_of(ada)
    posted = capture(key_of(client))
    client.session.flush()
    assert send(client, posted) in (302, 403)
    assert send(client_of(ada), posted) == 204
    assert kept(ada) == [("win", CANARY)]


def test_words_of_somebody_else_stay_where_the_book_is_closed(ada_client: Client) -> None:
    answer = ada_client.post("/account/logout/", headers={"Others-Wait": "1"})
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies"'


def test_a_device_that_is_seen_no_more_is_forgotten(ada: User, ada_client: Client) -> None:
    key_of(ada_client)
    now = DeviceKey.objects.get(owner=ada).seen_at
    device_keys.tick(now + DeviceKey.KEPT)
    assert DeviceKey.objects.count() == 1
    device_keys.tick(now + DeviceKey.KEPT + timedelta(seconds=1))
    assert DeviceKey.objects.count() == 0


# The page, the worker, the manifest


def test_the_page_is_the_same_for_everybody(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(theme="dark", face="plain")
    answers = [client.get("/offline/") for client in (Client(), ada_client)]
    assert answers[0].content == answers[1].content
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-cache"] * 2
    assert answers[0].cookies == {}


def test_the_worker_keeps_static_files_and_that_page_alone(db: None) -> None:
    answer = Client().get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    files = json.loads(re.findall(r"FILES = (\[.*?\])", answer.content.decode())[0])
    assert [path for path in files if not path.startswith("/static/")] == []
    assert "/offline/" in answer.content.decode()
    again = Client().get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")


def test_a_page_names_the_key_of_its_device_or_none(ada_client: Client, db: None) -> None:
    assert 'data-key=""' in ada_client.get("/ways/").content.decode()
    session = ada_client.session
    session[device_keys.IN_SESSION] = "6f1c5e0e"
    session.save()
    assert 'data-key="6f1c5e0e"' in ada_client.get("/ways/").content.decode()
    assert "data-key" not in Client().get("/").content.decode()


def test_the_worker_asks_no_database(django_assert_num_queries: Any, ada_client: Client) -> None:
    with django_assert_num_queries(0):
        assert ada_client.get("/sw.js").status_code == 200
        assert ada_client.get("/manifest.webmanifest").status_code == 200


def test_the_worker_says_nothing_aloud() -> None:
    for name in ("js/worker.js", "js/waiting.js"):
        script = Path(str(finders.find(name))).read_text()
        assert re.findall(r"console\.|localStorage|sessionStorage|document\.cookie", script) == []


def test_the_manifest_names_what_is_there() -> None:
    answer = Client().get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert (said["start_url"], said["scope"], said["display"]) == ("/today/", "/", "standalone")
    share = said["share_target"]
    assert (share["action"], share["method"]) == ("/share/", "POST")
    found = {(one["sizes"], one["purpose"]) for one in said["icons"]}
    assert found == {(f"{size}x{size}", purpose) for size in (192, 512) for purpose in ("any", "maskable")}
    for one in said["icons"]:
        with Image.open(str(finders.find(one["src"].removeprefix("/static/")))) as image:
            assert f"{image.width}x{image.height}" == one["sizes"]


def test_whoever_is_not_signed_in_loads_no_more_than_there_is_to_do(ada_client: Client) -> None:
    """Nothing is swapped on a stranger's page, and there is nothing yet to put beside other programs."""
    names = ("manifest.webmanifest", "htmx-2", "htmx-config", "js/onward")
    pages = [client.get(path).content.decode() for client, path in ((Client(), "/"), (ada_client, "/today/"))]
    assert [[name for name in names if name in page] for page in pages] == [["js/onward"], list(names)]


# Words from another program


def test_what_is_shared_stands_in_the_composer_and_is_not_kept(ada: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    answer = client.post("/share/", {"title": "A title", "text": CANARY, "url": "https://example.com/a"})
    assert answer.status_code == 200
    assert f"A title\n{CANARY}\nhttps://example.com/a</textarea>" in answer.content.decode()
    assert kept(ada) == []
    assert client.get("/share/").headers["Location"] == "/today/"


def test_what_is_shared_comes_along_through_the_door(db: None) -> None:
    answer = Client().post("/share/", {"text": CANARY})
    assert answer.status_code == 403
    assert CANARY in answer.content.decode()


def test_no_other_site_shares_anything(ada_client: Client) -> None:
    answer = ada_client.post("/share/", {"text": CANARY}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert CANARY not in answer.content.decode()
