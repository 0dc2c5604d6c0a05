"""Two tabs change whatever else than an entry's own words can be written over: who comes second is shown both texts,
and nothing of theirs is lost.

What has to happen inside a place (tests.faults.inside) stands here as well.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.faults.figures import Figures
from tests.faults.person import SECRET, Person, serving, shows
from tests.faults.place import Place
from tests.faults.writing import NOTHING
from tests.walks.crawl import WORDS, Form, shape
from tests.walks.http import Answer

PEOPLE = 4
# A page and which of its forms it is.
Spot = tuple[int, int]
Words = dict[str, str]


def two_tabs(place: Place, orders: int) -> Figures:
    """`missing`: a text that was not shown, or not kept; `double_records`: any answer but the one that is due."""
    people: list[tuple[str, list[str]]] = place.inside("several", people=min(PEOPLE, 1 + orders // 50))
    with serving(place) as url, ThreadPoolExecutor(len(people)) as pool:
        several = [Tabs(place, Person(url).sign_in(email), email, pages) for email, pages in people]
        spots = several[0].spots()
        shares = [range(first, orders, len(people)) for first in range(len(people))]
        told = sum(pool.map(lambda tabs, share: tabs.in_orders(share, spots), several, shares), Counter[str]())
    broken = ", ".join(sorted(name for name in told if "/" in name)[:4])
    note = f"{len(spots)} forms, {told['conflicts']} conflicts of {told['changes']} changes {broken}".strip()
    counts = {"missing": told["missing"], "double_records": told["strange"]}
    return Figures("two tabs, other nouns", place.engine, orders, note=note, **NOTHING | counts)


class Tabs:
    """Of one person, who has a row of each noun."""

    def __init__(self, place: Place, person: Person, email: str, pages: list[str]) -> None:
        self.place, self.person, self.email, self.pages = place, person, email, pages

    def spots(self) -> list[Spot]:
        """Every form with a version, where it is met first. An entry's own words are tests.faults.writing's."""
        found: dict[tuple[str, ...], Spot] = {}
        for at, page in enumerate(self.pages):
            for number, form in enumerate(self.person.forms(page)):
                if form.has("version") and form.has_words and not form.has("body"):
                    found.setdefault(named(form), (at, number))
        return list(found.values())

    def in_orders(self, share: range, spots: list[Spot]) -> Counter[str]:
        told = Counter[str]()
        for order in share:
            at, number = spots[order % len(spots)]
            page = self.pages[at]
            told += self.one_order(page, named(self.person.forms(page)[number]), random.Random(order))
            self.place.inside("forget_drafts", email=self.email)
        return told

    def one_order(self, page: str, name: tuple[str, ...], chance: random.Random) -> Counter[str]:
        """Up to five changes of either tab, some of which look first; the first two are one of each."""

        def look() -> Form:
            form = self.person.form(page, lambda form: named(form) == name)
            seen.setdefault(version(form), told["kept"])  # a draft that is offered there brings an earlier one
            return form

        told, seen, all_of = Counter[str](), dict[str, int](), [Words()]
        tabs, turns = {who: look() for who in "ab"}, chance.choice(("ab", "ba"))
        for step in range(chance.randint(2, 5)):
            who = turns[step] if step < 2 else chance.choice("ab")
            if step > 1 and chance.random() < 0.5:
                tabs[who] = look()
            form, words = tabs[who], written(tabs[who], chance)
            late = seen[version(form)] < told["kept"] and not is_lesson(form)
            answer = self.person.send(form, **words)
            told.update(changes=1, conflicts=late)
            if answer.status_code != (409 if late else 303):
                told.update({"strange": 1, f"{shape(form.action)} {answer.status_code}": 1})
            elif not self.is_whole(page, form, answer, [*all_of, words]):
                told.update({"missing": 1, f"{shape(form.action)} missing": 1})
            if answer.status_code == 303:
                told["kept"], all_of = told["kept"] + 1, [*(all_of if is_lesson(form) else []), words]
        return told

    def is_whole(self, page: str, form: Form, answer: Answer, both: list[Words]) -> bool:
        """Who comes second sees both, and a draft is kept. Of a lesson each text lies beside its entry."""
        texts = [text for words in both for text in words.values()]
        if is_lesson(form):
            return holds(self.person.visitor.get(form.action.partition("lesson/")[0]), texts)
        if answer.status_code == 303:
            return True
        # A number is no words; it stands in its form again.
        place = "/drafts/" if "value" not in both[-1] else page
        return holds(answer, texts) and holds(self.person.visitor.get(place), list(both[-1].values()))


def holds(answer: Answer, texts: list[str]) -> bool:
    return all(shows(answer, text) for text in texts)


def is_lesson(form: Form) -> bool:
    return form.has("lesson")


def version(form: Form) -> str:
    return next(field.value for field in form.fields if field.name == "version")


def named(form: Form) -> tuple[str, ...]:
    return (form.action, *(field.name for field in form.fields if field.kind in WORDS))


def written(form: Form, chance: random.Random) -> Words:
    """Of each line a text of its own; a proud line is an entry, and a theme a name."""
    names = [field.name for field in form.fields if field.kind in WORDS]
    texts = {name: f"{'x' * (name != 'value')}{chance.randint(1000, 9999)}" for name in names}
    return {name: text for name, text in texts.items() if name != "themes" and not name.startswith("proud")}


# Inside


def several(people: int) -> list[tuple[str, list[str]]]:
    """Alone in the place, with a row of each noun; and where the pages of each are."""
    from accounts.models import User
    from tests import make
    from tests.faults.inside import files_of_pages
    from tests.faults.strangers import CANARY, places

    User.objects.all().delete()
    files_of_pages()
    found = []
    for number in range(people):
        user = User.objects.create_user(f"p{number}@example.com", SECRET, time_zone="Europe/Lisbon")
        kept = make.one_of_each(user, CANARY)
        found.append((user.email, [path for name, path, _ in places(kept) if name.startswith("journal:")]))
    return found


def forget_drafts(email: str) -> None:
    """There is room for a hundred of a person's."""
    from journal.models import Draft

    Draft.objects.filter(owner__email=email).delete()


INSIDE: dict[str, Any] = {"several": several, "forget_drafts": forget_drafts}
