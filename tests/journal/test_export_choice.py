"""What was chosen is in the copy, with all that belongs to it, and nothing else is."""

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from journal.export import FORMATS
from journal.export.choice import BELONGS, OF_DAYS, WHOLE, WHOLE_ALONE, Choice
from journal.export.everything import NOUNS
from journal.models import Chapter, Entry, Lesson, Measure, Milestone, Reading, Step, Theme, Week
from tests import make, reading

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()


def copy(user: User, name: str, choice: Choice) -> bytes:
    return b"".join(FORMATS[name].chunks(user, NOW, choice))


def told(user: User, choice: Choice) -> dict[str, Any]:
    """The copy in JSON; every id that it names is in it."""
    whole: dict[str, Any] = json.loads(copy(user, "json", choice))
    ids = {row["id"] for noun in NOUNS for row in whole[noun]}
    rows = [row for noun in NOUNS for row in whole[noun]]
    named = {value for row in rows for key, value in row.items() if key.endswith("_id") and value}
    named |= {id for row in whole["entries"] for id in row["theme_ids"]}
    assert named - ids == set()
    return whole


def words(user: User, name: str, choice: Choice) -> str:
    made = copy(user, name, choice)
    if made.startswith(b"%PDF"):
        return "\n".join(reading.printed(made))
    if not made.startswith(b"PK"):
        return made.decode()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return "".join(archive.read(one).decode() for one in archive.namelist())


def bodies(user: User, choice: Choice) -> list[str]:
    return sorted(entry["body"] for entry in told(user, choice)["entries"])


def test_nothing_chosen_is_all_of_it(ada: User) -> None:
    assert WHOLE.is_whole
    assert not Choice(last=TODAY).is_whole
    rows = Entry.objects.of(ada)
    assert WHOLE.narrowed(rows, ada) is rows
    assert "chosen" not in told(ada, WHOLE)


def test_every_noun_has_its_rule() -> None:
    """A new noun says whether it belongs to entries, to days, or to the whole copy alone."""
    rules = [set(BELONGS), set(OF_DAYS), WHOLE_ALONE]
    assert sum(map(len, rules)) == len(set.union(*rules)) == len(NOUNS)
    assert set.union(*rules) == set(NOUNS.values())


@pytest.mark.parametrize("name", FORMATS)
def test_a_range_of_days_has_both_of_its_ends(ada: User, bea: User, name: str) -> None:
    for number in range(5):
        make.entry(ada, f"leaf {number}", on=TODAY - timedelta(days=number))
    make.entry(ada, "leaf 9", on=TODAY - timedelta(days=2)).remove(NOW)
    make.entry(bea, "leaf of bea", on=TODAY - timedelta(days=2))
    choice = Choice(first=TODAY - timedelta(days=3), last=TODAY - timedelta(days=1))
    found = re.findall("leaf [0-9]|leaf of bea", words(ada, name, choice))
    assert sorted(found) == ["leaf 1", "leaf 2", "leaf 3"]


def test_either_end_may_be_open(ada: User) -> None:
    for number in range(3):
        make.entry(ada, f"day {number}", on=TODAY - timedelta(days=number))
    assert bodies(ada, Choice(first=TODAY - timedelta(days=1))) == ["day 0", "day 1"]
    assert bodies(ada, Choice(last=TODAY - timedelta(days=1))) == ["day 1", "day 2"]
    assert bodies(ada, Choice(first=date.min, last=date.max)) == ["day 0", "day 1", "day 2"]


def test_kinds_and_themes_are_chosen_together(ada: User) -> None:
    make.entry(ada, "soup", themes=["kitchen", "calm"])
    make.entry(ada, "letter", themes=["post"])
    make.entry(ada, "a thought", kind="note", themes=["kitchen"])
    hard = make.setback(ada, "split", themes=["kitchen"])
    Lesson.objects.create(owner=ada, entry=hard, lesson="lower heat")
    make.setback(ada, "rain")
    kitchen, calm = (next(one.pk for one in Theme.objects.of(ada) if one.name == name) for name in ("kitchen", "calm"))
    assert bodies(ada, Choice(kinds=("win", "note"))) == ["a thought", "letter", "soup"]
    assert bodies(ada, Choice(kinds=("lesson",))) == ["split"]
    assert bodies(ada, Choice(themes=(kitchen,))) == ["a thought", "soup", "split"]
    assert bodies(ada, Choice(themes=(kitchen, calm))) == ["a thought", "soup", "split"]
    assert bodies(ada, Choice(kinds=("win",), themes=(kitchen,))) == ["soup"]
    part = told(ada, Choice(kinds=("win",), themes=(kitchen,)))
    assert {theme["name"] for theme in part["themes"]} == {"kitchen", "calm"}
    assert part["lessons"] == []
    assert part["chosen"] == {"first": None, "last": None, "kinds": ["win"], "theme_ids": [str(kitchen)]}


def test_what_belongs_to_an_entry_comes_along_and_nothing_else(ada: User, bea: User) -> None:
    make.one_of_each(ada, "canary")
    make.one_of_each(bea, "sparrow")
    part = told(ada, Choice(kinds=("setback",)))
    held = {noun: len(part[noun]) for noun in NOUNS if part[noun]}
    assert held == {
        "themes": 1,
        "matters": 1,
        "milestones": 1,
        "entries": 2,
        "lessons": 1,
        "sequels": 1,
        "put_away": 1,
    }
    assert [part[noun] for noun in ("schedules", "offers", "unopened")] == [[], [], []]
    assert "sparrow" not in json.dumps(part)


