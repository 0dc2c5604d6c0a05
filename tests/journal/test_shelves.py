"""What stands beside entries, in the archive and in the book: a shelf, or a part, for each noun."""

import hashlib
import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from accounts.models import User
from accounts.scope import scope
from journal.export import FORMATS, pages
from journal.export.choice import WHOLE, Choice
from journal.models import Chapter, HeavyPage, Matter, Measure, Milestone, Reading, Standard, Step, Treat, Week
from journal.models.owned import Owned
from tests import make
from tests.journal.test_archive import Read
from tests.reading import flat, printed

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
UNOPENED = "This can’t be opened; it is kept as it is."
HOSTILE = '#hash $x$ *b* @ref <b>&amp;</b> "\'> </article><script>1</script> {a} #read("/etc/passwd")'


@pytest.fixture(autouse=True)
def own_faces(settings: object, tmp_path: Path) -> None:
    settings.ONWARD_FONTS = tmp_path  # type: ignore[attr-defined]


def copy(user: User, name: str, choice: Choice = WHOLE) -> bytes:
    return b"".join(FORMATS[name].chunks(user, NOW, choice))


def archive(user: User, choice: Choice = WHOLE) -> str:
    return copy(user, "html", choice).decode()


def articles(user: User, choice: Choice = WHOLE) -> list[list[str]]:
    return Read(archive(user, choice)).articles


def book(user: User, choice: Choice = WHOLE) -> list[str]:
    return printed(copy(user, "pdf", choice))


def damage(row: Owned, name: str) -> None:
    rows = type(row)._base_manager.filter(pk=row.pk)
    sealed = type(rows.values_list(name, flat=True).get())
    rows.update(**{name: sealed(b"\x01" * 60)})


def goal(user: User) -> Milestone:
    kept = Milestone.keep(user, NOW - timedelta(days=60), title="A calm kitchen", why="People sit there.")
    kept.draw_line("One quiet evening", NOW - timedelta(days=50))
    kept.draw_line("Two quiet evenings", NOW, "It was easier than I feared")
    Step.keep(kept, title="Sit down first").complete("tried", NOW)
    Step.keep(kept, title="Ask Tom")
    Step.keep(kept, title="Invite the neighbours", beyond=True)
    Standard.write(user, {"milestone": kept}, {"serves": "It keeps us safe.", "stops": ""})
    return kept


A_GOAL = [
    *["A calm kitchen", "People sit there."],
    *["Good enough looks like…", "Two quiet evenings"],
    *["Why it grew:", "It was easier than I feared", "20 November 2026"],
    *["Where it was before", "One quiet evening", "1 October 2026"],
    *["Steps", "Sit down first", "I tried · 20 November 2026", "Ask Tom"],
    *["Beyond good enough", "Invite the neighbours"],
    *["Where does this standard serve you?", "It keeps us safe."],
]


def test_a_milestone_has_its_lines_its_steps_and_its_standard(ada: User) -> None:
    goal(ada)
    assert articles(ada) == [A_GOAL]
    assert "Milestones\n" + "\n".join(A_GOAL) in book(ada)[-2].replace("• ", "")


def test_every_noun_has_a_place_in_the_index(ada: User) -> None:
    make.one_of_each(ada, "canary")
    text = archive(ada)
    places = ["milestones", "steps", "weeks", "chapters", "measures", "lists", "heavy"]
    assert re.findall(r'<li><a href="#([a-z]+)">', text)[:7] == re.findall(r'<h2 id="([a-z]+)">', text)[:7] == places
    titles = ["Milestones", "Small steps", "What I took with me", "In my own words", "Measures", "Lists of my own"]
    assert re.findall(r"^([A-Z][\D]*) \d+$", book(ada)[1], flags=re.M) == [
        *titles,
        "My page for heavy days",
        "Lessons",
        "About this book",
    ]


