"""Each kind of entry has a drawn sign of its own, and no page names one that is not drawn."""

import re

from django.conf import settings
from django.test import Client

from config import styles
from journal.models.kinds import Kind
from journal.prompts.ways import EIGHT


def drawn() -> dict[str, str]:
    folder = settings.BASE_DIR / "static/img"
    picture = (folder / "art.svg").read_text() + (folder / "branch.svg").read_text()
    return dict(re.findall(r'<symbol id="([^"]+)" viewBox="[^"]+">(.*?)</symbol>', picture))


def test_every_kind_has_its_own_sign() -> None:
    signs = {kind: drawn()[f"kind-{kind}"] for kind in Kind}
    assert len(set(signs.values())) == len(Kind)


def test_every_way_names_a_sign_that_is_drawn() -> None:
    named = {way.sign for moment in EIGHT for way in moment.ways if way.sign}
    assert (named - set(drawn()), len(named)) == (set(), 6)


def test_the_first_page_draws_what_its_file_holds_and_asks_for_no_other(db: None) -> None:
    named = re.findall(r'<use href="/static/img/([\w.]+)#([\w-]+)"', Client().get("/").content.decode())
    held = re.findall(r'<symbol id="([^"]+)"', styles.picture())
    assert sorted(set(named)) == sorted(("landing.svg", name) for name in held)
    assert all(drawn()[name] in styles.picture() for name in held if name != "table")
