"""Keeping an entry, reading it, changing it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.fields import CONTROLS
from accounts.models import User
from journal.models import Acceptance, Entry, Lesson, Milestone, Theme
from journal.models.owned import OwnedQuerySet
from tests import make
from tests.journal.pages import box, field, text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
TODAY = date(2026, 11, 20)
HTMX = {"HX-Request": "true"}
LINE = "Opened the letter from the bank."


def kept_of(user: User) -> list[tuple[str, str, str]]:
    rows = Entry.objects.of(user).order_by("created_at")
    return sorted((row.kind, row.body, row.deed) for row in rows)


def post(client: Client, **words: Any) -> Any:
    return client.post("/entries/", {"kind": "win", "body": LINE} | words)


# What can be kept


@pytest.mark.parametrize("kind", ["win", "setback", "note", "proud", "doubt"])
def test_each_kind_is_kept_and_led_back_to_today(kind: str, ada: User, ada_client: Client) -> None:
    answer = post(ada_client, kind=kind)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    assert kept_of(ada) == [(kind, LINE, "")]


@pytest.mark.parametrize("deed", Entry.Deed.values)
def test_each_deed_is_kept_with_one_tap(deed: str, ada: User, ada_client: Client) -> None:
    assert post(ada_client, body="", deed=deed).status_code == 303
    assert kept_of(ada) == [("win", "", deed)]


def test_a_deed_keeps_the_words_beside_it(ada: User, ada_client: Client) -> None:
    post(ada_client, deed="said_no")
    assert kept_of(ada) == [("win", LINE, "said_no")]


def test_an_entry_gets_the_day_it_is_for_its_owner(bea: User, bea_client: Client) -> None:
    """In Tokyo it is 21:00 of the same day; with a day that starts at six, 01:00 belongs to the day before."""
    post(bea_client)
    bea.day_starts_at = 6
    night = datetime.fromisoformat("2026-11-21T01:00:00+09:00")
    later = Entry.keep(bea, night, kind="win", body="Late.")
    assert [entry.local_date for entry in Entry.objects.of(bea)] == [TODAY, TODAY]
    assert (later.zone, later.created_at) == ("Asia/Tokyo", night)


def test_a_line_for_another_day_is_kept_there_and_shown(ada: User, ada_client: Client) -> None:
    answer = post(ada_client, local_date="2026-11-17")
    [entry] = Entry.objects.of(ada)
    assert entry.local_date == date(2026, 11, 17)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/entries/{entry.pk}/")


def test_themes_are_matched_without_case_and_accents(ada: User, ada_client: Client) -> None:
    post(ada_client, themes="Café, asking for help,, ,dough، bread")
    post(ada_client, themes="CAFE", body="Another.")
    first, second = Entry.objects.of(ada).order_by("pk"), Theme.objects.of(ada)
    assert sorted(theme.name for theme in second) == ["Café", "asking for help", "bread", "dough"]
    assert {entry.body: sorted(theme.name for theme in entry.themes.all()) for entry in first} == {
        LINE: ["Café", "asking for help", "bread", "dough"],
        "Another.": ["Café"],
    }


def test_an_entry_can_lead_towards_a_milestone(ada: User, ada_client: Client) -> None:
    goal = Milestone.objects.create(owner=ada, title="A menu", local_date=TODAY)
    post(ada_client, milestone=str(goal.pk))
    assert [entry.milestone for entry in Entry.objects.of(ada)] == [goal]


def test_something_hard_can_be_looked_at_at_once(ada: User, ada_client: Client) -> None:
    answer = post(ada_client, kind="setback", next="reframe")
    [entry] = Entry.objects.of(ada)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/entries/{entry.pk}/lesson/?step=friend")


def test_something_hard_can_be_looked_at_at_once_by_htmx(ada: User, ada_client: Client) -> None:
    words = {"kind": "setback", "body": LINE, "next": "reframe"}
    answer = ada_client.post("/entries/", words, headers=HTMX)
    [entry] = Entry.objects.of(ada)
    assert answer.headers["HX-Redirect"] == f"/entries/{entry.pk}/lesson/?step=friend"


def test_only_something_hard_is_looked_at(ada: User, ada_client: Client) -> None:
    assert post(ada_client, next="reframe").headers["Location"] == "/today/"


# The same form again


def test_the_same_form_twice_is_one_entry(ada: User, ada_client: Client) -> None:
    id = uuid4()
    answers = [post(ada_client, id=id), post(ada_client, id=id)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [entry.pk for entry in Entry.objects.of(ada)] == [id]


def test_fifty_posts_of_one_form_at_once_are_one_entry(
    ada: User, ada_client: Client, at_once: Callable[..., list[Any]]
) -> None:
    words = {"id": str(uuid4()), "kind": "win", "body": LINE, "themes": "dough, rest"}

    def job() -> tuple[int, list[str], int]:
        client = Client()
        client.cookies = ada_client.cookies
        status = client.post("/entries/", words).status_code
        return status, [str(entry.pk) for entry in Entry.objects.of(ada)], Theme.objects.of(ada).count()

    assert set(map(str, at_once(*[job] * 50))) == {str((303, [words["id"]], 2))}


def test_other_words_under_the_same_id_are_a_new_entry(ada: User, ada_client: Client) -> None:
    id = uuid4()
    for body in ("First.", "Second.", "Second.", "First."):
        post(ada_client, id=id, body=body)
    assert kept_of(ada) == [("win", "First.", ""), ("win", "Second.", "")]


@pytest.mark.parametrize("again", ["As first kept.", "As it stands."])
def test_a_form_from_before_a_change_is_the_entry_that_stands(again: str, ada: User, ada_client: Client) -> None:
    id = uuid4()
    post(ada_client, id=id, body="As first kept.")
    Entry.objects.of(ada).get().change(1, body="In between.")
    Entry.objects.of(ada).get().change(2, body="As it stands.")
    post(ada_client, id=id, body=again)
    assert kept_of(ada) == [("win", "As it stands.", "")]


def test_a_form_sent_again_puts_back_what_was_taken_back(ada: User, ada_client: Client) -> None:
    id = uuid4()
    post(ada_client, id=id)
    ada_client.post(f"/entries/{id}/deletion/")
    post(ada_client, id=id)
    assert kept_of(ada) == [("win", LINE, "")]


def test_the_same_id_with_another_kind_is_a_new_entry(ada: User, ada_client: Client) -> None:
    id = uuid4()
    post(ada_client, id=id)
    post(ada_client, id=id, kind="note")
    assert kept_of(ada) == [("note", LINE, ""), ("win", LINE, "")]


def test_an_id_of_somebody_else_gets_a_new_one(ada: User, bea: User, ada_client: Client) -> None:
    hers = make.entry(bea, "Bea’s words.")
    for _ in range(2):
        assert post(ada_client, id=hers.pk).status_code == 303
    assert (kept_of(ada), kept_of(bea)) == ([("win", LINE, "")], [("win", "Bea’s words.", "")])
    assert Entry.objects.of(bea).get().pk == hers.pk


@pytest.mark.parametrize("id", ["", "not-an-id", "0", "é" * 40, "\x00", "{}", "00000000-0000-0000-0000-00000000000g"])
def test_a_missing_or_broken_id_gets_a_new_one(id: str, ada: User, ada_client: Client) -> None:
    assert post(ada_client, id=id).status_code == 303
    assert kept_of(ada) == [("win", LINE, "")]
    assert isinstance(Entry.objects.of(ada).get().pk, UUID)


# What can't be kept stays in the form


def refused(client: Client, **words: Any) -> Any:
    answer = post(client, **words)
    assert answer.status_code == 422
    assert Entry.objects.count() == 0
    return answer


@pytest.mark.parametrize("body", ["", "   ", "\n\n", "\x00\x07"])
@pytest.mark.parametrize("kind", ["win", "setback", "note", "proud", "doubt"])
def test_an_empty_page_is_refused_with_a_sentence(kind: str, body: str, ada_client: Client) -> None:
    answer = refused(ada_client, kind=kind, body=body)
    assert "One word is enough. An empty page can’t be kept." in words_of(answer)


def test_only_a_win_is_kept_without_words(ada_client: Client) -> None:
    refused(ada_client, kind="setback", body="", deed="tried")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"kind": "triumph"}, "Say what it is: something you did, something hard, or a note."),
        ({"kind": ""}, "Say what it is: something you did, something hard, or a note."),
        ({"kind": "milestone"}, "Say what it is: something you did, something hard, or a note."),
        ({"deed": "flew"}, "That deed isn’t one of ours. Your own words will do."),
        ({"local_date": "0000-01-01"}, "That isn’t a day we can read. Something like 2026-11-20 will do."),
        ({"local_date": "2026-02-30"}, "That isn’t a day we can read. Something like 2026-11-20 will do."),
        ({"local_date": "yesterday"}, "That isn’t a day we can read. Something like 2026-11-20 will do."),
        ({"local_date": "9999-12-31"}, "That day is still to come. Today will do, or an earlier one."),
        ({"local_date": "2026-11-21"}, "That day is still to come. Today will do, or an earlier one."),
        ({"local_date": "1899-12-31"}, "That is further back than these pages go. They begin in 1900."),
        ({"local_date": "0001-01-01"}, "That is further back than these pages go. They begin in 1900."),
        ({"milestone": "not-an-id"}, "That milestone isn’t here. Leave it out, or choose another one."),
        ({"milestone": str(uuid4())}, "That milestone isn’t here. Leave it out, or choose another one."),
        ({"themes": "x" * 81}, "A theme is a word or two, with commas between. Up to twenty of them can be kept."),
        ({"themes": "a," * 21}, "A theme is a word or two, with commas between. Up to twenty of them can be kept."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
def test_what_cannot_be_taken_is_said_and_the_words_stay(
    words: dict[str, str], sentence: str, headers: dict[str, str], ada: User, ada_client: Client
) -> None:
    make.entry(ada, "A line of before.", on=TODAY - timedelta(days=9))
    typed = '<b>"Opened" & closed.</b>\n  Twice.'
    answer = ada_client.post("/entries/", {"kind": "win", "body": typed} | words, headers=headers)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert box(answer, "body") == typed
    assert ("<html" in words_of(answer)) is not bool(headers)
    assert kept_of(ada) == [("win", "A line of before.", "")]


def test_whatever_else_was_filled_in_stays_with_the_words(ada: User, ada_client: Client) -> None:
    goal = Milestone.objects.create(owner=ada, title="A menu", local_date=TODAY)
    more = {"local_date": "2026-11-17", "themes": "bank, post", "milestone": str(goal.pk), "id": str(uuid4())}
    answer = refused(ada_client, body="", **more)
    assert {name: field(answer, name) for name in more} == more
    assert '<details class="more backfill" open>' in words_of(answer)


def test_a_milestone_of_somebody_else_is_refused_like_one_that_is_not_there(
    ada: User, bea: User, ada_client: Client
) -> None:
    hers = Milestone.objects.create(owner=bea, title="Bea’s menu", local_date=TODAY)
    answer = refused(ada_client, milestone=str(hers.pk))
    assert "That milestone isn’t here." in words_of(answer)
    assert "Bea’s menu" not in words_of(answer)


def test_the_last_day_that_can_be_named_is_today_where_the_person_is(bea: User, bea_client: Client) -> None:
    """Noon in Lisbon is nine in the evening in Tokyo; three hours later it is tomorrow there."""
    assert post(bea_client, local_date="2026-11-21").status_code == 422
    import time_machine

    with time_machine.travel(make.NOON + timedelta(hours=3), tick=False):
        assert post(bea_client, local_date="2026-11-21").status_code == 303


# Every text


def test_what_cannot_be_seen_is_left_out_and_said_so(ada: User, ada_client: Client) -> None:
    answer = post(ada_client, body="One\x00 two\x1b[0m\x7f\x85.\tThree\r\nfour")
    assert kept_of(ada) == [("win", "One two[0m.\tThree\nfour", "")]
    said = "Kept. Some characters that can’t be seen were left out."
    assert said in words_of(ada_client.get(answer.headers["Location"]))
    assert said not in words_of(ada_client.get("/today/"))


def test_a_megabyte_of_emoji_is_kept(ada: User, ada_client: Client) -> None:
    body = "🌸" * 262_144
    assert post(ada_client, body=body).status_code == 303
    [entry] = Entry.objects.of(ada)
    assert entry.body == body
    assert box(ada_client.get(f"/entries/{entry.pk}/"), "body") == body


def test_bytes_that_are_no_text_are_kept_as_what_can_be_read(ada: User, ada_client: Client) -> None:
    raw = b"kind=win&body=caf%E9+and+%ED%A0%80+tea"
    answer = ada_client.post("/entries/", raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    assert kept_of(ada) == [("win", "caf� and ��� tea", "")]


ODD = [
    "é",
    "e\u0301",
    "👩‍👩‍👧",
    "\u202eabc\u202c",
    "שלום",
    "مرحبا",
    "中文",
    "{{ 7 }}",
    "<svg onload=1>",
    "=cmd|",
    "\u200b",
    "\ufeff",
    "</textarea>",
]
TEXTS = st.lists(st.text(max_size=40) | st.sampled_from(ODD), max_size=6).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TEXTS)
def test_a_text_is_kept_shown_and_changed_as_it_was_typed(ada: User, ada_client: Client, text: str) -> None:
    clean = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    answer = post(ada_client, kind="note", body=text)
    if not clean.strip():
        assert answer.status_code == 422
        return
    entry = Entry.objects.of(ada).newest_first().first()
    shown = ada_client.get(f"/entries/{entry.pk}/")
    assert (entry.body, box(shown, "body")) == (clean, clean)
    words = {"body": box(shown, "body"), "version": field(shown, "version")}
    assert ada_client.post(f"/entries/{entry.pk}/", words).status_code == 303
    assert Entry.objects.of(ada).get(pk=entry.pk).body == clean
    entry.delete()


# Reading and changing


def test_an_entry_is_read_whole_and_in_other_places_up_to_a_thousand_characters(ada: User, ada_client: Client) -> None:
    body = "a" * 999 + "🌸🌿" + "d" * 50
    entry = make.entry(ada, body, now=make.NOON)
    today = words_of(ada_client.get("/today/"))
    assert ("a" * 999 + "🌸" in today, "🌿" in today) == (True, False)
    assert f'href="/entries/{entry.pk}/">Read all of it</a>' in today
    assert body in words_of(ada_client.get(f"/entries/{entry.pk}/"))


def test_everything_of_an_entry_can_be_changed_but_its_kind(ada: User, ada_client: Client) -> None:
    goal = Milestone.objects.create(owner=ada, title="A menu", local_date=TODAY)
    entry = make.entry(ada, LINE, themes=["bank"])
    words = {"version": 1, "kind": "note", "body": "Read it.", "deed": "tried", "local_date": "2026-11-19"}
    answer = ada_client.post(f"/entries/{entry.pk}/", words | {"themes": "post", "milestone": str(goal.pk)})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/entries/{entry.pk}/")
    now = Entry.objects.of(ada).get()
    assert (now.kind, now.body, now.deed, now.version) == ("win", "Read it.", "tried", 2)
    assert (now.local_date, now.milestone) == (date(2026, 11, 19), goal)
    assert [theme.name for theme in now.themes.all()] == ["post"]


def test_what_is_not_sent_stays_as_it_is(ada: User, ada_client: Client) -> None:
    goal = Milestone.objects.create(owner=ada, title="A menu", local_date=TODAY)
    entry = make.entry(ada, LINE, themes=["bank"], milestone=goal, deed="tried", on=date(2026, 11, 3))
    ada_client.post(f"/entries/{entry.pk}/", {"version": 1, "body": "Read it.", "local_date": ""})
    now = Entry.objects.of(ada).get()
    assert (now.body, now.deed, now.local_date, now.milestone) == ("Read it.", "tried", date(2026, 11, 3), goal)
    assert [theme.name for theme in now.themes.all()] == ["bank"]


def test_earlier_words_stay_readable(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, "First words.", deed="began")
    entry.change(1, body="Second words.")
    entry.change(2, body="Third words.", deed="")
    said = text_of(ada_client.get(f"/entries/{entry.pk}/"))
    assert "Third words." in said
    assert "Until 20 November 2026, 12:00 Began Second words. Until 20 November 2026, 12:00 Began First words." in said


def test_who_has_come_back_across_the_date_line_can_change_a_word_and_choose_no_later_day(
    ada: User, ada_client: Client
) -> None:
    entry = make.entry(ada, LINE, on=TODAY + timedelta(days=1))
    change = {"version": "1", "body": "Otherwise.", "local_date": (TODAY + timedelta(days=1)).isoformat()}
    page = ada_client.get(f"/entries/{entry.pk}/").content.decode()
    assert f'max="{change["local_date"]}"' in page
    assert ada_client.post(f"/entries/{entry.pk}/", change).status_code == 303
    entry.refresh_from_db()
    assert (entry.body, entry.local_date) == ("Otherwise.", TODAY + timedelta(days=1))
    later = change | {"version": "2", "local_date": (TODAY + timedelta(days=2)).isoformat()}
    assert ada_client.post(f"/entries/{entry.pk}/", later).status_code == 422


def test_a_change_of_day_or_theme_alone_makes_no_earlier_words(ada: User) -> None:
    entry = make.entry(ada)
    entry.change(1, local_date=date(2026, 11, 2), themes=["bank"])
    assert (entry.version, entry.revisions.count()) == (2, 0)


@pytest.mark.parametrize("version", [None, "", "one", "0", "-1", "1.5"])
def test_a_change_that_lost_its_place_keeps_the_words_in_the_form(
    version: str | None, ada: User, ada_client: Client
) -> None:
    entry = make.entry(ada, LINE)
    words = {"body": "Read it."} | ({} if version is None else {"version": version})
    answer = ada_client.post(f"/entries/{entry.pk}/", words)
    assert (answer.status_code, box(answer, "body"), field(answer, "version")) == (422, "Read it.", "1")
    assert "The page lost its place." in words_of(answer)
    assert kept_of(ada) == [("win", LINE, "")]


def test_a_change_that_empties_the_page_is_refused(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE)
    answer = ada_client.post(f"/entries/{entry.pk}/", {"version": 1, "body": " ", "themes": "bank"})
    assert (answer.status_code, field(answer, "themes")) == (422, "bank")
    assert kept_of(ada) == [("win", LINE, "")]


def test_words_can_be_taken_from_a_deed(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE, deed="tried")
    assert ada_client.post(f"/entries/{entry.pk}/", {"version": 1, "body": ""}).status_code == 303
    assert kept_of(ada) == [("win", "", "tried")]


def test_somebody_else_neither_reads_nor_changes_it(ada: User, bea_client: Client) -> None:
    entry = make.entry(ada, LINE)
    answers = [bea_client.get(f"/entries/{entry.pk}/"), bea_client.post(f"/entries/{entry.pk}/", {"version": 1})]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert LINE not in "".join(words_of(answer) for answer in answers)


# What does not open


def moved(entry: Entry, other: Entry) -> None:
    """Its text is one that was sealed elsewhere."""
    rows: OwnedQuerySet = Entry.objects.filter(pk=other.pk)
    Entry.objects.filter(pk=entry.pk).update(body=rows.values_list("body", flat=True)[0])


def test_a_damaged_entry_is_shown_as_such_and_the_others_as_ever(ada: User, ada_client: Client) -> None:
    entry, other = make.entry(ada, "Lost words."), make.entry(ada, "Other words.")
    moved(entry, other)
    for address in ("/today/", f"/entries/{entry.pk}/"):
        said = text_of(ada_client.get(address))
        assert "This entry can’t be opened; kept as it is · 20 November 2026" in said
        assert str(entry.pk)[:8] in said
    assert "Other words." in text_of(ada_client.get("/today/"))
    assert f'href="/entries/{entry.pk}/#id_body"' not in words_of(ada_client.get("/today/"))


def test_a_damaged_entry_refuses_a_change_and_gives_the_words_back(ada: User, ada_client: Client) -> None:
    entry, other = make.entry(ada, "Lost words."), make.entry(ada, "Other words.")
    moved(entry, other)
    before = Entry.objects.filter(pk=entry.pk).values_list("body", flat=True)[0]
    answer = ada_client.post(f"/entries/{entry.pk}/", {"version": 1, "body": "New words."})
    assert (answer.status_code, box(answer, "body")) == (409, "New words.")
    assert "It can’t be opened, and is kept as it is." in words_of(answer)
    assert Entry.objects.filter(pk=entry.pk).values_list("body", flat=True)[0] == before
    again = {"id": field(answer, "id"), "kind": field(answer, "kind"), "body": box(answer, "body")}
    assert ada_client.post("/entries/", again).status_code == 303
    assert Entry.objects.of(ada).get(pk=again["id"]).body == "New words."


def test_a_theme_that_does_not_open_keeps_nobody_from_writing(ada: User, ada_client: Client) -> None:
    make.entry(ada, themes=["lost", "bank"])
    [bank] = [theme for theme in Theme.objects.of(ada) if theme.name == "bank"]
    sealed = Theme.objects.filter(pk=bank.pk).values_list("name", flat=True)[0]
    Theme.objects.of(ada).exclude(pk=bank.pk).update(name=sealed)
    assert post(ada_client, body="Another.", themes="Bank, lost").status_code == 303
    [entry] = [entry for entry in Entry.objects.of(ada) if entry.body == "Another."]
    assert sorted(theme.name for theme in entry.themes.all()) == ["bank", "lost"]
    assert "Another." in words_of(ada_client.get("/today/"))


def test_a_damaged_entry_does_not_swallow_a_form_with_its_id(ada: User, ada_client: Client) -> None:
    entry, other = make.entry(ada, "Lost words."), make.entry(ada, "Other words.")
    moved(entry, other)
    assert post(ada_client, id=entry.pk, body="Lost words.").status_code == 303
    assert Entry.objects.of(ada).exclude(pk__in=[entry.pk, other.pk]).get().body == "Lost words."


# How it is told


def test_each_state_of_something_hard_is_told_apart(ada: User, ada_client: Client) -> None:
    Lesson.objects.create(owner=ada, entry=make.setback(ada, "Mended."), lesson="Ask sooner.")
    make.setback(ada, "Open.")
    for way, body in (("hard", "Only hard."), ("be", "Left.")):
        Acceptance.objects.create(owner=ada, entry=make.setback(ada, body), way=way)
    entries = {entry.body: entry for entry in Entry.objects.of(ada).with_records()}
    told = {body: (entry.called, entry.sign, entry.is_open) for body, entry in entries.items()}
    assert told == {
        "Mended.": ("A setback, and its lesson", "kind-lesson", False),
        "Open.": ("Something hard", "kind-setback", True),
        "Only hard.": ("Something hard", "kind-setback", False),
        "Left.": ("Something hard", "kind-setback", False),
    }
    page = words_of(ada_client.get("/today/"))
    counts = [page.count(word) for word in ('class="crack"', 'class="seam"', "It was only hard.", "Left be.")]
    assert counts == [1, 1, 1, 1]
