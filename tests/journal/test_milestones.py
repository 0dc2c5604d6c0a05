"""Something to walk towards: kept once, changed without losing a word, reached quietly."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.sealed import Sealed
from journal.models import Aside, Completion, Entry, GoodEnough, Milestone, Step
from journal.path import Path
from tests import make

ID = "0b0f7a52-66a4-4b1e-8a2e-6a2f1a2b3c4d"
UNOPENED = Sealed(b"\x01\x01" + bytes(40))
WORDS = {"id": ID, "title": "A supper menu of my own", "why": "To cook without a pass.", "good_enough": "Five dishes."}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def made(owner: User, title: str = "A supper menu", steps: int = 0, **words: Any) -> Milestone:
    kept = Milestone.keep(owner, make.NOON, title=title, **words)
    for number in range(steps):
        Step.keep(kept, title=f"{title}, step {number}")
    return kept


def snapshot(milestone: Milestone) -> dict[str, str]:
    return {"title": milestone.title, "why": milestone.why, "line": milestone.line.text if milestone.line else ""}


# Keeping


def test_a_milestone_is_kept_with_its_line_and_its_first_step(ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/milestones/", WORDS | {"step": "Write down ten dishes"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{ID}/")
    kept = Milestone.objects.of(ada).get()
    assert snapshot(kept) == {"title": WORDS["title"], "why": WORDS["why"], "line": "Five dishes."}
    assert [step.title for step in kept.steps.all()] == ["Write down ten dishes"]


def test_the_same_form_twice_makes_one_milestone(ada: User, ada_client: Client) -> None:
    for _ in range(2):
        assert (
            ada_client.post("/milestones/", WORDS | {"step": "Ten dishes"}).headers["Location"] == f"/milestones/{ID}/"
        )
    assert (Milestone.objects.count(), Step.objects.count(), GoodEnough.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("field", ["title", "why", "good_enough", "step"])
def test_other_words_under_the_same_id_are_another_milestone(ada: User, ada_client: Client, field: str) -> None:
    ada_client.post("/milestones/", WORDS)
    for _ in range(2):
        ada_client.post("/milestones/", WORDS | {field: "Something else"})
    assert Milestone.objects.of(ada).count() == 2


def test_an_id_of_somebody_else_gets_a_new_one(ada: User, bea: User, ada_client: Client, bea_client: Client) -> None:
    ada_client.post("/milestones/", WORDS)
    answer = bea_client.post("/milestones/", WORDS)
    mine, hers = Milestone.objects.of(ada).get(), Milestone.objects.of(bea).get()
    assert (str(mine.pk), mine.title, hers.title) == (ID, WORDS["title"], WORDS["title"])
    assert answer.headers["Location"] == f"/milestones/{hers.pk}/"


@pytest.mark.parametrize("id", ["", "not an id", "0b0f7a52-66a4-4b1e-8a2e"])
def test_a_form_without_a_usable_id_is_kept_all_the_same(ada: User, ada_client: Client, id: str) -> None:
    assert ada_client.post("/milestones/", {"id": id, "title": "Home by eleven"}).status_code == 303
    assert Milestone.objects.of(ada).get().title == "Home by eleven"


@pytest.mark.parametrize("title", ["", "   ", "\x00\x07"])
def test_a_milestone_without_a_name_keeps_the_other_words_in_the_form(ada_client: Client, title: str) -> None:
    answer = ada_client.post(
        "/milestones/", {"title": title, "good_enough": "Five dishes.", "step": "Ten", "why": "Pass"}
    )
    assert (answer.status_code, Milestone.objects.count()) == (422, 0)
    assert "Give it a few words, so that it can be found again." in text(answer)
    assert [words in text(answer) for words in ("Five dishes.", 'value="Ten"', ">\nPass<")] == [True, True, True]


def test_characters_that_cannot_be_seen_are_left_out_and_it_is_said(ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/milestones/", {"title": "A menu\x00 of\x1b my own"}, follow=True)
    assert Milestone.objects.of(ada).get().title == "A menu of my own"
    assert "Some characters that can’t be seen were left out." in text(answer)


def test_a_megabyte_is_kept_whole(ada: User, ada_client: Client) -> None:
    ada_client.post("/milestones/", {"title": "Much", "why": "🌿" * 250_000})
    assert Milestone.objects.of(ada).get().why == "🌿" * 250_000


# Seeing


def test_before_the_first_one_the_list_is_the_form(ada_client: Client) -> None:
    assert 'name="good_enough"' in text(ada_client.get("/milestones/"))
    assert text(ada_client.get("/milestones/new/")).count("<h1>") == 1


def test_the_list_shows_where_each_is_good_enough_and_what_is_next(ada: User, ada_client: Client) -> None:
    walked = made(ada, "A supper menu", steps=3, good_enough="Five dishes.")
    walked.steps.first().complete("tried", make.NOON)
    Step.keep(walked, title="Print it", beyond=True)
    made(ada, "Home by eleven").reach(make.NOON)
    page = text(ada_client.get("/milestones/"))
    shown = (
        "Five dishes.",
        "One of three steps to good enough",
        "A supper menu, step 1",
        "20 November",
        "Home by eleven",
    )
    assert [words for words in shown if words not in page] == []
    assert "Print it" not in page


def test_bea_sees_nothing_of_ada(ada: User, bea_client: Client) -> None:
    walked = made(ada, "heliotrope", steps=1)
    step = walked.steps.get()
    addresses = [f"/milestones/{walked.pk}/", f"/milestones/{walked.pk}/celebration/"]
    assert [bea_client.get(address).status_code for address in addresses] == [404, 404]
    addresses += [f"/milestones/{walked.pk}/steps/", f"/steps/{step.pk}/", f"/steps/{step.pk}/completion/"]
    addresses += [f"/steps/{step.pk}/parts/"]
    words = {"title": "mine now", "outcome": "done", "note": "mine"}
    assert [bea_client.post(address, words).status_code for address in addresses] == [404] * 6
    assert "heliotrope" not in text(bea_client.get("/milestones/"))
    assert (Milestone.objects.get().title, Step.objects.count(), Completion.objects.count()) == ("heliotrope", 1, 0)


def test_addresses_that_only_take_words_say_so(ada: User, ada_client: Client) -> None:
    walked = made(ada, steps=1)
    step = walked.steps.get()
    only = [
        f"/milestones/{walked.pk}/steps/",
        f"/steps/{step.pk}/completion/",
        f"/steps/{step.pk}/parts/",
    ]
    assert [ada_client.get(address).status_code for address in only] == [405] * 3


@pytest.mark.parametrize(("address", "asked"), [("/milestones/", 9), ("/milestones/{id}/", 8)])
def test_a_page_asks_as_much_for_three_as_for_one(ada: User, ada_client: Client, address: str, asked: int) -> None:
    counts = []
    ada_client.get("/milestones/")
    for number in (1, 3):
        while Milestone.objects.count() < number:
            walked = made(ada, f"Menu {Milestone.objects.count()}", good_enough="Five.")
        while walked.steps.count() < number:
            Step.keep(walked, title="A step", beyond=walked.steps.count() == 2).complete("done", make.NOON)
            walked.draw_line(f"{walked.steps.count()} dishes.", make.NOON)
            make.entry(ada, "A win", milestone=walked, themes=["courage"])
        with CaptureQueriesContext(connection) as queries:
            assert ada_client.get(address.format(id=walked.pk)).status_code == 200
        counts.append(len(queries))
    assert counts == [asked, asked]


def test_a_title_that_cannot_be_opened_breaks_no_page(ada: User, ada_client: Client) -> None:
    whole, broken = made(ada, "Home by eleven"), made(ada, "heliotrope", steps=2, good_enough="Five.")
    Milestone.objects.filter(pk=broken.pk).update(title=UNOPENED)
    Step.objects.filter(milestone=broken, position=0).update(title=UNOPENED)
    GoodEnough.objects.update(text=UNOPENED)
    answers = [ada_client.get("/milestones/"), ada_client.get(f"/milestones/{broken.pk}/")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert ["This can’t be opened; kept as it is." in text(answer) for answer in answers] == [True, True]
    assert "heliotrope, step 1" in text(answers[1])
    assert whole.title in text(answers[0])
    answer = ada_client.post(f"/milestones/{broken.pk}/", {"title": "Another", "version": 1})
    assert answer.status_code == 409
    assert Milestone.objects.get(pk=broken.pk).damaged


# Changing


def test_new_words_stand_and_the_earlier_line_stays(ada: User, ada_client: Client) -> None:
    kept = made(ada, good_enough="Five dishes.", why="To cook.")
    ada_client.post(f"/milestones/{kept.pk}/", {"good_enough": "Three dishes.", "version": 1})
    answer = ada_client.post(f"/milestones/{kept.pk}/", {"title": "A small menu", "why": "", "version": 2})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{kept.pk}/")
    stands = Milestone.objects.get()
    assert snapshot(stands) == {"title": "A small menu", "why": "", "line": "Three dishes."}
    assert [line.text for line in stands.earlier_lines] == ["Five dishes."]
    assert "Five dishes." in text(ada_client.get(f"/milestones/{kept.pk}/"))


def test_an_emptied_line_takes_no_line_away(ada: User, ada_client: Client) -> None:
    kept = made(ada, good_enough="Five dishes.")
    assert ada_client.post(f"/milestones/{kept.pk}/", {"good_enough": "", "version": 1}).status_code == 303
    assert [line.text for line in GoodEnough.objects.all()] == ["Five dishes."]


def test_two_tabs_lose_no_word(ada: User, ada_client: Client) -> None:
    kept = made(ada, good_enough="Five dishes.")
    ada_client.post(f"/milestones/{kept.pk}/", {"good_enough": "Three dishes.", "version": 1})
    answer = ada_client.post(f"/milestones/{kept.pk}/", {"good_enough": "One dish.", "version": 1})
    assert answer.status_code == 409
    shown = ("Three dishes.", "One dish.</textarea>", 'name="version" value="2"')
    assert [words in text(answer) for words in shown] == [True, True, True]
    assert snapshot(Milestone.objects.get())["line"] == "Three dishes."
    ada_client.post(f"/milestones/{kept.pk}/", {"good_enough": "One dish.", "version": 2})
    assert snapshot(Milestone.objects.get())["line"] == "One dish."


def test_a_title_from_two_tabs_is_shown_beside_the_one_that_stands(ada: User, ada_client: Client) -> None:
    kept = made(ada)
    ada_client.post(f"/milestones/{kept.pk}/", {"title": "Menu one", "why": "a", "version": 1})
    answer = ada_client.post(f"/milestones/{kept.pk}/", {"title": "Menu two", "why": "b", "version": 1})
    assert answer.status_code == 409
    assert ["<bdi>Menu one</bdi>" in text(answer), 'value="Menu two"' in text(answer)] == [True, True]


def test_the_same_change_twice_is_one(ada: User, ada_client: Client) -> None:
    kept = made(ada, good_enough="Five dishes.")
    for _ in range(2):
        answer = ada_client.post(f"/milestones/{kept.pk}/", {"good_enough": "Three dishes.", "version": 1})
        assert answer.status_code == 303
    assert GoodEnough.objects.count() == 2


@pytest.mark.parametrize("words", [{"title": ""}, {"title": "B", "version": "two"}, {"title": "B", "version": "-1"}])
def test_a_change_that_does_not_hold_changes_nothing(ada: User, ada_client: Client, words: dict[str, str]) -> None:
    kept = made(ada, "A")
    answer = ada_client.post(f"/milestones/{kept.pk}/", {"why": "because", "version": "1"} | words)
    assert (answer.status_code, "because" in text(answer)) == (422, True)
    assert (Milestone.objects.get().title, Milestone.objects.get().version) == ("A", 1)


def test_a_form_that_says_no_version_means_what_stands(ada: User, ada_client: Client) -> None:
    kept = made(ada, "A")
    assert ada_client.post(f"/milestones/{kept.pk}/", {"title": "B"}).status_code == 303
    assert Milestone.objects.get().title == "B"


def test_an_empty_line_at_the_beginning_survives_being_looked_at(ada: User, ada_client: Client) -> None:
    """A browser drops the first newline of a box."""
    kept = made(ada, why="\n  indented")
    assert ">\n\n  indented</textarea>" in text(ada_client.get(f"/milestones/{kept.pk}/"))


# Reaching


def test_good_enough_is_one_entry_and_a_quiet_page(ada: User, ada_client: Client) -> None:
    kept = made(ada, good_enough="Five dishes.")
    for _ in range(2):
        answer = ada_client.post(f"/milestones/{kept.pk}/celebration/")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{kept.pk}/celebration/")
    said = Entry.objects.of(ada).get()
    assert (said.kind, said.milestone, said.body) == (Entry.Kind.MILESTONE, kept, "")
    page = text(ada_client.get(f"/milestones/{kept.pk}/celebration/"))
    assert [words in page for words in ("Five dishes.", "You say it does.")] == [True, True]


def test_a_line_to_remember_it_by_is_written_over_the_same_entry(ada: User, ada_client: Client) -> None:
    kept = made(ada)
    address = f"/milestones/{kept.pk}/celebration/"
    for note in ("Karim was there.", "Karim and Lena were there.", ""):
        answer = ada_client.post(address, {"note": note})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/milestones/")
    assert Entry.objects.of(ada).get().body == "Karim and Lena were there."


def test_two_tabs_with_a_line_each_lose_neither(ada: User, ada_client: Client) -> None:
    kept = made(ada)
    said = kept.reach(make.NOON)
    address = f"/milestones/{kept.pk}/celebration/"
    ada_client.post(address, {"note": "Karim was there.", "version": said.version})
    answer = ada_client.post(address, {"note": "Lena was there.", "version": said.version})
    assert answer.status_code == 409
    assert [words in text(answer) for words in ("Karim was there.", "Lena was there.")] == [True, True]
    assert Entry.objects.of(ada).get().body == "Karim was there."


def test_not_yet_after_all_takes_it_back_and_a_later_yes_is_of_its_own_day(ada: User, ada_client: Client) -> None:
    kept = made(ada)
    kept.reach(make.NOON, "Karim was there.")
    answer = ada_client.post(f"/milestones/{kept.pk}/celebration/", {"note": "", "reached": "0"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{kept.pk}/")
    assert Entry.objects.of(ada).count() == 0
    assert ada_client.get(f"/milestones/{kept.pk}/celebration/").headers["Location"] == f"/milestones/{kept.pk}/"
    said = kept.reach(make.NOON + timedelta(days=3))
    assert (said.body, said.local_date.isoformat(), Entry.objects.of(ada).count()) == (
        "Karim was there.",
        "2026-11-23",
        1,
    )


def test_a_line_that_was_typed_before_not_yet_goes_with_it_and_comes_back_with_it(
    ada: User, ada_client: Client
) -> None:
    kept = made(ada)
    kept.reach(make.NOON)
    ada_client.post(f"/milestones/{kept.pk}/celebration/", {"note": "Karim was there.", "version": "1", "reached": "0"})
    assert Entry.objects.of(ada).count() == 0
    assert [entry.body for entry in Entry.objects.removed(ada)] == ["Karim was there."]
    ada_client.post(f"/milestones/{kept.pk}/celebration/", {"note": "Again.", "reached": "0"})
    assert [entry.body for entry in Entry.objects.removed(ada)] == ["Karim was there."]


def test_the_next_step_is_put_on_today_from_its_milestone(ada: User, ada_client: Client) -> None:
    kept = made(ada, steps=2)
    first = kept.steps.first()
    page = ada_client.get(f"/milestones/{kept.pk}/").content.decode()
    assert page.count(f'action="/steps/{first.pk}/choice/"') == page.count("/choice/") == 1
    ada_client.post(f"/steps/{first.pk}/choice/")
    assert first.title in text(ada_client.get("/today/"))
    Aside.set_down(kept, make.NOON)
    assert "/choice/" not in ada_client.get(f"/milestones/{kept.pk}/").content.decode()


def test_a_reached_milestone_rests(ada: User, ada_client: Client) -> None:
    kept = made(ada, steps=1)
    kept.reach(make.NOON)
    page = text(ada_client.get("/milestones/"))
    assert ("Reached, and resting" in page, "ms-list" in page) == (True, False)
    assert "It’s good enough now" not in text(ada_client.get(f"/milestones/{kept.pk}/"))
    assert list(Step.objects.of(ada).waiting(make.NOON.date())) == []


# Along the way


def test_wins_along_the_way_are_this_milestones_own(ada: User, ada_client: Client) -> None:
    kept, other = made(ada, "A menu"), made(ada, "Home by eleven")
    for number in range(13):
        make.entry(ada, f"Dish number {number}.", milestone=kept, now=make.NOON + timedelta(minutes=number))
    make.entry(ada, "Left at ten.", milestone=other)
    kept.reach(make.NOON, "Karim was there.")
    page = text(ada_client.get(f"/milestones/{kept.pk}/"))
    shown = [number for number in range(13) if f"Dish number {number}." in page]
    assert shown == list(range(1, 13))
    assert ("Left at ten." in page, "Karim was there." in page) == (False, False)
    assert f"/entries/?milestone={kept.pk}" in page


def test_a_win_can_be_kept_from_here(ada: User, ada_client: Client) -> None:
    kept = made(ada)
    words = {"id": str(uuid4()), "kind": "win", "body": "Tried the custard.", "milestone": str(kept.pk)}
    answer = ada_client.post("/entries/", words | {"back": "milestone"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{kept.pk}/#lw")
    assert "Tried the custard." in text(ada_client.get(f"/milestones/{kept.pk}/"))


# The path


def test_stones_lie_in_order_and_keep_their_shapes(ada: User) -> None:
    kept = made(ada, "M", steps=4)
    Step.keep(kept, title="beyond", beyond=True)
    first, second, *_ = kept.steps.all()
    second.complete("done", make.NOON)
    path = Path.of(Milestone.objects.of(ada).with_path().get())
    assert [stone.art for stone in path.before] == ["stone-a-next", "stone-b-done", "stone-c-later", "stone-a-later"]
    assert [stone.art for stone in path.beyond] == ["stone-b-later"]
    assert (path.next.step, path.done) == (first, 1)


@pytest.mark.parametrize(
    ("steps", "done", "said"),
    [
        (0, 0, ""),
        (1, 0, "One step to good enough."),
        (4, 0, "Four steps to good enough."),
        (4, 1, "A first step is done, of four to good enough."),
        (4, 3, "Three of the four steps to good enough are done."),
        (4, 4, "All four steps to good enough are done."),
        (1, 1, "The step to good enough is done."),
    ],
)
def test_the_summary_says_what_was_entered(ada: User, steps: int, done: int, said: str) -> None:
    kept = made(ada, "M", steps=steps)
    for step in list(kept.steps.all())[:done]:
        step.complete("done", make.NOON)
    assert Path.of(Milestone.objects.of(ada).with_path().get()).summary == said


def test_counts_stay_out_of_sight_for_who_wants_it(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    kept = made(ada, "M", steps=4)
    pages = text(ada_client.get(f"/milestones/{kept.pk}/")) + text(ada_client.get("/milestones/"))
    assert ("Four steps" in pages, "of four steps" in pages) == (False, False)


# The line grows, and shrinks


def draw(client: Client, milestone: Milestone, **words: str) -> Any:
    return client.post(f"/milestones/{milestone.pk}/", words)


def lines(milestone: Milestone) -> list[tuple[str, str]]:
    return [(line.text, line.reason) for line in milestone.good_enoughs.all()]


def test_a_larger_line_stands_beside_its_reason_and_the_earlier_one_stays(ada: User, ada_client: Client) -> None:
    milestone = made(ada, good_enough="Five dishes.")
    page = text(ada_client.get(f"/milestones/{milestone.pk}/"))
    assert ("Make it smaller" in page, "Make it larger" in page, page.count('name="reason"')) == (True, True, 1)
    for _ in range(2):
        draw(ada_client, milestone, version="1", good_enough="Six dishes.", reason="Lina wants a dessert.")
    assert lines(milestone) == [("Five dishes.", ""), ("Six dishes.", "Lina wants a dessert.")]
    draw(ada_client, milestone, good_enough="Four dishes.")
    assert lines(milestone)[-1] == ("Four dishes.", "")
    page = text(ada_client.get(f"/milestones/{milestone.pk}/"))
    assert [words in page for words in ("Four dishes.", "Five dishes.", "Lina wants a dessert.")] == [True] * 3


def test_a_reason_is_asked_for_and_a_blank_is_an_answer(ada: User, ada_client: Client) -> None:
    milestone = made(ada, good_enough="Five dishes.")
    assert draw(ada_client, milestone, good_enough="Six dishes.", reason="").status_code == 303
    assert lines(milestone) == [("Five dishes.", ""), ("Six dishes.", "")]


def test_a_reason_that_comes_later_is_kept_as_well(ada: User, ada_client: Client) -> None:
    milestone = made(ada, good_enough="Five dishes.")
    draw(ada_client, milestone, good_enough="Five dishes.", reason="It was large all along.")
    assert lines(milestone) == [("Five dishes.", ""), ("Five dishes.", "It was large all along.")]


def test_a_reason_without_a_line_stays_in_its_box(ada: User, ada_client: Client) -> None:
    milestone = made(ada, good_enough="Five dishes.")
    answer = draw(ada_client, milestone, good_enough=" ", reason="Lina wants a dessert.")
    assert (answer.status_code, lines(milestone)) == (422, [("Five dishes.", "")])
    assert "Lina wants a dessert.</textarea>" in text(answer)


# A card for paper


def test_a_card_says_what_was_said(ada: User, ada_client: Client) -> None:
    milestone = made(ada, steps=2, good_enough="Five dishes.")
    milestone.steps.first().complete("tried", make.NOON)
    card = text(ada_client.get(f"/milestones/{milestone.pk}/card/"))
    shown = ("A supper menu", "Five dishes.", "step 0", "step 1", "still.svg#path")
    assert [words for words in shown if words in card] == list(shown)
    milestone.reach(make.NOON, "Lina brought the bread.")
    card = text(ada_client.get(f"/milestones/{milestone.pk}/card/"))
    shown = ("A supper menu", "Five dishes.", "Lina brought the bread.", "20 November", "step 0", "still.svg#reached")
    assert [words for words in shown if words in card] == list(shown)
    assert "step 1" not in card


# Before a second one


def test_before_a_second_one_what_was_walked_is_shown_once(ada: User, bea: User, ada_client: Client) -> None:
    assert "Before you set out again" not in text(ada_client.get("/milestones/new/"))
    milestone = made(ada, steps=2)
    assert "Before you set out again" not in text(ada_client.get("/milestones/new/"))
    milestone.steps.first().complete("tried", make.NOON)
    make.entry(ada, "Tried the custard.", milestone=milestone)
    make.entry(ada, "Something else.")
    made(bea, "Hers", steps=1).steps.first().complete("done", make.NOON)
    page = text(ada_client.get("/milestones/new/"))
    words = ("Before you set out again", "A supper menu, step 0", "Tried the custard.")
    assert [one for one in words if one in page] == list(words)
    others = ("A supper menu, step 1", "Something else.", "Hers")
    assert [one for one in others if one in page] == []
    made(ada, "Home by eleven")
    assert "Before you set out again" not in text(ada_client.get("/milestones/new/"))
