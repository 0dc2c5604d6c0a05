"""What offers itself beneath what was just kept: once, at most one a week, never early, never after something hard."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from journal.effort import HARD
from journal.introductions import MOST, line_after
from journal.models import Entry, NotForMe, Offering, Step
from journal.offering import OFFERS
from journal.today import Today
from tests import make
from tests.journal.conftest import Job
from tests.journal.pages import text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
NOON, TODAY = make.NOON, make.NOON.date()
HTMX = {"HX-Request": "true"}
A_DAY = timedelta(days=1)
DOUBT = "If a doubt comes, there are two facing pages"


@dataclass(frozen=True)
class Kept:
    things: int = 0
    days: int = 0
    doubts: int = 0
    steps: int = 0
    under_theme: int = 0
    proud_before: int = 0
    proud_now: int = 0
    waits_for_a_now: bool = False


def kept_on(user: User, *ago: int, **words: Any) -> None:
    for back in ago:
        make.entry(user, f"Day {back}.", now=NOON - back * A_DAY, **words)


def keep(client: Client, headers: dict[str, str] = HTMX, **words: Any) -> Any:
    return client.post("/entries/", {"kind": "win", "body": "Rang the bank."} | words, headers=headers)


def offered(user: User) -> list[str]:
    return list(Offering.objects.of(user).order_by("at").values_list("practice", flat=True))


def offered_before(user: User, *practices: str) -> None:
    """Long ago, a week apart."""
    for number, practice in enumerate(practices):
        Offering.objects.create(owner=user, practice=practice, at=NOON - (400 - 8 * number) * A_DAY)


def all_but(practice: str) -> list[str]:
    return [name for name in ("kindness", *OFFERS) if name != practice]


# The table


@pytest.mark.parametrize(
    ("practice", "enough", "short"),
    [
        ("doubt", Kept(things=3), [Kept(things=2), Kept(things=9, doubts=1)]),
        ("step", Kept(things=5), [Kept(things=4), Kept(things=9, steps=1)]),
        ("themes", Kept(under_theme=3), [Kept(things=90, under_theme=2)]),
        ("longer_look", Kept(proud_before=1, proud_now=1), [Kept(proud_before=5), Kept(proud_now=5)]),
        ("look_back", Kept(days=30), [Kept(things=90, days=29)]),
        ("shapes", Kept(things=30), [Kept(things=29, days=29)]),
        ("then_now", Kept(things=10, waits_for_a_now=True), [Kept(things=9, waits_for_a_now=True), Kept(things=90)]),
    ],
)
def test_each_has_its_threshold(practice: str, enough: Kept, short: list[Kept]) -> None:
    assert OFFERS[practice].is_due(enough)
    assert not any(OFFERS[practice].is_due(kept) for kept in short)


def test_no_threshold_asks_for_more_than_is_counted() -> None:
    most = Kept(MOST, MOST, under_theme=3, proud_before=1, proud_now=1, waits_for_a_now=True)
    assert all(offer.is_due(most) for offer in OFFERS.values())


@pytest.mark.parametrize("rows", [1, 3])
def test_where_nothing_can_be_due_any_more_that_is_known_after_two_questions(
    rows: int, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept_on(ada, 3, 2, 1)
    offered_before(ada, *(practice for practice in OFFERS if practice not in ("step", "doubt")), "kindness")
    Offering.objects.filter(practice="then_now").update(at=NOON - 100 * A_DAY)
    for number in range(rows):
        Step.objects.create(owner=ada, title=f"Step {number}.")
        make.entry(ada, f"Doubt {number}.", kind="doubt", now=NOON - A_DAY)
    today, entry = Today(ada, NOON), make.entry(ada, "Now.")
    assert len(today.days) == 4
    with django_assert_num_queries(2):
        assert line_after(today, entry) is None


# The line


def test_on_the_fourth_kept_day_one_line_stands_beneath_what_was_kept(ada: User, ada_client: Client) -> None:
    kept_on(ada, 3, 2)
    assert DOUBT not in text_of(keep(ada_client))
    with time_machine.travel(NOON + A_DAY, tick=False):
        ada_client.force_login(ada)
        page = words_of(keep(ada_client, body="The fourth."))
    assert page.count('class="offering') == 1
    assert page.index("The fourth.") < page.index(DOUBT) < page.index('id="thread"')
    assert 'href="/ways/doubt/"' in page
    assert f'<div id="say" hx-swap-oob="innerHTML">Kept. {DOUBT}' in page
    assert offered(ada) == ["doubt"]


@pytest.mark.parametrize("kind", ["win", "note", "proud"])
def test_without_a_script_it_stands_there_for_as_long_as_it_is_just_kept(
    kind: str, ada: User, ada_client: Client
) -> None:
    kept_on(ada, 3, 2, 1)
    keep(ada_client, {}, kind=kind)
    page = text_of(ada_client.get("/today/"))
    assert page.index("Rang the bank.") < page.index(DOUBT)
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        assert DOUBT not in text_of(ada_client.get("/today/"))


def test_the_same_form_sent_again_is_answered_with_the_same_line(ada: User, ada_client: Client) -> None:
    kept_on(ada, 3, 2, 1)
    id = "11111111-2222-4333-8444-555555555555"
    assert [DOUBT in text_of(keep(ada_client, id=id)) for _ in range(2)] == [True, True]
    assert offered(ada) == ["doubt"]
    assert DOUBT not in text_of(keep(ada_client, body="Something else."))


def test_two_kept_at_once_get_one_line(ada: User, at_once: Any) -> None:
    kept_on(ada, 3, 2, 1)
    entries = [make.entry(ada, f"Line {number}.") for number in range(3)]
    jobs: list[Job] = [lambda entry=entry: line_after(Today(ada, NOON), entry) for entry in entries]  # type: ignore[misc]
    assert len([line for line in at_once(*jobs) if line]) == 1


def test_a_theme_with_three_entries_leads_to_its_page(ada: User, ada_client: Client) -> None:
    kept_on(ada, 4, 3, themes=["Asking"])
    kept_on(ada, 2, 1)
    answer = keep(ada_client, themes="asking, harbour")
    theme = ada_themes(ada)["Asking"]
    assert "Some of your pages share a theme." in text_of(answer)
    assert f'href="/themes/{theme}/"' in words_of(answer)


def ada_themes(user: User) -> dict[str, str]:
    entries = Entry.objects.of(user).prefetch_related("themes")
    return {theme.name: str(theme.pk) for entry in entries for theme in entry.themes.all()}


def test_the_longer_look_comes_with_the_second_week_that_something_was_named_in(ada: User, ada_client: Client) -> None:
    kept_on(ada, 10, kind="proud")
    kept_on(ada, 3, 2, 1)
    offered_before(ada, "kindness")
    page = words_of(keep(ada_client, kind="proud"))
    assert 'href="/weeks/2026-W47/#longer"' in page


def test_shapes_are_offered_only_where_there_is_one_to_see(ada: User, ada_client: Client) -> None:
    kept_on(ada, *range(1, 35))
    offered_before(ada, *all_but("shapes"))
    keep(ada_client, body="As much on each day of the week.")
    assert "shapes" not in offered(ada)
    keep(ada_client, body="More on a Friday.")
    assert offered(ada)[-1] == "shapes"
    assert "Friday holds the most" in text_of(ada_client.get("/look-back/"))


def test_then_and_now_comes_twice_a_year_where_something_is_old_enough(
    ada: User, bea: User, ada_client: Client, time_machine: Any
) -> None:
    kept_on(ada, *range(1, 10))
    offered_before(ada, *all_but("then_now"))
    make.entry(bea, "Of bea.", kind="doubt", on=TODAY - 200 * A_DAY)
    keep(ada_client, body="Nothing is old yet.")
    assert "then_now" not in offered(ada)
    make.entry(ada, "I never finish.", kind="doubt", now=NOON - 100 * A_DAY)

    def said(days: int) -> bool:
        time_machine.move_to(NOON + days * A_DAY)
        ada_client.force_login(ada)
        page = words_of(keep(ada_client, body=f"After {days} days."))
        return "what is easier now?" in page and 'href="/then-and-now/"' in page

    assert [said(days) for days in (0, 8, 181, 183, 200)] == [True, False, False, True, False]
    make.entry(ada, "I ask sooner.", kind="then_now", on=TODAY + 300 * A_DAY)
    assert [said(days) for days in (481, 482)] == [False, True]
    NotForMe.say(ada, "then_now")
    assert not said(800)


def test_what_was_found_before_is_not_offered(ada: User, ada_client: Client) -> None:
    kept_on(ada, 5, 4, 3, 1)
    make.entry(ada, "Not enough.", kind="doubt", now=NOON - 2 * A_DAY)
    Step.keep_alone(ada, NOON - A_DAY, title="Write to Karim.")
    keep(ada_client)
    assert offered(ada) == []


# When nothing comes


def test_nothing_comes_with_something_hard_or_on_its_day_or_right_after_it(ada: User, ada_client: Client) -> None:
    kept_on(ada, 4, 3, 2, 1)
    for headers in (HTMX, {}):
        keep(ada_client, headers, kind="setback")
    keep(ada_client)
    keep(ada_client, body="Another one.")
    for days in (1, 2):
        with time_machine.travel(NOON + days * A_DAY, tick=False):
            ada_client.force_login(ada)
            if days == 1:
                make.setback(ada, "Late.", now=NOON + days * A_DAY - timedelta(hours=13))
            keep(ada_client, body=f"Day {days}.")
            assert offered(ada) == ([] if days == 1 else ["step"])


def test_nothing_comes_on_the_day_of_a_not_today(ada: User, ada_client: Client) -> None:
    kept_on(ada, 3, 2, 1)
    Step.keep_alone(ada, NOON, title="Write to Karim.").rest(NOON)
    keep(ada_client)
    assert offered(ada) == []
    with time_machine.travel(NOON + A_DAY, tick=False):
        ada_client.force_login(ada)
        keep(ada_client, body="The day after.")
    assert offered(ada) == ["doubt"]


def test_lines_for_other_days_make_no_later_day_of_an_early_one(ada: User, ada_client: Client) -> None:
    kept_on(ada, 2, 1)
    for back in (5, 6):
        make.entry(ada, f"For day {back}.", on=TODAY - back * A_DAY)
    assert DOUBT not in text_of(keep(ada_client))
    kept_on(ada, 12)
    keep(ada_client, local_date="2026-11-10", body="For another day.")
    assert offered(ada) == []


def test_nothing_comes_within_a_week_of_another(ada: User, ada_client: Client) -> None:
    kept_on(ada, 9, 8, 7, 6)
    Offering.make(ada, "kindness", NOON - 7 * A_DAY + timedelta(seconds=1))
    keep(ada_client)
    assert offered(ada) == ["kindness"]
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        keep(ada_client, body="A week later.")
    assert offered(ada) == ["kindness", "step"]


def test_the_line_to_oneself_has_a_week_of_its_own(ada: User, ada_client: Client) -> None:
    kept_on(ada, 7, 6, 5)
    assert "And to yourself?" in text_of(keep(ada_client))
    assert offered(ada) == ["kindness"]


def test_the_line_to_oneself_waits_where_something_else_was_offered(ada: User, ada_client: Client) -> None:
    kept_on(ada, 9, 8, 7, 6)
    Offering.make(ada, "doubt", NOON - 6 * A_DAY)
    assert "And to yourself?" not in text_of(ada_client.get("/today/"))
    with time_machine.travel(NOON + A_DAY, tick=False):
        ada_client.force_login(ada)
        assert "And to yourself?" in text_of(ada_client.get("/today/"))


# Not for me


def refusal(user: User) -> str:
    return f"/offerings/{Offering.objects.of(user).latest('at').pk}/refusal/"


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["by htmx", "by a plain form"])
def test_not_for_me_is_remembered_and_can_be_undone(
    headers: dict[str, str], ada: User, bea: User, ada_client: Client
) -> None:
    kept_on(ada, 3, 2, 1)
    keep(ada_client, headers)
    for sent, refused in (("1", ["doubt"]), ("1", ["doubt"]), ("0", [])):
        answer = ada_client.post(refusal(ada), {"refused": sent}, headers=headers)
        assert answer.status_code == (200 if headers else 303)
        page = text_of(answer if headers else ada_client.get("/today/"))
        assert ("It won’t offer itself again." in page, DOUBT in page) == (bool(refused), not refused)
        assert [row.practice for row in NotForMe.objects.of(ada)] == refused
    assert not NotForMe.objects.of(bea).exists()


def test_what_is_not_for_somebody_is_never_offered(ada: User, ada_client: Client) -> None:
    kept_on(ada, 4, 3, 2, 1)
    NotForMe.say(ada, "doubt")
    keep(ada_client)
    assert offered(ada) == ["step"]


def test_what_is_offered_to_one_is_nobody_elses(ada: User, bea: User, ada_client: Client, bea_client: Client) -> None:
    for person in (ada, bea):
        kept_on(person, 3, 2, 1)
    keep(ada_client)
    assert bea_client.post(refusal(ada), {"refused": "1"}).status_code == 404
    assert ada_client.get(refusal(ada)).status_code == 405
    assert (offered(bea), NotForMe.objects.count()) == ([], 0)
    assert DOUBT not in text_of(bea_client.get("/today/"))


# The rule, over whatever is kept

KINDS = [kind.value for kind in (*HARD, Entry.Kind.WIN, Entry.Kind.NOTE, Entry.Kind.PROUD)]
WEIGHTED = st.sampled_from([*KINDS, *["win", "note", "proud"] * 3, "rest"])
KEPT = st.lists(st.tuples(st.integers(0, 5), WEIGHTED), min_size=1, max_size=40)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=KEPT)
def test_the_rule_holds_whatever_is_kept(rows: list[tuple[int, str]], ada: User) -> None:
    for noun in (Offering, Entry, Step):
        noun.objects.filter(owner=ada).delete()
    now, hard, days, last = NOON, set[date](), set[date](), ""
    lines: list[tuple[datetime, str]] = []
    for number, (gap, kind) in enumerate(rows):
        now += gap * A_DAY + timedelta(minutes=1)
        if kind == "rest":
            Step.keep_alone(ada, now, title=f"Step {number}.").rest(now)
            hard.add(now.date())
            continue
        entry = make.entry(ada, f"Line {number}.", kind=kind, themes=["Asking"], now=now)
        days.add(now.date())
        hard |= {now.date()} if kind in HARD else set()
        if line := line_after(Today(ada, now), entry):
            assert (len(days) > 3, now.date() in hard, last in HARD) == (True, False, False)
            lines.append((now, line.offering.practice))
        last = kind
    every = list(Offering.objects.of(ada).order_by("at").values_list("at", "practice"))
    assert [row for row in every if row[1] != "kindness"] == lines
    assert all(later[0] - at[0] >= timedelta(days=7) for at, later in zip(every, every[1:], strict=False))
    assert len({practice for _, practice in every}) == len(every)
