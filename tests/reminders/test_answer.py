"""The page behind a letter's link: it adds, and shows nothing."""

import gzip
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import brotli
import pytest
import time_machine
from allauth.account import signals
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from config import styles
from journal.models import Entry
from reminders import tokens
from reminders.models import WriteLink
from tests import make
from tests.reminders.conftest import DAY, DUE, FRIDAY, MINUTE

CANARY = "heliotrope-canary"
MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def address(ada: User) -> str:
    return address_of(ada)


def address_of(user: User, monday: date = MONDAY, now: datetime = FRIDAY) -> str:
    token, link = tokens.new_link(user, "weekly", now, monday=monday)
    link.save(force_insert=True)
    return f"/w/{token}/"


def three(*words: str, ids: tuple[UUID | str, ...] = ()) -> dict[str, Any]:
    lines = {f"proud-{number}": text for number, text in enumerate(words)}
    return lines | {f"id-{number}": id for number, id in enumerate(ids)}


def kept() -> list[tuple[str, str, date]]:
    entries = Entry.objects.order_by("created_at", "local_date")
    return sorted((entry.kind, entry.body, entry.local_date) for entry in entries)


def words_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_three_lines_become_three_proud_things_of_that_day(client: Client, address: str, ada: User) -> None:
    answer = client.post(address, three("I rested.", "  I asked. ", "I laughed."))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}kept/?n=3")
    day = date(2026, 11, 20)
    assert kept() == [("proud", "I asked.", day), ("proud", "I laughed.", day), ("proud", "I rested.", day)]
    assert list(Entry.objects.of(ada).values_list("zone", flat=True).distinct()) == ["Europe/Lisbon"]
    thanks = words_of(client.get(answer.headers["Location"]))
    assert "Kept." in thanks
    assert thanks.count("#bloom-") == 3
    assert "I rested." not in thanks


def test_what_comes_later_belongs_to_the_last_day_of_the_week_asked_about(
    client: Client, address: str, on_friday: Any
) -> None:
    on_friday.move_to(DUE + 3 * DAY)
    client.post(address, three("I rested."))
    assert kept() == [("proud", "I rested.", date(2026, 11, 22))]


def test_one_line_is_enough(client: Client, address: str) -> None:
    assert client.post(address, three("", "I rested.", "")).status_code == 303
    assert len(kept()) == 1


def test_looking_changes_nothing_and_leaves_nothing_on_the_device(client: Client, address: str) -> None:
    for method in (client.get, client.head):
        answer = method(address)
        assert answer.status_code == 200
        assert answer.cookies == {}
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] == "no-store, private"
    assert kept() == []
    link = WriteLink.objects.get()
    assert link.adds == 0


def test_it_shows_nothing_of_its_owner_even_to_the_owner(ada: User, ada_client: Client, client: Client) -> None:
    ada.name = f"{CANARY} Ada"
    ada.theme = "dark"
    ada.save()
    make.one_of_each(ada, CANARY)
    address = address_of(ada)
    pages = [words_of(who.get(address + rest)) for who in (client, ada_client) for rest in ("", "kept/?n=1")]
    assert [page for page in pages if CANARY in page or ada.email in page or "data-theme" in page] == []


