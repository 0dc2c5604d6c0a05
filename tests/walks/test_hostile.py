"""Every line of every form that a walk finds takes hostile texts: what is kept is what was sent, and nothing breaks.

The same with twenty thousand texts a line on both databases: `make soak ONLY=hostile`.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.walks import odd
from tests.walks.hostile import Prober, everything, journal
from tests.walks.other_kinds import OtherKinds


@pytest.fixture(scope="module")
def prober(standing: None) -> Iterator[Prober]:
    yield Prober(journal())


def test_texts_by_hand_and_by_chance_are_kept_as_they_were_sent(prober: Prober, db: None) -> None:
    texts = list(everything(2500))
    prober.try_texts(texts, handful=500)
    assert prober.told.wrong == []


def test_nearly_every_line_is_found_again_in_the_copy_that_holds_everything(prober: Prober, db: None) -> None:
    assert (prober.told.lines > 60, prober.told.kept / prober.told.lines > 0.6) == (True, True), prober.told


def test_nothing_that_is_not_words_breaks_a_page(prober: Prober, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    tried = OtherKinds(prober).every(2)
    assert tried.broken == []
    assert tried.tried > 1500
    settings.ROOT_URLCONF = "tests.config.urls_that_break"
    tried.ask("POST", "/breaks/", b"body=Quince")
    assert [line.split()[1] for line in tried.broken] == ["/breaks/"]


def test_two_thousand_texts_are_made_by_hand() -> None:
    assert len(set(odd.by_hand())) > 1500
