"""Every page stands in the walk without a script or before axe: a new one that no list has is found here."""

from typing import Any

from django.test import Client
from django.urls import resolve

from accounts.models import User
from tests import make
from tests.browser.test_axe import beyond
from tests.house.test_access import ALL, filled
from tests.walks.crawl import walk
from tests.walks.test_noscript import OPERATORS, PROVEN, START, STRANGERS, WITH_AN_APP, leave_out

LEADS_ON = "leads on to a page that is in a list, and shows none"
POSTED = "shows something only where it is posted to; its form is on a page of the walk"
MIDWAY = "stands only in the middle of a way through the door"
# What no list holds, each with its reason.
ELSEWHERE = {
    "account_invited": f"{LEADS_ON}; where it is open no more: tests/browser/test_axe.py",
    "account_signup_by_passkey": f"{MIDWAY}: tests/browser/test_ways_in.py",
    "mfa_signup_webauthn": f"{MIDWAY}: tests/browser/test_ways_in.py",
    "mfa_authenticate": f"{MIDWAY}: tests/browser/test_axe.py, the doors",
    "account_confirm_login_code": f"{MIDWAY}: tests/browser/test_ways_in.py",
    "account_confirm_email": f"{LEADS_ON}: addresses are confirmed by a code",
    "account_confirm_password_reset_code": f"{MIDWAY}: tests/accounts/test_reset.py",
    "account_complete_password_reset": f"{MIDWAY}: tests/accounts/test_reset.py",
    "account_set_password": f"{LEADS_ON}; of an account without a password: tests/accounts/test_ways_in.py",
    "accounts:ways_in.passkeys.deletion": "tests/walks/test_noscript.py and tests/browser/test_axe.py, the doors",
    "accounts:ways_in.codes.file": "a file",
    "journal:share": POSTED,
    "journal:entries.search": POSTED,
    "journal:entries.evidence.search": POSTED,
    "journal:entries.brought.search": POSTED,
    "journal:then_now.search": POSTED,
    "journal:entries.meeting.pages": "a file, of a meeting",
    "journal:steps.beginning": "leads on, but for a step that is begun: tests/browser/test_small_steps.py",
    "journal:weeks": LEADS_ON,
    "journal:months": LEADS_ON,
    "journal:years": LEADS_ON,
    "reminders:answer": "by a letter’s own link: tests/browser/test_letters.py asks axe about it",
    "reminders:answer.thanks": "by a letter’s own link: tests/browser/test_letters.py asks axe about it",
    "reminders:zone.notice": "nothing, or a line of a page of the walk",
    "security": "a text",
    "change_password": LEADS_ON,
}
# One row each of two: the walk comes to the one that shows its page, or to the one that leads on.
EITHER = {"journal:milestones.celebration"}


def shows_a_page(answer: Any) -> bool:
    """HTML, or the way to it: no answer to a machine, no file, nothing that is only posted to, no closed door."""
    if answer.status_code in (301, 302, 303):
        return not answer.headers["Location"].startswith("/account/login/?")
    return answer.status_code != 405 and "html" in answer.headers.get("Content-Type", "")


def test_every_page_is_in_a_list_or_reached_from_one(ada: User, ada_client: Client) -> None:
    rows = make.one_of_each(ada, "heliotrope")
    walked = walk(ada_client, START, leave_out, a_shape=1)
    listed = [address for address, answer, _ in walked if answer.status_code == 200]
    listed += [*beyond(rows), *STRANGERS, *PROVEN, *WITH_AN_APP, *OPERATORS]
    found = {resolve(address.split("?")[0]).view_name for address in listed}
    in_the_way = rows | dict.fromkeys(("w", "u", "key", "invited"), "x")
    missing = set()
    for name, route, _ in ALL:
        if name in found:
            continue
        path = filled(route, in_the_way) if "(?P" not in route else None
        if path is None or any(shows_a_page(asker.get(path)) for asker in (ada_client, Client())):
            missing.add(name)
    assert missing - EITHER == set(ELSEWHERE)
