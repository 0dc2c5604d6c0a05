"""A newcomer's first thirty kept things: what offered itself when."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.walks.crawl import text_of

MONDAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
LINES = {
    "doubt": "If a doubt comes, there are two facing pages",
    "kindness": "And to yourself?",
    "step": "one small step of it can stand on Today",
    "themes": "Some of your pages share a theme.",
    "longer look": "lies a longer look, for when you want one.",
    "look back": "What you kept lies on four shelves by now",
    "shapes": "Look back can draw a shape or two",
}
PROUD, HARD = {4, 11, 18, 25}, {3, 9, 17}
HTMX = {"HX-Request": "true"}


def kind_of(number: int) -> str:
    return "proud" if number in PROUD else "setback" if number in HARD else "win"


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_what_offers_itself_in_the_first_thirty_kept_things(script: bool, ada: User, client: Client) -> None:
    """One a day, with something hard on the third, the ninth and the seventeenth; one theme from the thirteenth on."""
    seen: dict[str, int] = {}
    for number in range(1, 31):
        with time_machine.travel(MONDAY + timedelta(days=number - 1), tick=False):
            client.force_login(ada)
            words = {"kind": kind_of(number), "body": f"Line {number}.", "themes": "Asking" if number > 12 else ""}
            answer = client.post("/entries/", words, headers=HTMX if script else {})
            page = text_of(answer if script and number not in PROUD else client.get("/today/"))
        for name, line in LINES.items():
            if line in page and name not in seen:
                seen[name] = number
    assert seen == {"step": 5, "kindness": 12, "themes": 19, "longer look": 26}