def test_all_that_stands_is_in_both_and_what_was_taken_back_is_in_neither(ada: User, bea: User) -> None:
    make.one_of_each(ada, "canary")
    make.one_of_each(bea, "sparrow")
    kept = "title,why,enough,reason,serves,stops,goal,way_forward,step,left,way,set down,reached,line,tried,permission"
    kept += ",begun,smaller,small,takeaway,month words,month easier,year heavy,year carry_on,measure,put away,matter"
    kept += ",treat,treat in the drawer,helps,whom,remember"
    gone = "step taken back,treat taken back,word taken back,taken back,served,closed,unproven,let go"
    for text in (flat(unescape(archive(ada))), flat(" ".join(book(ada)))):
        assert [one for one in kept.split(",") if f"canary {one}" not in text] == []
        assert [one for one in gone.split(",") if f"canary {one}" in text] == []
        assert "sparrow" not in text


def test_small_steps_weeks_and_lists_say_what_is_theirs(ada: User) -> None:
    Step.keep_alone(ada, NOW, title="Call", permission="Two minutes will do.").complete("done", NOW)
    Week.take(ada, date(2026, 11, 16), "Less is plenty.")
    Week.choose(ada, date(2026, 11, 9), NOW, "Open the letter")
    Matter.add(ada, text="calm")
    Treat.add(ada, text="a bath")
    HeavyPage.write(ada, NOW, helps="The river.", whom="", remember="")
    assert sorted(articles(ada)) == sorted(
        [
            ["Call", "You wrote beforehand:", "Two minutes will do.", "I did it · 20 November 2026"],
            ["Open the letter"],
            ["16 November – 22 November 2026", "Less is plenty."],
            ["9 November – 15 November 2026", "One small step", "Open the letter"],
            ["What matters to me", "calm"],
            ["What does me good", "a bath"],
            ["20 November 2026", "What helps me", "The river."],
        ]
    )


def test_a_step_that_was_taken_back_is_in_no_week(ada: User) -> None:
    Week.choose(ada, date(2026, 11, 9), NOW, "Open the letter").remove(NOW)
    assert articles(ada) == []
    assert "What I took with me" not in archive(ada)


def test_months_in_own_words_open_their_chapter_and_years_have_a_part(ada: User) -> None:
    make.entry(ada, "Opened the letter.", on=date(2026, 11, 3))
    for span, first in (("month", date(2026, 11, 1)), ("month", date(2026, 9, 1)), ("year", date(2026, 1, 1))):
        Chapter.objects.create(owner=ada, span=span, first=first, words=f"Of {first:%B}.", easier="Mornings.")
    told = ["What got a little easier?", "Mornings."]
    assert articles(ada)[1:] == [
        ["November 2026", "Of November.", *told],
        ["September 2026", "Of September.", *told],
        ["2026", "Of January.", *told],
    ]
    said = "What got a little easier?\nMornings."
    assert [re.sub(r"\n\d+$", "", page) for page in book(ada)[2:5]] == [
        f"September 2026\nIn my own words\nOf September.\n{said}",
        f"November 2026\nIn my own words\nOf November.\n{said}\n"
        "Tuesday 3 November\nSomething I did\nOpened the letter.",
        f"In my own words\n2026\nOf January.\n{said}",
    ]


def walks(user: User, days: int) -> Measure:
    kept = Measure.keep(user, NOW, name="Walks", kind=Measure.Kind.MINUTES)
    for number in range(days):
        Reading.keep(kept, NOW, value=str(number), local_date=TODAY - timedelta(days=number))
    return kept


def test_a_measure_has_its_readings_as_a_table(ada: User) -> None:
    walks(ada, 2)
    text = archive(ada)
    assert re.findall(r'<th scope="row">(.*?)</th>\t<td>(.*?)</td>', text) == [
        ("20 November 2026", "0 minutes"),
        ("19 November 2026", "1 minute"),
    ]
    assert '<svg class="spark"' not in text
    assert "Walks\nMinutes\n20 November 2026 0 minutes\n19 November 2026 1 minute" in book(ada)[1]