def test_pages_that_lie_beside_each_other_are_named_only_where_both_are_in_it(ada: User) -> None:
    make.one_of_each(ada, "canary")
    assert [len(told(ada, Choice(kinds=("doubt", "setback")))[noun]) for noun in ("evidence", "brought")] == [1, 0]
    assert [row["old_id"] for row in told(ada, Choice(kinds=("then_now",)))["then_nows"]] == [None]
    both = told(ada, Choice(kinds=("then_now", "doubt")))
    assert [row["old_id"] in {row["id"] for row in both["entries"]} for row in both["then_nows"]] == [True]


def test_days_alone_have_what_is_of_them_besides(ada: User) -> None:
    make.one_of_each(ada, "canary")
    later, week = Choice(first=date(2999, 1, 1)), Choice(first=TODAY, last=TODAY)
    assert [noun for noun in NOUNS if told(ada, later)[noun]] == []
    part = told(ada, week)
    everything = told(ada, WHOLE)
    alone = {noun for noun, model in NOUNS.items() if model in WHOLE_ALONE}
    assert {noun for noun in NOUNS if part[noun]} == {noun for noun in NOUNS if everything[noun]} - alone
    assert [row["local_date"] for row in part["readings"]] == ["2026-11-20"]
    assert [row["name"] for row in part["measures"]] == ["canary measure"]
    assert "taken back" not in json.dumps(part)


def test_weeks_months_and_years_are_in_it_where_a_day_of_them_is(ada: User) -> None:
    Week.take(ada, date(2026, 11, 2), "taken along")
    for span, first in (("month", date(2026, 11, 1)), ("year", date(2026, 1, 1))):
        Chapter.objects.create(owner=ada, span=span, first=first, words=f"a {span}")

    def held(first: date | None, last: date | None) -> list[int]:
        part = told(ada, Choice(first=first, last=last))
        return [len(part["weeks"]), len(part["chapters"])]

    assert held(date(2026, 11, 8), None) == [1, 2]
    assert held(date(2026, 11, 9), None) == [0, 2]
    assert held(None, date(2026, 11, 2)) == [1, 2]
    assert held(None, date(2026, 11, 1)) == [0, 2]
    assert held(date(2026, 12, 1), date(2026, 12, 1)) == [0, 1]
    assert held(date(2027, 1, 1), None) == [0, 0]
    assert held(None, date(2025, 12, 31)) == [0, 0]


def test_a_milestone_comes_with_all_of_its_steps_or_by_its_name(ada: User) -> None:
    goal = Milestone.keep(ada, NOW - timedelta(days=90), title="A calm kitchen", good_enough="One quiet evening")
    walked = Step.keep(goal, title="Ask for help")
    Step.keep(goal, title="Sit down")
    alone = Step.keep_alone(ada, NOW - timedelta(days=90), title="Call")
    walked.complete("tried", NOW)
    make.entry(ada, "about it", kind="note", milestone=goal)
    of_today, notes = (told(ada, choice) for choice in (Choice(first=TODAY, last=TODAY), Choice(kinds=("note",))))
    assert [row["title"] for row in of_today["steps"]] == ["Ask for help", "Sit down"]
    assert [len(of_today[noun]) for noun in ("milestones", "good_enoughs", "completions")] == [1, 1, 1]
    assert [len(notes[noun]) for noun in ("milestones", "steps", "good_enoughs")] == [1, 0, 0]
    Step.objects.filter(pk=alone.pk).update(created_at=NOW - timedelta(days=90))
    assert "Call" not in json.dumps(told(ada, Choice(first=TODAY)))
    assert "Call" in json.dumps(told(ada, Choice(last=TODAY - timedelta(days=30))))


def test_a_milestone_that_was_taken_back_is_in_the_whole_copy_alone(ada: User) -> None:
    goal = Milestone.keep(ada, NOW, title="A mistake", good_enough="One quiet evening")
    Step.keep(goal, title="Ask for help").complete("tried", NOW)
    make.entry(ada, "about it", kind="note", milestone=goal)
    goal.remove(NOW)
    assert [row["title"] for row in told(ada, WHOLE)["milestones"]] == ["A mistake"]
    for choice in (Choice(first=TODAY, last=TODAY), Choice(kinds=("note",))):
        part = told(ada, choice)
        assert [part[noun] for noun in ("milestones", "steps", "good_enoughs", "completions")] == [[]] * 4
        assert [row["milestone_id"] for row in part["entries"]] == [None]


def test_plain_text_has_the_same_choice(ada: User) -> None:
    make.one_of_each(ada, "canary")
    text = words(ada, "markdown", Choice(kinds=("setback",)))
    assert "canary hard" in text and "canary lesson" in text and "## canary title" in text
    for other in ("canary note", "canary enough", "canary served", "canary step", "canary takeaway", "canary treat"):
        assert other not in text
    days = words(ada, "markdown", Choice(first=TODAY, last=TODAY))
    assert "canary enough" in days and "canary takeaway" in days and "- 2026-11-20: 40" in days
    assert "2026-11-13" not in days and "canary treat" not in days and "canary old doubt" not in days


def test_measures_keep_to_the_days(ada: User) -> None:
    sleep = Measure.keep(ada, NOW, name="Walks", kind=Measure.Kind.NUMBER)
    for number in range(3):
        Reading.keep(sleep, NOW, value=str(number), local_date=TODAY - timedelta(days=number))
    part = told(ada, Choice(last=TODAY - timedelta(days=1)))
    assert sorted(row["value"] for row in part["readings"]) == ["1", "2"]
