"""A milestone is set down for a while and taken up again; nothing of it goes."""

from datetime import timedelta

from django.test import Client

from accounts.models import User
from journal.models import Aside, Milestone, Step
from tests import make
from tests.journal.pages import text_of


def made(owner: User, title: str = "The cookbook") -> Milestone:
    return Milestone.keep(owner, make.NOON, title=title, step=f"{title}, a first page")


def test_set_down_it_is_listed_apart_with_its_day(ada: User, ada_client: Client, noon: None) -> None:
    milestone = made(ada)
    made(ada, "Home by eleven")
    answer = ada_client.post(f"/milestones/{milestone.pk}/aside/", {"aside": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/milestones/")
    assert [one.title for one in Milestone.objects.of(ada).walking()] == ["Home by eleven"]
    said = text_of(ada_client.get("/milestones/"))
    assert "Set down for a while The cookbook It will keep. Since 20 November" in said
    assert "Take it up again" in text_of(ada_client.get(f"/milestones/{milestone.pk}/"))


def test_the_list_stands_where_everything_is_set_down(ada: User, ada_client: Client) -> None:
    Aside.set_down(made(ada), make.NOON)
    assert "The cookbook" in text_of(ada_client.get("/milestones/"))


def test_taken_up_again_it_is_as_it_was(ada: User, ada_client: Client) -> None:
    milestone = made(ada)
    ada_client.post(f"/milestones/{milestone.pk}/aside/", {"aside": "1"})
    answer = ada_client.post(f"/milestones/{milestone.pk}/aside/", {"aside": "0"})
    assert answer.headers["Location"] == f"/milestones/{milestone.pk}/"
    assert [one.pk for one in Milestone.objects.of(ada).walking()] == [milestone.pk]
    assert Aside.objects.count() == 0
    assert [step.title for step in Step.objects.of(ada).waiting(make.NOON.date())] == ["The cookbook, a first page"]


def test_set_down_twice_keeps_the_first_day(ada: User) -> None:
    milestone = made(ada)
    for days in (0, 9):
        Aside.set_down(milestone, make.NOON + timedelta(days=days))
    assert Aside.objects.get().local_date == make.NOON.date()


def test_no_step_of_it_waits_meanwhile(ada: User) -> None:
    milestone = made(ada)
    alone = Step.keep_alone(ada, make.NOON, title="Ring the dentist")
    Aside.set_down(milestone, make.NOON)
    assert list(Step.objects.of(ada).waiting(make.NOON.date())) == [alone]


def test_what_is_reached_rests_and_is_not_set_down(ada: User, ada_client: Client) -> None:
    milestone = made(ada)
    milestone.reach(make.NOON)
    ada_client.post(f"/milestones/{milestone.pk}/aside/", {"aside": "1"})
    assert Aside.objects.count() == 0


def test_reaching_it_takes_it_up(ada: User) -> None:
    milestone = made(ada)
    Aside.set_down(milestone, make.NOON)
    milestone.reach(make.NOON)
    assert Aside.objects.count() == 0


def test_nobody_sets_down_what_is_somebody_elses(ada: User, bea_client: Client) -> None:
    milestone = made(ada)
    assert bea_client.post(f"/milestones/{milestone.pk}/aside/", {"aside": "1"}).status_code == 404
    Aside.set_down(milestone, make.NOON)
    assert bea_client.post(f"/milestones/{milestone.pk}/aside/", {"aside": "0"}).status_code == 404
    assert Aside.objects.count() == 1
