"""The archive, opened from a disk with the network off: it finds, it checks itself, it can be read in the dark."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from journal import folding
from journal.export import FORMATS
from journal.export.choice import WHOLE
from journal.models import Lesson, Measure, Milestone, Reading, Step
from tests import make

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
Open = Callable[..., Page]


@pytest.fixture
def file(ada: User, tmp_path: Path) -> Path:
    hard = make.setback(ada, "The sauce split in the Käfer.", themes=["Service"])
    Lesson.objects.create(owner=ada, entry=hard, lesson="Warm the plate first.")
    make.entry(ada, "مرحبا بالعالم 12")
    make.entry(ada, "A quiet \u202eday\u202c & <b>no</b> markup.\r\nTwo lines.")
    Step.keep(Milestone.keep(ada, NOW, title="A calm Küche"), title="Sit down first")
    walks = Measure.keep(ada, NOW, name="Walks", kind=Measure.Kind.NUMBER)
    for number in range(5):
        Reading.keep(walks, NOW, value=f"4{number}", local_date=NOW.date() - timedelta(days=number))
    place = tmp_path / "onward.html"
    place.write_bytes(b"".join(FORMATS["html"].chunks(ada, NOW, WHOLE)))
    return place


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Open]:
    contexts, trouble = [], list[str]()

    def open_(file: Path, **options: object) -> Page:
        context = chromium.new_context(offline=True, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: trouble.append(said.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "request", lambda asked: trouble.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None
        )
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


def shown(page: Page) -> list[str]:
    return page.locator("article:visible > .text").all_inner_texts()


def test_it_finds_whatever_the_case_and_the_accents(opened: Open, file: Path) -> None:
    page = opened(file)
    page.get_by_label("Find").fill("KAFER split")
    expect(page.locator("#found")).to_have_text("Found.")
    assert shown(page) == ["The sauce split in the Käfer."]
    page.get_by_label("Find").fill("nowhere")
    expect(page.locator("#found")).to_have_text("Nothing kept with that word. A shorter one finds more.")
    assert (shown(page), page.locator("main h2:visible").count()) == ([], 0)
    page.get_by_label("Find").press("Escape")
    assert len(shown(page)) == 3


@pytest.mark.parametrize(
    "words, section, head",
    [
        ("calm KUCHE", "Milestones", "A calm Küche"),
        ("sit down", "Milestones", "A calm Küche"),
        ("walks", "Measures", "Walks"),
        ("17 November 43", "Measures", "Walks"),
    ],
)
def test_it_finds_what_stands_on_a_shelf(opened: Open, file: Path, words: str, section: str, head: str) -> None:
    page = opened(file)
    page.get_by_label("Find").fill(words)
    expect(page.locator("#found")).to_have_text("Found.")
    assert page.locator("main h2:visible").all_inner_texts() == [section]
    assert page.locator("article:visible h3").all_inner_texts() == [head]


def test_a_month_stands_above_what_was_found_in_it(opened: Open, ada: User, tmp_path: Path) -> None:
    for day in (18, 19):
        make.entry(ada, f"On the {day}th.", on=NOW.date().replace(day=day))
    place = tmp_path / "onward.html"
    place.write_bytes(b"".join(FORMATS["html"].chunks(ada, NOW, WHOLE)))
    page = opened(place)
    for day in ("18th", "19th"):
        page.get_by_label("Find").fill(day)
        expect(page.locator("article:visible")).to_have_count(1)
        assert page.locator("main h2:visible").all_inner_texts() == ["November 2026"]


def test_letters_are_compared_as_onward_compares_them(opened: Open, file: Path) -> None:
    words = "Straße ÆON ﬁn İstanbul naïve Łódź ğ ΣΊΣΥΦΟΣ مُحَمَّد ٱلله ــ हिन्दी ไทย 한국어 ½ “q” e\u0301 \u200dx"
    fold = re.search(r"const ALIKE.*?const fold = .*?;\n", file.read_text(), flags=re.S)
    assert fold
    page = opened(file)
    # A page of its own, without the policy that forbids to run what a test writes.
    page.goto("about:blank")
    assert page.evaluate(f"(text) => {{ {fold[0]} return fold(text) }}", words) == folding.fold(words)


def test_on_opening_it_says_that_nothing_has_changed(opened: Open, file: Path) -> None:
    expect(opened(file).locator("#state")).to_have_text("Every page is as it was when this copy was made.")


@pytest.mark.parametrize(
    "was, now",
    [
        ("sauce", "sauge"),
        ("first.", "first"),
        ("Friday 20", "Friday 21"),
        ("calm Küche", "calm Kirche"),
        ("<td>43", "<td>44"),
    ],
)
def test_a_changed_sign_is_noticed_and_the_page_is_named(opened: Open, file: Path, was: str, now: str) -> None:
    start = file.read_text().index("<main")
    text = file.read_text()
    file.write_text(text[:start] + text[start:].replace(was, now, 1))
    state = opened(file).locator("#state")
    expect(state).to_contain_text("Something in this copy is not as it was when it was made.")
    assert state.locator("a").count() >= 1


def test_a_page_that_was_cut_out_is_noticed(opened: Open, file: Path) -> None:
    file.write_text(re.sub(r'<article id="p2".*?</article>', "", file.read_text(), flags=re.S))
    expect(opened(file).locator("#state")).to_contain_text("Something in this copy is not as it was")


@pytest.mark.parametrize("at", [b'id="end"', b"</article>", b'<main id="book"', b"<h1"])
def test_a_download_that_broke_off_is_noticed(opened: Open, file: Path, at: bytes) -> None:
    file.write_bytes(file.read_bytes().partition(at)[0])
    expect(opened(file).locator("#state")).to_contain_text("This copy ends too early: its download broke off.")


def test_a_browser_that_reckons_no_hashes_says_so(opened: Open, file: Path) -> None:
    page = opened(file)
    page.context.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })")
    page.reload()
    expect(page.locator("#state")).to_contain_text("so nothing was checked. Another one may.")


def test_without_a_script_all_of_it_is_there(opened: Open, file: Path) -> None:
    page = opened(file, java_script_enabled=False)
    assert len(shown(page)) == 3
    assert (page.get_by_label("Find").is_visible(), page.locator("#without").is_visible()) == (False, True)


@pytest.mark.parametrize("scheme, width", [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_and_nothing_runs_over(opened: Open, file: Path, scheme: str, width: int) -> None:
    page = opened(file, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    expect(page.locator("#state")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_arabic_runs_from_the_right(opened: Open, file: Path) -> None:
    words = opened(file).get_by_text("مرحبا بالعالم 12")
    assert words.evaluate("one => getComputedStyle(one).direction") == "rtl"
