"""A sealed text opens in its own place and nowhere else: every field, every other place."""

from accounts.models import User
from tests import make
from tests.walks import swaps


def test_no_sealed_text_opens_in_a_place_that_is_not_its_own(ada: User, bea: User) -> None:
    for person in (ada, bea):
        make.one_of_each(person, "heliotrope")
        person.name = "heliotrope"
        person.save()
    every = swaps.texts()
    assert len({one.field.label for one in every}) > 40
    every += swaps.unwritten(ada.pk, every)
    assert {field.label for _, field in swaps.fields()} - {one.field.label for one in every} == set()
    at_home, tried, opened = swaps.tried(every)
    assert (at_home, opened) == (len(every), 0)
    assert tried > 10 * len(every)
    moved, read = swaps.moved()
    assert (moved > 40, read) == (True, 0)
