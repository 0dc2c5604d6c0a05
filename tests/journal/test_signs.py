"""Each kind of entry has a drawn sign of its own, and no page names one that is not drawn."""

import re

from django.conf import settings

from journal.models.kinds import Kind
from journal.prompts.ways import EIGHT


def drawn() -> dict[str, str]:
    picture = (settings.BASE_DIR / "static/img/art.svg").read_text()
    return dict(re.findall(r'<symbol id="([^"]+)" viewBox="[^"]+">(.*?)</symbol>', picture))


def test_every_kind_has_its_own_sign() -> None:
    signs = {kind: drawn()[f"kind-{kind}"] for kind in Kind}
    assert len(set(signs.values())) == len(Kind)


def test_every_way_names_a_sign_that_is_drawn() -> None:
    named = {way.sign for moment in EIGHT for way in moment.ways if way.sign}
    assert (named - set(drawn()), len(named)) == (set(), 6)
