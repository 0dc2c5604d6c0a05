"""The whole main job by one person in Chromium, on the embedded default and on PostgreSQL, Redis and Celery."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.postbox import Postbox, plain, postbox
from tests.running import ROOT, Running

pytestmark = [pytest.mark.browser, pytest.mark.services]
LINE = "Opened the letter from the bank. Put it down again. Opened it."
HARD = "The sauce split in the middle of service."
KIND = "You had two stations and no hands."
LESSON = "Asking for a hand is part of the recipe."
TITLE, ENOUGH, STEP = "A supper menu of my own", "Five dishes, cooked once for friends.", "Write down ten dishes"
THREE = ["I let Karim plate the last forty.", "I said “I don’t know” out loud.", "I went home when I was tired."]
LETTER = "three things"


@pytest.fixture
def post() -> Iterator[Postbox]:
    with postbox() as box:
        yield box


def test_on_the_embedded_default(running: Callable[..., Running], chromium: Browser) -> None:
    onward = running().start()
    page = person(chromium, onward)
    begin(page)
    due = write(page)
    onward.manage("tick", "--now", due)
    onward.manage("tick", "--now", due)
    [letter] = letters_in(onward.home / "outbox")
    answer(chromium, onward, letter)
    look_back_and_leave(page)


def test_on_postgresql_redis_celery_and_a_mail_server(
    running: Callable[..., Running], production: dict[str, str], post: Postbox, chromium: Browser
) -> None:
    onward = running(**production, EMAIL_URL=post.url, DEFAULT_FROM_EMAIL="Onward <letters@onward.example>")
    onward.home.mkdir()
    onward.manage("keys", "add")
    onward.start()
    page = person(chromium, onward)
    begin(page)
    code = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", plain(post.waited_for("code|confirm|address", 30)))
    assert code
    page.locator("[name=code]").fill(code[0])
    page.locator("main form button[type=submit]").first.click()
    due = write(page)
    through_redis(onward, due)
    letter = post.waited_for(LETTER)
    for _ in range(2):
        through_redis(onward, due)
    settled(onward)
    assert len(post.with_subject(LETTER)) == 1
    answer(chromium, onward, letter)
    look_back_and_leave(page)


def person(chromium: Browser, onward: Running) -> Page:
    context = chromium.new_context(base_url=onward.url, timezone_id="Europe/Lisbon", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def begin(page: Page) -> None:
    """A line on the landing, then the door."""
    page.goto("/")
    page.locator("[name=first_line]").fill(LINE)
    page.locator("[name=email]").fill("ada@example.com")
    page.locator("[name=password1]").fill("a long enough secret")
    page.get_by_role("button", name="Start my journal").click()


def write(page: Page) -> str:
    """The line is there; a setback and its lesson, a milestone, yes to the letter. The instant of the next letter."""
    expect(page).to_have_url(re.compile("/today/$"))
    expect(page.get_by_text(LINE)).to_be_visible()
    page.get_by_role("button", name="I’ll give it a try").click()
    page.get_by_text("Something hard", exact=True).click()
    page.locator("textarea[name=body]").fill(HARD)
    page.get_by_role("button", name="look at it gently").click()
    page.locator("[name=kind_words]").fill(KIND)
    page.get_by_role("button", name="Carry on").click()
    page.locator("[name=lesson]").fill(LESSON)
    page.get_by_role("button", name="Keep the lesson").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("with its lesson")
    page.goto("/milestones/")
    page.locator("[name=title]").first.fill(TITLE)
    page.locator("[name=good_enough]").fill(ENOUGH)
    page.locator("[name=step]").fill(STEP)
    page.get_by_role("button", name="Begin, imperfectly").click()
    expect(page.get_by_text(STEP).first).to_be_visible()
    page.goto("/settings/reminders/")
    expect(page.locator("[name=weekly]")).to_be_checked()
    return str(page.locator("#preview time").first.get_attribute("datetime"))


def through_redis(onward: Running, instant: str) -> None:
    source = "import sys; from config.celery import app; app.send_task('reminders.tasks.tick', args=[sys.argv[1]])"
    environment = onward.environment
    subprocess.run([sys.executable, "-c", source, instant], cwd=ROOT, env=environment, check=True)


def settled(onward: Running) -> None:
    """Until the queue is empty, and a moment longer for the task in hand."""
    from redis import Redis

    with Redis.from_url(onward.environment["REDIS_URL"]) as client:
        deadline = time.monotonic() + 30
        while client.llen(onward.environment["CELERY_QUEUE"]) and time.monotonic() < deadline:
            time.sleep(0.1)
    time.sleep(2)


def letters_in(outbox: Path) -> list[EmailMessage]:
    mails: list[Any] = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in outbox.glob("*.eml")]
    return [mail for mail in mails if LETTER in mail["Subject"].lower()]


def answer(chromium: Browser, onward: Running, letter: EmailMessage) -> None:
    """In a browser without a session."""
    assert letter["To"] == "ada@example.com"
    for words in (LINE, HARD, KIND, LESSON, TITLE, ENOUGH, STEP):
        assert words not in letter.as_string()
    link = re.search(rf"{re.escape(onward.url)}/w/\S+", plain(letter))
    assert link
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(link[0])
    for number, words in enumerate(THREE):
        page.locator(f"[name=proud-{number}]").fill(words)
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kept")
    assert context.cookies() == []
    assert LINE not in page.content()
    context.close()


def look_back_and_leave(page: Page) -> None:
    page.goto("/weeks/")
    for number, words in enumerate(THREE):
        expect(page.locator(f"[name=proud-{number}]")).to_have_value(words)
    page.goto("/entries/")
    for words in [LINE, HARD, LESSON, *THREE]:
        expect(page.get_by_text(words).first).to_be_visible()
    page.goto("/export/")
    page.locator("[name=format][value=json]").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my copy").click()
    kept = Path(download.value.path()).read_text(encoding="utf-8")
    assert isinstance(json.loads(kept), dict)
    assert [words for words in [LINE, HARD, KIND, LESSON, TITLE, ENOUGH, STEP, *THREE] if words not in kept] == []
    page.context.close()
