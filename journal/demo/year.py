"""A lived-in year: about 900 entries of every kind, with lessons, answers, steps, weeks and rests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from accounts.days import local_date
from accounts.models import Access, User
from journal.demo import chapters, kind, notices, pages, steps, walks
from journal.demo.cards import Deck, Names, words
from journal.demo.shelf import Shelf
from journal.models import Acceptance, Answer, Asking, Declined, Entry, Lesson, Milestone, Offering, Pin, Sequel, Week
from journal.models.sequel import OLD
from journal.models.week import monday_of

# A little more than a year, so that there is something "on this day".
DAYS = 372
NAME = "Nadia"
WINS = {0: 2, 1: 6, 2: 8, 3: 5}
HARD, NOTED, DOUBTED, DEED, CLOSED, TAKEN_AWAY = 0.2, 0.38, 0.1, 0.24, 0.5, 0.6
OPEN_STILL = timedelta(days=9)
ASKED = ("win.left_alone", "note.see", "doubt.certain", "proud.honest", "win.returned")
DECLINED = "note.tune"
# So many days ago, each a week or more after the one before.
OFFERED = {
    360: "doubt",
    350: "kindness",
    341: "step",
    330: "themes",
    318: "longer_look",
    300: "shapes",
    290: "look_back",
}


@dataclass
class Win:
    line: str
    themes: list[str]


@dataclass
class Cards:
    """Everything that is dealt, each pack in an order of its own."""

    shelf: Shelf
    names: Names = field(init=False)
    wins: Deck[Win] = field(init=False)
    deeds: Deck[str] = field(init=False)

    def __post_init__(self) -> None:
        random = self.shelf.random
        self.names = Names(random)
        groups = words("wins")["groups"]
        self.wins = Deck([Win(line, group["themes"]) for group in groups for line in group["lines"]], random)
        self.deeds = Deck(Entry.Deed.values, random)
        self.closers = Deck[str](words("closers")["lines"], random)
        self.notes = Deck[str](words("notes")["lines"], random)
        self.proud = Deck[str](words("proud")["lines"], random)
        self.takeaways = Deck[str](words("proud")["takeaways"], random)
        self.hard = Deck[dict[str, Any]](words("hard")["hard"], random)
        self.doubts = Deck[dict[str, str]](words("doubts")["doubts"], random)


def write(owner: User, now: datetime) -> int:
    """Keeps the year up to `now`, and says how many entries that is."""
    owner.name = NAME
    owner.save(update_fields=["name"])
    shelf = Shelf(owner, now, "year")
    year = Year(shelf, Cards(shelf), local_date(owner, now), walks.write(shelf))
    for day in year.kept_days():
        year.live(day)
    pages.write(shelf, year.today)
    steps.write(shelf, year.walks[0].milestone)
    chapters.write(shelf)
    notices.write(shelf, year.today)
    _keep_near(shelf, local_date(owner, now))
    kind.write(shelf, year.today)
    _at_the_door(shelf, year.today)
    shelf.put_away()
    return len(shelf.rows[Entry])


def _at_the_door(shelf: Shelf, today: date) -> None:
    """What the page of devices and access tells: begun, signed in from two devices, a copy taken along."""
    what = Access.What
    for back, done, more, browser, machine in (
        (DAYS, what.JOINED, "", "Firefox", "Linux"),
        (60, what.SIGNED_IN, "", "Safari", "iPhone"),
        (12, what.EXPORT, "json", "Firefox", "Linux"),
        (5, what.REFUSED, "", "Safari", "iPhone"),
        (5, what.SIGNED_IN, "", "Safari", "iPhone"),
    ):
        at = shelf.instant(today - timedelta(days=back), 19 * 60 + 10)
        Access.objects.create(owner=shelf.owner, what=done, at=at, more=more, browser=browser, machine=machine)


def _keep_near(shelf: Shelf, today: date) -> None:
    """What stays on Today, what offered itself, the questions shown lately, and one that never comes again."""
    shelf.put(Pin, today - timedelta(days=200), 20 * 60, moment="doubting")
    for back, question in enumerate(ASKED):
        day = today - timedelta(days=1 + back * 9)
        shelf.put(Asking, day, 21 * 60, question=question, at=shelf.instant(day, 21 * 60))
    for back, practice in OFFERED.items():
        day = today - timedelta(days=back)
        shelf.put(Offering, day, 20 * 60, practice=practice, at=shelf.instant(day, 20 * 60))
    shelf.put(Declined, today - timedelta(days=40), 21 * 60, question=DECLINED)


@dataclass
class Year:
    shelf: Shelf
    cards: Cards
    today: date
    walks: list[walks.Walk]

    def kept_days(self) -> Iterator[date]:
        """Oldest first, with rests between them; today, yesterday and this day a year ago are kept."""
        resting = 0
        for back in range(DAYS, -1, -1):
            if resting or (resting := self._rest(back)):
                resting -= 1
                continue
            yield self.today - timedelta(days=back)

    def _rest(self, back: int) -> int:
        near = back < 12 or abs(back - 365) < 12
        return 0 if near or self.shelf.random.random() > 0.045 else self.shelf.random.randint(1, 6)

    def live(self, day: date) -> None:
        random = self.shelf.random
        wins = random.choices(list(WINS), list(WINS.values()))[0]
        wins = max(wins, 1 if day == self.today or self._is_a_year_ago(day) else 0)
        for number in range(wins):
            self._win(day, random.randrange(8 * 60, 13 * 60) + number * 140)
        if random.random() < HARD:
            self._hard(day, random.randrange(16 * 60, 21 * 60))
        if random.random() < NOTED:
            self._note(day, random.randrange(7 * 60, 22 * 60))
        if random.random() < DOUBTED:
            self._doubt(day, random.randrange(20 * 60, 22 * 60))
        if day.weekday() == 6 or day == self.today:
            self._look_at_the_week(day)

    def _is_a_year_ago(self, day: date) -> bool:
        return (day.month, day.day) == (self.today.month, self.today.day)

    def _win(self, day: date, minute: int) -> None:
        random = self.shelf.random
        # What comes back after a year is told in words.
        if random.random() < DEED and not self._is_a_year_ago(day):
            self.shelf.entry(day, minute, kind="win", deed=next(self.cards.deeds))
            return
        win = next(self.cards.wins)
        # A line in another language stands by itself.
        closed = random.random() < CLOSED and "language" not in win.themes
        body, closer = self.cards.names.put(win.line, next(self.cards.closers) if closed else "")
        themes = win.themes if random.random() < 0.7 else []
        milestone = self._on_the_way(win, day)
        self.shelf.entry(day, minute, themes, kind="win", body=f"{body} {closer}".strip(), milestone=milestone)

    def _on_the_way(self, win: Win, day: date) -> Milestone | None:
        return next((walk.milestone for walk in self.walks if walk.theme in win.themes and walk.goes_on(day)), None)

    def _note(self, day: date, minute: int) -> None:
        self.shelf.entry(day, minute, kind="note", body=self.cards.names.put(next(self.cards.notes))[0])

    def _hard(self, day: date, minute: int) -> None:
        card = next(self.cards.hard)
        texts = {name: text for name, text in card.items() if name != "themes"}
        said = dict(zip(texts, self.cards.names.put(*texts.values()), strict=True))
        entry = self.shelf.entry(day, minute, card["themes"], kind="setback", body=said.pop("body"))
        if self.today - day < OPEN_STILL:
            return
        came = said.pop("came_of_it", "")
        if "lesson" in said:
            self.shelf.put(Lesson, day, minute + 11, entry=entry, **said)
            self._look_at_it_again(entry, day, came)
        else:
            self._left(entry, day, minute + 11)

    def _look_at_it_again(self, entry: Entry, day: date, came_of_it: str) -> None:
        later = day + OLD
        if came_of_it and later <= self.today:
            self.shelf.put(Sequel, later, 20 * 60, entry=entry, came_of_it=came_of_it)

    def _left(self, entry: Entry, day: date, minute: int) -> None:
        """It was only hard, or it is left be, or it stays open."""
        way = self.shelf.random.choice([Acceptance.Way.HARD, Acceptance.Way.HARD, Acceptance.Way.BE, None])
        if way:
            self.shelf.put(Acceptance, day, minute, entry=entry, way=way)

    def _doubt(self, day: date, minute: int) -> None:
        card = next(self.cards.doubts)
        entry = self.shelf.entry(day, minute, kind="doubt", body=card["doubt"])
        if card["answer"]:
            self.shelf.put(Answer, day, minute + 14, entry=entry, answer=card["answer"])

    def _look_at_the_week(self, day: date) -> None:
        random = self.shelf.random
        for number in range(2 if day == self.today else random.choice([2, 3, 3])):
            body = self.cards.names.put(next(self.cards.proud))[0]
            self.shelf.entry(day, 18 * 60 + number * 3, kind="proud", body=body)
        if day.weekday() == 6 and random.random() < TAKEN_AWAY:
            self.shelf.put(Week, day, 18 * 60 + 20, monday=monday_of(day), takeaway=next(self.cards.takeaways))
