"""A file from elsewhere: looked through, approved, kept, undone; in any order that a person or a crash can think of."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from accounts.models import Access, User
from journal.importing import work
from journal.models import Chunk, Entry, Import, Imported, Measure, Offering, Reading, Theme
from tests import make
from tests.journal.pages import text_of, words_of

NOW = make.NOON
TEXT = """2026-03-01
The first page, and a canary.

## 2026-03-04 Wednesday
A second one.
With another line.

2026-13-40
belongs to the second.
"""


@pytest.fixture(autouse=True)
def on_friday() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def upload(client: Client, content: str | bytes, source: str = "text", name: str = "My heliotrope diary.txt") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/import/", {"source": source, "file": SimpleUploadedFile(name, data)})


def brought(client: Client, content: str | bytes, source: str = "text") -> Import:
    answer = upload(client, content, source)
    assert answer.status_code == 303, text_of(answer)
    found: Import = Import.objects.get(pk=answer["Location"].split("/")[2])
    return found


def kept(client: Client, content: str | bytes, source: str = "text", **fields: str) -> Import:
    incoming = brought(client, content, source)
    assert client.post(f"/import/{incoming.pk}/approval/", fields).status_code == 303
    incoming.refresh_from_db()
    return incoming


def test_a_file_is_looked_through_and_nothing_is_kept_yet(ada_client: Client) -> None:
    incoming = brought(ada_client, TEXT)
    page = ada_client.get(f"/import/{incoming.pk}/")
    assert "From 1 March 2026 to 4 March 2026." in text_of(page)
    assert "Notes 2" in text_of(page) and "Nothing has been added to your journal yet" in text_of(page)
    assert "The first page, and a canary." in text_of(page)
    assert Entry.objects.count() == 0


def test_what_is_approved_is_kept_with_its_days(ada: User, ada_client: Client) -> None:
    incoming = kept(ada_client, TEXT)
    assert [(row.local_date, row.kind, row.body, row.zone) for row in Entry.objects.of(ada).order_by("local_date")] == [
        (date(2026, 3, 1), "note", "The first page, and a canary.", "Europe/Lisbon"),
        (
            date(2026, 3, 4),
            "note",
            "A second one.\nWith another line.\n\n2026-13-40\nbelongs to the second.",
            "Europe/Lisbon",
        ),
    ]
    assert (incoming.state, incoming.kept, incoming.known, incoming.skipped) == ("kept", 2, 0, 0)
    assert "Kept 2" in text_of(ada_client.get(f"/import/{incoming.pk}/"))
    assert Chunk.objects.count() == 0


def test_the_same_file_twice_adds_nothing(ada: User, ada_client: Client) -> None:
    kept(ada_client, TEXT)
    again = brought(ada_client, TEXT)
    page = text_of(ada_client.get(f"/import/{again.pk}/"))
    assert "2 of these stand here already" in page and "keeping it adds nothing" in page
    assert "Nothing has been added to your journal yet" not in page
    ada_client.post(f"/import/{again.pk}/approval/")
    again.refresh_from_db()
    assert (again.kept, again.known, Entry.objects.of(ada).count()) == (0, 2, 2)


def test_approved_twice_it_is_kept_once(ada: User, ada_client: Client) -> None:
    incoming = kept(ada_client, TEXT)
    ada_client.post(f"/import/{incoming.pk}/approval/")
    assert Entry.objects.of(ada).count() == 2
    for _press in range(2):
        ada_client.post(f"/import/{incoming.pk}/reversal/")
    assert list(Access.objects.filter(owner=ada).order_by("what").values_list("what", "more")) == [
        ("import", "text"),
        ("reversal", "text"),
    ]


def test_the_whole_is_taken_out_again(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Mine.")
    incoming = kept(ada_client, TEXT)
    ada_client.post(f"/import/{incoming.pk}/reversal/")
    assert [row.body for row in Entry.objects.of(ada)] == ["Mine."]
    incoming.refresh_from_db()
    assert incoming.state == "undone"
    assert kept(ada_client, TEXT).kept == 2


def test_what_was_changed_since_stays_and_is_said(ada: User, ada_client: Client, on_friday: Any) -> None:
    incoming = kept(ada_client, TEXT)
    on_friday.shift(60)
    entry = Entry.objects.of(ada).get(local_date=date(2026, 3, 4))
    entry.change(1, body="Said otherwise.")
    ada_client.post(f"/import/{incoming.pk}/reversal/")
    assert [row.body for row in Entry.objects.of(ada)] == ["Said otherwise."]
    assert "One thing stayed" in text_of(ada_client.get(f"/import/{incoming.pk}/"))


def test_under_a_clock_that_runs_nothing_counts_as_changed(ada: User, ada_client: Client, on_friday: Any) -> None:
    with time_machine.travel(NOW, tick=True):
        incoming = kept(ada_client, DAYLIO, "daylio")
        ada_client.post(f"/import/{incoming.pk}/reversal/")
    assert [noun.objects.of(ada).count() for noun in (Entry, Measure, Reading, Theme)] == [0, 0, 0, 0]


def test_that_pages_came_and_went_is_noted_once_each(ada: User, ada_client: Client) -> None:
    incoming = kept(ada_client, TEXT)
    for address in ("approval", "reversal", "reversal"):
        ada_client.post(f"/import/{incoming.pk}/{address}/")
    noted = Access.objects.filter(owner=ada, what__in=[Access.What.IMPORT, Access.What.REVERSAL])
    assert sorted(noted.values_list("what", "more")) == [("import", "text"), ("reversal", "text")]


def test_after_thirty_days_it_stays(ada: User, ada_client: Client, on_friday: Any) -> None:
    incoming = kept(ada_client, TEXT)
    on_friday.shift(timedelta(days=31))
    assert "Take all of it out" not in words_of(ada_client.get(f"/import/{incoming.pk}/"))
    ada_client.post(f"/import/{incoming.pk}/reversal/")
    assert Entry.objects.of(ada).count() == 2


def test_a_tick_works_off_what_waits(ada: User) -> None:
    incoming = Import.take_in(ada, NOW, source="text", name="x.txt", pieces=[TEXT.encode()])
    assert incoming.state == "reading"
    call_command("tick", "--now", NOW.isoformat())
    incoming.refresh_from_db()
    assert (incoming.state, incoming.total, incoming.lease) == ("ready", 2, None)
    incoming.approve(NOW, {})
    call_command("tick", "--now", NOW.isoformat())
    incoming.refresh_from_db()
    assert (incoming.state, incoming.kept) == ("kept", 2)


def test_one_process_at_a_time_holds_a_file(ada: User) -> None:
    incoming = Import.take_in(ada, NOW, source="text", name="x.txt", pieces=[TEXT.encode()])
    held = Import.claim(NOW)
    assert held is not None and Import.claim(NOW) is None
    assert Import.claim(NOW + timedelta(minutes=3)) == incoming
    with pytest.raises(work.Lost):
        held.held(NOW)


def test_a_file_that_nobody_approved_is_destroyed_after_a_week(ada: User, ada_client: Client) -> None:
    brought(ada_client, TEXT)
    call_command("tick", "--now", (NOW + timedelta(days=6)).isoformat())
    assert (Import.objects.count(), Chunk.objects.count()) == (1, 1)
    call_command("tick", "--now", (NOW + timedelta(days=8)).isoformat())
    assert (Import.objects.count(), Chunk.objects.count()) == (0, 0)


def test_what_cannot_be_read_says_why_and_leaves_nothing(ada_client: Client) -> None:
    incoming = brought(ada_client, b"PK\x03\x04 broken off", source="day_one")
    page = ada_client.get(f"/import/{incoming.pk}/")
    assert "Nothing was kept" in text_of(page)
    assert "This file breaks off or is damaged." in text_of(page)
    assert (Chunk.objects.count(), Imported.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source": "text"}, "A file goes here."),
        ({"source": "another"}, "That journal isn’t one we can read yet."),
        ({"source": "text", "file": SimpleUploadedFile("x.txt", b"")}, "There is nothing in this file."),
    ],
)
def test_what_cannot_be_taken_is_422(ada_client: Client, fields: dict[str, Any], said: str) -> None:
    answer = ada_client.post("/import/", fields)
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert Import.objects.count() == 0


def test_the_sixth_file_in_an_hour_waits(ada_client: Client) -> None:
    codes = [upload(ada_client, TEXT).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]


def test_the_same_form_sent_twice_is_one_file(ada_client: Client, bea_client: Client) -> None:
    form = {"id": "6f1c5e0e-0000-4000-8000-000000000001", "source": "text"}
    sent = [
        client.post("/import/", form | {"file": SimpleUploadedFile("x.txt", TEXT.encode())})["Location"]
        for client in (ada_client, ada_client, bea_client)
    ]
    assert sent[0] == sent[1] == f"/import/{form['id']}/" != sent[2]
    assert (Import.objects.count(), Chunk.objects.count()) == (2, 2)


def test_an_upload_that_broke_off_can_be_sent_again(ada: User, ada_client: Client) -> None:
    def breaking_off() -> Iterator[bytes]:
        yield b"2026-11-19\n"
        raise OSError

    id = uuid4()
    with pytest.raises(OSError):
        Import.take_in(ada, NOW, source="text", name="diary.txt", pieces=breaking_off(), id=id)
    file = SimpleUploadedFile("diary.txt", b"2026-11-19\nRested.\n")
    answer = ada_client.post("/import/", {"source": "text", "file": file, "id": str(id)}, follow=True)
    assert answer.status_code == 200
    assert [one.state for one in Import.objects.shown()] == ["ready"]


def test_bea_sees_nothing_of_it(ada_client: Client, bea_client: Client) -> None:
    incoming = brought(ada_client, TEXT)
    for path in ("", "report/"):
        assert bea_client.get(f"/import/{incoming.pk}/{path}").status_code == 404
    for path in ("approval/", "reversal/", "deletion/"):
        assert bea_client.post(f"/import/{incoming.pk}/{path}").status_code == 404
    assert "heliotrope" not in words_of(bea_client.get("/import/"))
    assert kept(bea_client, TEXT).kept == 2


# An import lets nothing offer itself


def years(of: int = 40) -> str:
    days = [NOW.date() - timedelta(days=9 * number) for number in range(of)]
    return "".join(f"{day}\nBegan again. #sauces\n" for day in days)


def test_an_import_lets_nothing_offer_itself(ada: User, ada_client: Client, on_friday: Any) -> None:
    assert kept(ada_client, years()).kept == 40
    before = ada_client.get("/today/")
    assert "settings/reminders/offer" not in words_of(before)
    for day in range(3):
        on_friday.move_to(NOW + timedelta(days=day))
        ada_client.post("/entries/", {"kind": "win", "body": f"Day {day}."})
    assert list(Offering.objects.of(ada)) == []


def test_days_from_elsewhere_are_none_of_the_three_before_and_to_yourself(ada: User, ada_client: Client) -> None:
    for ago in (9, 1):
        make.entry(ada, f"Day {ago}.", on=NOW.date() - timedelta(days=ago))
    kept(ada_client, f"{NOW.date() - timedelta(days=5)}\n\nFrom elsewhere.\n")
    assert Entry.objects.of(ada).count() == 3
    assert "And to yourself?" not in ada_client.get("/today/").content.decode()
    make.entry(ada, "A third day.", on=NOW.date() - timedelta(days=2))
    assert "And to yourself?" in ada_client.get("/today/").content.decode()


def test_what_is_kept_here_beside_an_import_offers_as_it_would(ada: User, ada_client: Client, on_friday: Any) -> None:
    kept(ada_client, years())
    for day in range(4):
        on_friday.move_to(NOW + timedelta(days=day))
        ada_client.post("/entries/", {"kind": "win", "body": f"Day {day}."})
    assert [row.practice for row in Offering.objects.of(ada)] == ["doubt"]


# Words of the file, and themes


JRNL = """{"tags": {}, "entries": [
  {"title": "Stock on.", "body": "", "date": "2026-02-01", "time": "08:00", "tags": ["@Crème", "@stove"]},
  {"title": "Stock off.", "body": "", "date": "2026-02-02", "time": "08:00", "tags": ["@creme", "@Stoves"]}]}"""


def themes_of(user: User) -> dict[str, list[str]]:
    return {row.body: sorted(theme.name for theme in row.themes.all()) for row in Entry.objects.of(user)}


def test_a_word_goes_to_the_theme_that_is_spelt_like_it(ada: User, ada_client: Client) -> None:
    Theme.named(ada, ["creme"])
    kept(ada_client, JRNL, "jrnl")
    assert themes_of(ada) == {"Stock on.": ["creme", "stove"], "Stock off.": ["Stoves", "creme"]}


def test_a_word_goes_where_somebody_says(ada: User, ada_client: Client) -> None:
    [mine] = Theme.named(ada, ["Kitchen"])
    incoming = brought(ada_client, JRNL, "jrnl")
    page = words_of(ada_client.get(f"/import/{incoming.pk}/"))
    labels = dict(re.findall(r'<label for="id_(tag-\d+)"><bdi>([^<]+)</bdi>', page))
    names = {word: name for name, word in labels.items()}
    fields = {names["Crème"]: str(mine.pk), names["Stoves"]: f"~{names['stove'][4:]}"}
    ada_client.post(f"/import/{incoming.pk}/approval/", fields)
    assert themes_of(ada) == {"Stock on.": ["Kitchen", "stove"], "Stock off.": ["Kitchen", "stove"]}


def test_a_word_can_be_left_out(ada: User, ada_client: Client) -> None:
    kept(ada_client, JRNL, "jrnl", **{"tag-0": "left", "tag-1": "left", "tag-2": "left"})
    assert themes_of(ada) == {"Stock on.": [], "Stock off.": []}


def test_a_choice_that_is_none_is_422(ada: User, ada_client: Client) -> None:
    incoming = brought(ada_client, JRNL, "jrnl")
    assert ada_client.post(f"/import/{incoming.pk}/approval/", {"tag-0": "elsewhere"}).status_code == 422
    assert Entry.objects.of(ada).count() == 0


# Numbers


DAYLIO = """full_date,date,weekday,time,mood,activities,note_title,note
2026-03-04,March 4,Wednesday,20:00,good,rest | walk,,A slow day.
2026-03-04,March 4,Wednesday,08:00,bad,,,
2026-03-03,March 3,Tuesday,20:00,cosy,,,
"""


def test_moods_become_a_measure_and_a_word_nobody_can_count_stays_a_word(ada: User, ada_client: Client) -> None:
    kept(ada_client, DAYLIO, "daylio")
    assert [(row.name, row.kind, row.pinned_at) for row in Measure.objects.of(ada)] == [("Mood", "scale", None)]
    assert [(str(row.local_date), row.value, row.values_before) for row in Reading.objects.of(ada)] == [
        ("2026-03-04", "2", ["4"])
    ]
    assert sorted((str(row.local_date), row.body) for row in Entry.objects.of(ada)) == [
        ("2026-03-03", "Mood: cosy"),
        ("2026-03-04", "A slow day."),
    ]


def test_a_reading_of_ones_own_stays(ada: User, ada_client: Client) -> None:
    mine = Measure.keep(ada, NOW, name="mood", kind="scale")
    Reading.keep(mine, NOW, value="5", local_date=date(2026, 3, 4))
    incoming = kept(ada_client, DAYLIO, "daylio")
    assert [row.value for row in Reading.objects.of(ada)] == ["5"]
    assert incoming.skipped == 2
    assert "That day has a reading of yours already" in text_of(ada_client.get(f"/import/{incoming.pk}/report/"))


def test_what_has_no_more_to_tell_than_its_name_is_one_line_of_the_report(ada: User, ada_client: Client) -> None:
    head, first, *_ = DAYLIO.splitlines()
    alike = [f"2026-03-0{day},March {day},A day,20:00,good,,," for day in (3, 2, 1)]
    incoming = kept(ada_client, "\n".join([head, first, *alike]), "daylio")
    report = f"/import/{incoming.pk}/report/"
    assert "Open it (4 March 2026) Measures Readings (4) Written by you" in text_of(ada_client.get(report))
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    assert "Open it (4 March 2026) Measures Readings Written by you" in text_of(ada_client.get(report))
    ada_client.post(f"/import/{incoming.pk}/reversal/")
    told = text_of(ada_client.get(report))
    assert "Measures Taken out again. Readings Taken out again. Written by you" in told


def test_numbers_are_taken_out_again_with_their_measure(ada: User, ada_client: Client) -> None:
    incoming = kept(ada_client, DAYLIO, "daylio")
    ada_client.post(f"/import/{incoming.pk}/reversal/")
    nouns = (Entry, Measure, Reading, Theme)
    assert [noun.objects.of(ada).count() for noun in nouns] == [0, 0, 0, 0]


# Moods with names of one's own

OWN_MOODS = """full_date,date,weekday,time,mood,activities,note_title,note
2026-03-03,x,x,9:00,Läuft,,,
2026-03-02,x,x,9:00,zäh,,,
2026-03-01,x,x,9:00,läuft,,,
2026-02-28,x,x,9:00,good,,,
"""


def test_a_mood_of_ones_own_is_asked_about_and_may_stay_a_word(ada: User, ada_client: Client) -> None:
    incoming = brought(ada_client, OWN_MOODS, "daylio")
    page = ada_client.get(f"/import/{incoming.pk}/")
    assert re.findall(r'<label for="id_(mood-\d)"><bdi>([^<]+)</bdi> <span class="faint">\((\d)\)', words_of(page)) == [
        ("mood-0", "Läuft", "2"),
        ("mood-1", "zäh", "1"),
    ]
    ada_client.post(f"/import/{incoming.pk}/approval/", {"mood-0": "5", "mood-1": ""})
    assert [(row.local_date.day, row.value) for row in Reading.objects.of(ada).order_by("local_date")] == [
        (28, "4"),
        (1, "5"),
        (3, "5"),
    ]
    assert [entry.body for entry in Entry.objects.of(ada)] == ["Mood: zäh"]
    incoming.refresh_from_db()
    assert "moods" not in incoming.told("summary")


def test_a_mood_left_alone_is_a_word_and_a_level_that_there_is_not_is_refused(ada: User, ada_client: Client) -> None:
    incoming = brought(ada_client, OWN_MOODS, "daylio")
    answer = ada_client.post(f"/import/{incoming.pk}/approval/", {"mood-0": "6"})
    assert (answer.status_code, Entry.objects.count(), Reading.objects.count()) == (422, 0, 0)
    ada_client.post(f"/import/{incoming.pk}/approval/")
    words = sorted(entry.body for entry in Entry.objects.of(ada))
    assert (words, Reading.objects.of(ada).count()) == (["Mood: Läuft", "Mood: läuft", "Mood: zäh"], 1)


def test_where_every_mood_has_its_level_nothing_is_asked(ada_client: Client) -> None:
    incoming = brought(ada_client, DAYLIO.replace("cosy", "meh"), "daylio")
    assert "Moods with names of your own" not in text_of(ada_client.get(f"/import/{incoming.pk}/"))


# Pages


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    ada: User, ada_client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        incoming = kept(ada_client, "".join(f"2026-03-0{day + 1}\n{number}\n" for day in range(count)))
    ada_client.get("/import/")
    for path, queries in (("", 3), (f"{incoming.pk}/", 4), (f"{incoming.pk}/report/", 6)):
        with django_assert_num_queries(queries):
            ada_client.get(f"/import/{path}")


def test_a_long_report_comes_page_by_page(ada: User, ada_client: Client) -> None:
    incoming = kept(ada_client, "".join(f"{date(2026, 1, 1) + timedelta(days=n)}\nDay {n}.\n" for n in range(130)))
    seen, address = [], f"/import/{incoming.pk}/report/"
    while address:
        page = words_of(ada_client.get(address))
        seen += re.findall(r'href="/entries/([0-9a-f-]{36})/"', page)
        further = re.search(r'href="(\?after=\d+)"', page)
        address = f"/import/{incoming.pk}/report/{further[1]}" if further else ""
    assert len(seen) == len(set(seen)) == 130


def test_a_poll_is_answered_with_the_part_until_it_is_done(ada: User, ada_client: Client) -> None:
    incoming = Import.take_in(ada, NOW, source="text", name="x.txt", pieces=[TEXT.encode()])
    part = ada_client.get(f"/import/{incoming.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, 'hx-trigger="every 2s"' in part, 'id="say"' in part) == (False, True, False)
    work.tick(NOW)
    part = ada_client.get(f"/import/{incoming.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert ('hx-trigger="every 2s"' in part, "Waits for your word." in part) == (False, True)
