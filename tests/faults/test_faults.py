"""Whatever dies, stalls, is full, answers wrongly or not at all: no letter comes twice, late or to somebody who wants
none, no page of a file does, and nothing that was kept is lost or becomes unreadable.

The same faults with their full counts: `make soak`.
"""

import pytest

from tests.faults import bells, brought, clocks, crowds, disk, keeping, kills, nouns, outages, post, slowness, writing
from tests.faults.figures import Figures
from tests.faults.place import Place

pytestmark = pytest.mark.services


def holds(figures: Figures, tried: int) -> None:
    assert (figures.holds, figures.tried) == (True, tried), figures


def test_workers_that_are_killed_double_nothing_and_lose_one_letter_each_at_most(onward: Place) -> None:
    holds(kills.workers(onward, kills=12), tried=12)


@pytest.mark.parametrize("onward", ["postgresql"], indirect=True)
def test_a_database_that_is_stopped_at_once_doubles_nothing(onward: Place) -> None:
    holds(kills.database(onward, stops=2), tried=2)


def test_every_answer_of_a_mail_server_is_understood(onward: Place) -> None:
    holds(post.odd_answers(onward, people=18), tried=16)


def test_a_mail_server_that_never_answers_costs_no_letter(onward: Place) -> None:
    holds(post.tarpit(onward, people=3, DJANGO_SETTINGS_MODULE="tests.faults.impatient"), tried=2)


def test_six_hours_without_a_mail_server_make_no_letter_stale(onward: Place) -> None:
    holds(post.six_hours(onward, people=3), tried=36)


def test_what_somebody_decides_while_letters_leave_holds_at_once(onward: Place) -> None:
    holds(post.second_thoughts(onward, people=10), tried=9)


def test_clocks_that_are_wrong_double_nothing(onward: Place) -> None:
    holds(clocks.turned(onward, people=12), tried=21)


def test_a_worker_that_stood_still_past_its_lease_doubles_nothing(onward: Place) -> None:
    holds(clocks.stopped(onward, people=8, real=False), tried=1)


def test_a_redis_that_dies_and_forgets_costs_nothing(onward: Place) -> None:
    holds(bells.storm(onward, blows=3, people=20), tried=3)


def test_two_beats_two_workers_and_two_loops_at_once_double_nothing(onward: Place) -> None:
    holds(bells.too_many_clocks(onward, people=20), tried=6)


def test_a_redis_that_never_answers_keeps_nobody_from_writing(onward: Place) -> None:
    holds(bells.black_hole(onward, saves=20), tried=20)


def test_keys_whose_rotation_is_killed_open_everything(onward: Place) -> None:
    holds(keeping.rotation(onward, kills=2, people=800), tried=2)


def test_a_restore_that_is_killed_comes_whole_when_it_is_run_again(onward: Place) -> None:
    holds(keeping.restoring(onward, kills=2, people=20, entries=20), tried=2)


def test_a_migration_that_is_killed_goes_on_and_every_line_opens(onward: Place) -> None:
    holds(keeping.migrating(onward, kills=2, people=20, entries=20, older_by=(("journal", "0013"),)), tried=2)


def test_whoever_dies_over_a_file_from_elsewhere_keeps_each_page_once(onward: Place) -> None:
    holds(brought.files(onward, kills=3, pages=3000), tried=3)


def test_one_form_sent_at_once_is_one_row(onward: Place) -> None:
    holds(writing.at_once(onward, posts=8), tried=8)


def test_two_tabs_lose_no_character(onward: Place) -> None:
    holds(writing.two_tabs(onward, orders=10), tried=10)


def test_two_tabs_on_another_noun_show_both_and_keep_the_second(onward: Place) -> None:
    holds(nouns.two_tabs(onward, orders=8), tried=8)


def test_a_web_that_is_killed_loses_nothing_that_it_said_was_kept(onward: Place) -> None:
    holds(crowds.web(onward, kills=2, writers=3), tried=2)


@pytest.mark.parametrize("onward", ["postgresql"], indirect=True)
def test_a_database_that_is_stopped_under_people_who_write_loses_nothing_that_was_kept(onward: Place) -> None:
    holds(outages.database(onward, stops=2, writers=3), tried=2)


def test_a_redis_that_dies_and_forgets_keeps_nobody_from_writing(onward: Place) -> None:
    holds(outages.memory(onward, blows=3, writers=3), tried=3)


def test_many_who_come_at_one_moment_are_all_answered(onward: Place) -> None:
    holds(crowds.burst(onward, requests=40, connections=20), tried=40)


def test_people_who_stall_keep_nobody_waiting_and_half_a_line_is_not_kept(onward: Place) -> None:
    holds(slowness.slow(onward, connections=150, asking=3, patient=False), tried=150)


def test_on_a_full_disk_words_stay_in_their_form_and_nothing_is_damaged(onward: Place) -> None:
    """Where nobody may mount a small disk there is none to be filled; `make soak` says so, and breaks."""
    if disk.may_mount():
        holds(disk.full(onward, times=1), tried=1)