def test_the_page_works_without_cookies_session_or_script(address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = words_of(strict.get(address))
    assert "<script" not in page
    assert "csrfmiddlewaretoken" not in page
    ids = tuple(re.findall(r'name="id-\d" value="([\w-]+)"', page))
    assert len(set(ids)) == 3
    strict.cookies.clear()
    assert strict.post(address, three("I rested.", ids=ids)).status_code == 303
    assert str(Entry.objects.get().pk) == ids[0]


def test_a_form_sent_twice_keeps_once(client: Client, address: str) -> None:
    ids = (uuid4(), uuid4())
    for _ in range(3):
        assert client.post(address, three("I rested.", "I asked.", ids=ids)).status_code == 303
    assert len(kept()) == 2
    assert WriteLink.objects.get().adds == 2


def test_the_same_words_under_new_ids_keep_once(client: Client, address: str) -> None:
    for _ in range(2):
        client.post(address, three("I rested.", ids=(uuid4(),)))
    client.post(address, three("I rested.", "I rested."))
    assert len(kept()) == 1


def test_other_words_under_the_same_id_are_kept_beside(client: Client, address: str) -> None:
    ids = (uuid4(),)
    client.post(address, three("I rested.", ids=ids))
    client.post(address, three("I rested well.", ids=ids))
    assert [body for _, body, _ in kept()] == ["I rested well.", "I rested."]


def test_an_id_of_somebody_elses_entry_gets_a_new_one(client: Client, address: str, ada: User, bea: User) -> None:
    theirs = make.entry(bea, "Mine alone.")
    assert client.post(address, three("I rested.", ids=(theirs.pk,))).status_code == 303
    assert Entry.objects.of(ada).get().pk != theirs.pk
    theirs.refresh_from_db()
    assert (theirs.owner, theirs.body) == (bea, "Mine alone.")


def test_what_is_no_id_is_as_good_as_none(client: Client, address: str) -> None:
    assert client.post(address, three("I rested.", ids=("../../etc",))).status_code == 303
    assert len(kept()) == 1


def test_three_blank_lines_are_answered_kindly(client: Client, address: str) -> None:
    answer = client.post(address, three("", "  \n", ""))
    assert answer.status_code == 422
    assert "One word in one of them is enough." in words_of(answer)
    assert kept() == []


def test_what_cannot_be_seen_is_left_out_and_said(client: Client, address: str) -> None:
    answer = client.post(address, three("I\x00 rested."))
    assert answer.headers["Location"] == f"{address}kept/?n=1&tidied=1"
    assert "left out" in words_of(client.get(answer.headers["Location"]))
    assert [body for _, body, _ in kept()] == ["I rested."]


def test_a_megabyte_of_emoji_is_kept(client: Client, address: str) -> None:
    text = "🌱" * 250_000
    assert client.post(address, three(text)).status_code == 303
    assert Entry.objects.get().body == text


def test_ten_things_come_in_by_one_link_and_the_eleventh_stays_in_its_box(client: Client, address: str) -> None:
    for number in range(3):
        client.post(address, three(*(f"Thing {number} {line}" for line in range(3))))
    answer = client.post(address, three("The tenth.", "The eleventh."))
    assert answer.status_code == 429
    # Nine came in, and two more would be eleven: neither is kept, and no ten are spoken of as kept.
    assert "One link takes ten lines, and these would be more." in words_of(answer)
    assert "The eleventh." in words_of(answer)
    assert len(kept()) == 9
    assert client.post(address, three("The tenth.")).status_code == 303
    assert client.post(address, three("The tenth.")).status_code == 303
    assert client.post(address, three("The eleventh.")).status_code == 429
    assert len(kept()) == 10


def test_more_than_twenty_in_an_hour_wait_with_their_words(client: Client, address: str, on_friday: Any) -> None:
    for _ in range(20):
        assert client.post(address, three("I rested.")).status_code == 303
    answer = client.post(address, three("I slept."))
    assert answer.status_code == 429
    assert "I slept." in words_of(answer)
    assert client.get(address).status_code == 200
    assert client.put(address).status_code == 405
    on_friday.move_to(FRIDAY + 61 * MINUTE)
    assert client.post(address, three("I slept.")).status_code == 303


def test_the_limit_never_answers_in_place_of_gone_cold(db: None, client: Client) -> None:
    for _ in range(25):
        assert client.post("/w/nobody-has-this/", three("I rested.")).status_code == 404


def test_a_cache_that_is_away_limits_nobody(client: Client, address: str, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    assert client.post(address, three("I rested.")).status_code == 303
    cache.close()


@pytest.mark.parametrize("path", ["", "kept/?n=2"])
def test_unknown_closed_and_revoked_links_look_alike(client: Client, ada: User, path: str) -> None:
    closed, revoked = address_of(ada, now=FRIDAY - 15 * DAY), address_of(ada)
    WriteLink.objects.filter(expires_at__gt=FRIDAY).delete()
    pages = [client.get(address + path) for address in (closed, revoked, "/w/nobody-has-this/")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({page.content for page in pages}) == 1
    assert "gone cold" in words_of(pages[0])
    assert client.post(closed, three("Too late.")).status_code == 404
    assert kept() == []


def test_what_is_sent_by_a_link_that_closed_meanwhile_comes_back(client: Client, ada: User) -> None:
    """They look alike from outside, whatever was typed; and what was typed is never lost."""
    closed, revoked = address_of(ada, now=FRIDAY - 15 * DAY), address_of(ada)
    WriteLink.objects.filter(expires_at__gt=FRIDAY).delete()
    typed = three("5", "", "Asked <for> help.\nAnd got it.")
    pages = [client.post(address, typed) for address in (closed, revoked, "/w/nobody-has-this/")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({page.content for page in pages}) == 1
    boxes = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", pages[0].content.decode(), flags=re.S)
    assert boxes == ["5", "Asked &lt;for&gt; help.\nAnd got it."]
    assert "no-store" in pages[0].headers["Cache-Control"]
    line = client.post(closed, {"line": "One line."}).content.decode()
    assert re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", line) == ["One line."]
    assert "<textarea" not in client.post(closed, three("", " ")).content.decode()
    assert kept() == []


def test_a_link_that_is_revoked_while_its_words_come_in_has_closed(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking for the link and locking its row its owner changed their password."""
    look = tokens.link_of

    def looked(token: str, now: datetime) -> WriteLink | None:
        link = look(token, now)
        WriteLink.objects.all().delete()
        return link

    monkeypatch.setattr(tokens, "link_of", looked)
    answer = client.post(address, three("Came home."))
    assert (answer.status_code, "Came home." in words_of(answer), kept()) == (404, True, [])


def test_a_link_works_to_its_last_moment(client: Client, address: str, on_friday: Any) -> None:
    on_friday.move_to(FRIDAY + 14 * DAY - timedelta(seconds=1))
    assert client.get(address).status_code == 200
    on_friday.move_to(FRIDAY + 14 * DAY)
    assert client.get(address).status_code == 404


def test_a_link_from_a_later_clock_works_at_once(client: Client, ada: User) -> None:
    address = address_of(ada, now=DUE + 30 * DAY, monday=date(2026, 12, 21))
    assert client.post(address, three("I rested.")).status_code == 303
    assert kept() == [("proud", "I rested.", date(2026, 11, 20))]


@pytest.mark.parametrize("name", ["password_changed", "password_set", "password_reset", "email_changed"])
def test_a_new_password_or_address_closes_every_link(client: Client, ada: User, bea: User, name: str) -> None:
    hers, theirs = address_of(ada), address_of(bea)
    getattr(signals, name).send(sender=User, request=None, user=ada)
    assert client.get(hers).status_code == 404
    assert client.get(theirs).status_code == 200


def test_changing_the_password_closes_the_links(ada: User, ada_client: Client, client: Client) -> None:
    address = address_of(ada)
    words = {
        "oldpassword": "a long enough secret",
        "password1": "quite another secret",
        "password2": "quite another secret",
    }
    ada_client.post("/account/reauthenticate/", {"password": "a long enough secret"})
    assert ada_client.post("/account/password/change/", words).status_code == 302
    assert client.get(address).status_code == 404


def test_changing_the_address_closes_the_links(ada: User, ada_client: Client, client: Client) -> None:
    address = address_of(ada)
    ada_client.post("/account/reauthenticate/", {"password": "a long enough secret"})
    ada_client.post("/account/email/", {"email": "new@example.com", "action_add": ""})
    ada.refresh_from_db()
    assert ada.email == "new@example.com"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("n", "to"), [("0", 303), ("4", 303), ("x", 303), ("", 303), ("2", 200)])
def test_thanks_are_for_one_two_or_three(client: Client, address: str, n: str, to: int) -> None:
    assert client.get(f"{address}kept/", {"n": n}).status_code == to


def test_another_sites_page_cannot_post_here(client: Client, address: str) -> None:
    answer = client.post(address, three("Not mine."), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert kept() == []


def test_the_page_is_small_before_its_fonts(client: Client, address: str) -> None:
    """What a phone on a slow line loads first: 14 KB at most, and no script."""
    page = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    files = set(re.findall(r'(?:href|src)="/static/([^"#]+)', gzip.decompress(page.content).decode()))
    art = {name for name in files if name.endswith(".svg")}
    assert files - art == {styles.SMALL, *(f"fonts/brygada-1918-latin-{slant}.woff2" for slant in ("roman", "italic"))}
    drawn = [(Path(settings.BASE_DIR) / "static" / name).read_bytes() for name in art]
    weights = [len(brotli.compress(data)) for data in [*drawn, styles.joined(styles.SMALL).encode()]]
    assert len(page.content) + sum(weights) <= 14 * 1024
