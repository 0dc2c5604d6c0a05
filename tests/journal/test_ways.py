import re

from django.test import Client

from accounts.models import User
from journal.prompts.ways import MOMENTS
from tests import make


def links(client: Client) -> list[str]:
    return re.findall(r'<h2><a href="([^"]+)">', client.get("/ways/").content.decode())


def test_every_moment_leads_somewhere(ada_client: Client) -> None:
    assert links(ada_client) == [moment.address for moment in MOMENTS]
    assert [ada_client.get(address).status_code for address in links(ada_client)] == [200] * len(MOMENTS)


def test_something_went_wrong_opens_today_at_something_hard(ada: User, ada_client: Client) -> None:
    page = ada_client.get("/today/?kind=setback").content.decode()
    assert re.search(r'value="setback" checked', page)
    assert not re.search(r'value="win" checked', page)


def test_a_kind_that_is_none_opens_today_as_ever(ada_client: Client) -> None:
    for kind in ("proud", "nothing", ""):
        assert 'value="win" checked' in ada_client.get("/today/", {"kind": kind}).content.decode()


def test_it_asks_nothing_of_the_journal(ada: User, ada_client: Client, django_assert_num_queries: object) -> None:
    make.entry(ada)
    ada_client.get("/ways/")
    with django_assert_num_queries(2):  # type: ignore[operator]
        ada_client.get("/ways/")


def test_it_is_only_read(ada_client: Client) -> None:
    assert ada_client.post("/ways/").status_code == 405
