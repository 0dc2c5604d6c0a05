"""A journal of any size for measuring: texts of about 600 bytes, three of thirty themes each, over up to ten years.

RARE stands in exactly seven entries and COMMON in about three of ten; neither stands in any other text.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from accounts.days import local_date
from journal.demo import mixture
from journal.demo.cards import Names, words
from journal.demo.shelf import Shelf
from journal.models import Entry

RARE, COMMON = "kingfisher", "harbour"
RARELY, COMMONLY = 7, 0.3042
A_DAY, LONGEST = 2.5, 3652
SHORTEST, USUAL, MOST = 180, 480, 960
# Which sentence follows which: far apart, so that neighbours of the lists are no neighbours of a text.
STRIDES = (37, 101, 163)
# Of a thousand; each stands among the newest and the oldest, so that every page that is measured holds it.
KINDS = {"win": 520, "setback": 140, "note": 120, "proud": 120, "doubt": 55}
KINDS |= {"meeting": 15, "decision": 12, "encouragement": 10, "letter": 4, "milestone": 2, "then_now": 2}
THEMES = """courage, asking for help, saying no, rest, work, study, the ward, home, friends, family, money, letters,
the allotment, music, writing, patience, beginning, finishing, kindness, listening, mornings, evenings, travel,
the choir, language, repair, boundaries, trying, order, quiet""".replace("\n", " ").split(", ")
RARE_LINE = f"A {RARE}, blue and gone, low over the water."
COMMON_LINES = [
    f"Walked home along the {COMMON}.",
    f"The {COMMON} was grey and very calm.",
    f"Told it to the {COMMON} first, and then to a person.",
    f"From the window the {COMMON}, and a boat that took its time.",
]


def write(shelf: Shelf, entries: int) -> None:
    """Puts that many entries on the shelf, spread evenly up to the shelf's own day, and what lies beside them."""
    random = shelf.random
    until = local_date(shelf.owner, shelf.now)
    days = list(kept_days(random, until, min(LONGEST, max(7, int(entries / A_DAY)))))
    mixed = mixture.Mixture(shelf, pool(random))
    rare = {(number * 2 + 1) * entries // (RARELY * 2) for number in range(RARELY)}
    for number in range(entries):
        body = text(random, mixed.sentences)
        extra = [random.choice(COMMON_LINES)] if random.random() < COMMONLY else []
        extra += [RARE_LINE] if number in rare else []
        day = days[number * len(days) // entries]
        kind = _kind(random, min(number, entries - 1 - number))
        _put(mixed, kind, day, " ".join([body, *extra]))
    if entries >= mixture.SETTLED:
        mixture.settle(mixed, days)


def _kind(random: Random, from_an_end: int) -> str:
    kinds = list(KINDS)
    return kinds[from_an_end] if from_an_end < len(kinds) else random.choices(kinds, list(KINDS.values()))[0]


def kept_days(random: Random, until: date, span: int) -> Iterator[date]:
    """The days of that span, oldest first, with rests of two to nine days between them."""
    rests: set[int] = set()
    for start in _rest_starts(random, span):
        rests |= set(range(start, start + random.randint(2, 9)))
    yield from (until - timedelta(days=back) for back in range(span, -1, -1) if back not in rests)


def _rest_starts(random: Random, span: int) -> Iterator[int]:
    """In days before the end, which is never a rest itself."""
    start = random.randint(12, 30)
    while start < span - 9:
        yield start
        start += random.randint(18, 44)


def pool(random: Random) -> list[str]:
    """Every sentence of the demonstration's words, with names put in."""
    names = Names(random)
    hard = [item[part] for item in words("hard")["hard"] for part in ("body", "kind_words", "lesson") if part in item]
    doubts = [text for pair in words("doubts")["doubts"] for text in pair.values() if text]
    wins = [line for group in words("wins")["groups"] for line in group["lines"]]
    lines = [*words("closers")["lines"], *words("notes")["lines"], *words("proud")["lines"]]
    return [names.put(line)[0] for line in [*wins, *hard, *doubts, *lines]]


def text(random: Random, sentences: list[str]) -> str:
    """About 600 bytes (UTF-8), between 180 and a little over 1,000."""
    enough = random.triangular(SHORTEST, MOST, USUAL)
    at, stride = random.randrange(len(sentences)), random.choice(STRIDES)
    said: list[str] = []
    size = 0
    while size < enough:
        said.append(sentences[at % len(sentences)])
        size += len(said[-1].encode()) + 1
        at += stride
    return " ".join(said)


def _put(mixed: mixture.Mixture, kind: str, day: date, body: str) -> None:
    shelf, random = mixed.shelf, mixed.shelf.random
    deed = random.choice(Entry.Deed.values) if kind == "win" and random.random() < 0.2 else ""
    minute = random.randrange(7 * 60, 22 * 60)
    entry = shelf.entry(day, minute, random.sample(THEMES, 3), kind=kind, body=body, deed=deed)
    mixed.beside(entry, minute)