def test_from_four_days_on_its_line_is_drawn_and_a_long_one_is_no_table_of_the_book(ada: User) -> None:
    walks(ada, 41)
    text = archive(ada)
    assert (text.count('<svg class="spark"'), text.count('<th scope="row">')) == (1, 41)
    said = "From 11 October 2026 to 20 November 2026. Each of the days stands in the archive and in the tables."
    assert said in flat(book(ada)[1])
    assert "minutes" not in book(ada)[1]


def test_each_page_of_a_shelf_has_its_hash(ada: User) -> None:
    walks(ada, 2)
    table = "20 November 2026\t0 minutes\n19 November 2026\t1 minute"
    [kept] = json.loads(re.findall(r'id="hashes">(.*?)</script>', archive(ada))[0])["pages"]
    assert kept == hashlib.sha256(f"Measures\n\nWalks\nMinutes\n{table}".encode()).hexdigest()


def test_markup_in_a_title_or_a_step_is_only_text(ada: User) -> None:
    Step.keep(Milestone.keep(ada, NOW, title=HOSTILE), title=HOSTILE)
    assert articles(ada) == [[HOSTILE, "Steps", HOSTILE]]
    text = re.sub(r"[\s\u200b]", "", "".join(book(ada)))
    assert text.count(re.sub(r"\s", "", HOSTILE)) == 2


def test_what_cannot_be_opened_is_said_in_its_place(ada: User) -> None:
    kept = goal(ada)
    damage(kept, "title")
    damage(Step.objects.get(title__filled=True, completion__isnull=False), "title")
    damage(Reading.objects.get(measure=walks(ada, 1)), "value")
    told = [A_GOAL[0], "Sit down first"]
    assert articles(ada)[0] == [UNOPENED if one in told else one for one in A_GOAL]
    assert f'<th scope="row">20 November 2026</th>\t<td>{UNOPENED}</td>' in archive(ada)
    assert "Some of it could not be opened." in archive(ada)
    assert flat(" ".join(book(ada))).count(UNOPENED) == 3


def test_a_part_has_what_belongs_to_it(ada: User) -> None:
    make.one_of_each(ada, "canary")
    week, hard = Choice(first=TODAY, last=TODAY), Choice(kinds=("setback",))
    for text in (archive(ada, week), flat(" ".join(book(ada, week)))):
        assert [f"canary {one}" in text for one in ("enough", "takeaway", "measure")] == [True] * 3
        assert [one in text for one in ("canary treat", "canary remember", "13 November 2026")] == [False] * 3
    for text in (archive(ada, hard), flat(" ".join(book(ada, hard)))):
        assert [f"canary {one}" in text for one in ("hard", "lesson", "title", "why")] == [True] * 4
        others = ("enough", "serves", "step", "takeaway", "measure", "month words", "treat", "helps")
        assert [one for one in others if f"canary {one}" in text] == []


@pytest.mark.parametrize(("name", "queries"), [("html", 34), ("pdf", 30)])
@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_shelves(
    ada: User, name: str, queries: int, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        kept = goal(ada)
        Reading.keep(walks(ada, 0), NOW, value="3", local_date=TODAY)
        Step.keep_alone(ada, NOW, title=f"Call {number}")
        monday = date(2026, 11, 16) - timedelta(weeks=number)
        Week.choose(ada, monday, NOW, "Open the letter")
        Chapter.objects.create(owner=ada, span="month", first=date(2026, 9 - number, 1), words="Long.")
        make.entry(ada, f"{number}", milestone=kept)
        Matter.add(ada, text=f"calm {number}")
        Treat.add(ada, text=f"a bath {number}")
    HeavyPage.write(ada, NOW, helps="The river.", whom="", remember="")
    with scope(), django_assert_num_queries(queries):  # type: ignore[operator]
        copy(ada, name)


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_shelves_follow_each_other_without_a_gap(ada: User, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        goal(ada)
        walks(ada, number)
        Step.keep_alone(ada, NOW, title=f"Call {number}")
    whole = copy(ada, name)
    monkeypatch.setattr(pages, "PAGE", 2)
    monkeypatch.setattr("journal.export.archive.SOME", 2)
    made = copy(ada, name)
    assert (printed(made) == printed(whole)) if name == "pdf" else (made == whole)
