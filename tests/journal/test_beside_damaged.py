"""Where a text beside an entry does not open: its page says so, everything else stands, nothing is written over."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.sealed import Sealed
from journal.models import Brought, Decision, Doubt, Entry, Evidence, Meeting, Revisit, ThenNow
from tests import make
from tests.journal.pages import text_of

BROKEN = Sealed(b"\x01\x01" + b"x" * 40)
SOME = "Some of what belongs here can’t be opened; it is kept as it is."
WHOLE = "This entry can’t be opened"


def page(ada: User, kind: str) -> Entry:
    return make.entry(ada, f"Of {kind}.", kind=kind)


@pytest.mark.parametrize(
    ("kind", "noun", "broken", "stands", "form"),
    [
        ("doubt", Doubt, "fear", "guard", "answer"),
        ("decision", Decision, "want", "decided", "decision"),
        ("meeting", Meeting, "helpful", "takeaway", "meeting"),
    ],
)
def test_a_record_that_does_not_open_is_said_and_stays(
    kind: str, noun: Any, broken: str, stands: str, form: str, ada: User, ada_client: Client
) -> None:
    entry = page(ada, kind)
    noun.write(entry, **{broken: "Gone.", stands: "Still here."})
    noun.objects.of(ada).update(**{broken: BROKEN})
    for address in (f"/entries/{entry.pk}/", "/entries/"):
        told = text_of(ada_client.get(address))
        assert f"Of {kind}." in told, address
        assert (SOME in told) is (kind != "doubt" or address != "/entries/")
    refused = ada_client.post(f"/entries/{entry.pk}/{form}/", {broken: "Written over."})
    assert refused.status_code == 409
    assert bytes(noun.objects.of(ada).get().sealed_bytes(broken)) == bytes(BROKEN)


def test_what_is_known_by_now_and_does_not_open_is_not_asked_for_again(ada: User, ada_client: Client) -> None:
    entry = page(ada, "decision")
    Revisit.ask(entry, make.NOON.date())
    Revisit.objects.of(ada).update(known=BROKEN)
    assert ada_client.get(f"/entries/{entry.pk}/").status_code == 200
    assert ada_client.get("/today/").status_code == 200
    assert ada_client.post(f"/entries/{entry.pk}/revisit/", {"known": "Written over."}).status_code == 409
    assert bytes(Revisit.objects.of(ada).get().sealed_bytes("known")) == bytes(BROKEN)


def test_an_entry_that_does_not_open_lies_there_all_the_same(ada: User, ada_client: Client) -> None:
    doubt, meeting, win = page(ada, "doubt"), page(ada, "meeting"), make.entry(ada)
    Evidence.lay(doubt, [win])
    Brought.lay(meeting, [win])
    Entry.objects.of(ada).filter(pk=win.pk).update(body=BROKEN)
    for address in (f"/entries/{doubt.pk}/", f"/entries/{doubt.pk}/evidence/", f"/entries/{meeting.pk}/meeting/"):
        assert WHOLE in text_of(ada_client.get(address)), address


def test_an_old_page_that_does_not_open_leaves_the_new_one_whole(ada: User, ada_client: Client) -> None:
    old, now = page(ada, "doubt"), page(ada, "then_now")
    ThenNow.lay(now, old)
    Entry.objects.of(ada).filter(pk=old.pk).update(body=BROKEN)
    told = text_of(ada_client.get(f"/entries/{now.pk}/"))
    assert ("Of then_now." in told, WHOLE in told) == (True, True)
    assert ada_client.get("/then-and-now/").status_code == 200
    assert WHOLE in text_of(ada_client.get(f"/entries/{old.pk}/then-and-now/"))
