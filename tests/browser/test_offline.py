"""Without a network: what is written then waits sealed on the device and arrives once."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import DeviceKey, User
from journal.models import Entry
from tests.browser.conftest import FLAGS, session_cookie
from tests.walks.canary import BEGINS as CANARY
from tests.walks.canary import is_in as found_in

pytestmark = pytest.mark.browser
NOTHING: dict[str, list[Any]] = {"key": [], "waiting": []}
# A step that waits for the worker, which no event of the page tells of.
STEPS, A_STEP = 100, 100  # milliseconds
OPENED = """(act) => new Promise((done) => {
  const asked = indexedDB.open("onward");
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onerror = () => done(null);
  asked.onsuccess = () => {
    const base = asked.result, kept = {};
    const change = base.transaction([...base.objectStoreNames], act ? "readwrite" : "readonly");
    for (const name of base.objectStoreNames) {
      change.objectStore(name).getAll().onsuccess = (event) => { kept[name] = event.target.result };
    }
    if (act) change.objectStore("waiting").add(act);
    change.oncomplete = () => { base.close(); done(kept) };
  };
})"""
# Everything that a page can read of what its browser holds.
HELD = """async () => {
  const said = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      said.push(new URL(request.url).pathname, await (await cache.match(request)).text());
    }
  }
  for (const { name } of await indexedDB.databases()) said.push(name);
  return said;
}"""


def until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(STEPS):
        if true():
            return
        page.wait_for_timeout(A_STEP)
    raise AssertionError("it did not come")


def stores(page: Page, added: Any = None) -> Any:
    return page.evaluate(OPENED, added) or NOTHING


def ready(page: Page, user: User) -> Page:
    """The worker stands and holds this person’s half of a key."""
    page.goto("/today/")
    own = {str(key.pk) for key in DeviceKey.objects.filter(owner=user)}
    until(page, lambda: bool(own | {str(key.pk) for key in DeviceKey.objects.filter(owner=user)}))
    ids = {str(key.pk) for key in DeviceKey.objects.filter(owner=user)}
    until(page, lambda: bool({key["id"] for key in stores(page)["key"]} & ids))
    return page


@pytest.fixture
def worked(open_page: Callable[..., Page]) -> Iterator[Callable[[User], Page]]:
    yield lambda user: ready(open_page(user, service_workers="allow"), user)


def write(page: Page, words: str, gesture: str = "Something I did") -> None:
    page.get_by_text(gesture, exact=True).click()
    page.get_by_label("In your own words").fill(words)
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_label("In your own words")).to_have_value("")


def write_offline(page: Page, *words: str) -> None:
    page.context.set_offline(True)
    page.goto("/entries/")
    expect(page.get_by_role("heading", name="You’re offline")).to_be_visible()
    for one in words:
        write(page, one)


def kept(user: User) -> list[tuple[str, str]]:
    return [(entry.kind, entry.body) for entry in Entry.objects.of(user).order_by("created_at")]


def test_what_is_written_offline_arrives_once(worked: Callable[[User], Page], ada: User) -> None:
    page = worked(ada)
    write_offline(page, "The first")
    expect(page.get_by_text("One thing waits to be sent.")).to_be_visible()
    write(page, "The second", "Something hard")
    write(page, "The third", "Something I’m proud of this week")
    expect(page.get_by_text("Three things wait to be sent.")).to_be_visible()
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_text("One word is enough.")).to_be_visible()
    assert kept(ada) == []
    page.context.set_offline(False)
    expect(page.get_by_text("Three things were sent.")).to_be_visible()
    assert kept(ada) == [("win", "The first"), ("setback", "The second"), ("proud", "The third")]
    page.get_by_role("link", name="To your journal").click()
    expect(page.get_by_text("The first")).to_be_visible()
    assert stores(page)["waiting"] == []


def test_a_page_that_was_open_keeps_its_words_on_the_device(
    worked: Callable[[User], Page], open_page: Any, ada: User
) -> None:
    page = worked(ada)
    page.context.set_offline(True)
    box = page.locator("#capture textarea")
    box.fill("Written as the train went in")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("button", name="Keep it on this device until the network is back").click()
    expect(page.locator("#capture").get_by_text("Kept on this device.")).to_be_visible()
    expect(box).to_have_value("")
    assert kept(ada) == []
    page.context.set_offline(False)
    page.goto("/today/")
    until(page, lambda: kept(ada) == [("win", "Written as the train went in")])
    # htmx says aloud that it could not send.
    open_page.trouble.clear()


def test_signing_out_sends_it_first(worked: Callable[[User], Page], ada: User) -> None:
    page = worked(ada)
    write_offline(page, CANARY)
    page.evaluate("window.stop()")
    page.context.set_offline(False)
    page.goto("/settings/look/")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Close the book (sign out)").click()
    expect(page.get_by_text("The book is closed.")).to_be_visible()
    assert kept(ada) == [("win", CANARY)]
    assert not DeviceKey.objects.exists()
    assert stores(page) == NOTHING


def test_signing_out_asks_where_something_cannot_be_sent(worked: Callable[[User], Page], ada: User) -> None:
    page = worked(ada)
    page.evaluate(OPENED, {"id": str(ada.pk), "key": stores(page)["key"][0]["id"], "sealed": {}})
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Close the book (sign out)").click()
    expect(page.get_by_text("One thing waits to be sent.")).to_be_visible()
    page.get_by_role("link", name="Stay signed in").click()
    expect(page.get_by_role("button", name="Keep this")).to_be_visible()
    page.goto("/account/logout/")
    page.get_by_role("button", name="Let it go, and close the book").click()
    expect(page.get_by_text("The book is closed.")).to_be_visible()
    assert not DeviceKey.objects.exists()
    assert stores(page) == NOTHING


def test_what_cannot_be_kept_is_sent_once_and_waits_for_its_writer(
    worked: Callable[[User], Page], ada: User, settings: Any
) -> None:
    page, asked = worked(ada), list[str]()
    page.context.on("request", lambda request: asked.append(request.url) if "captures" in request.url else None)
    page.evaluate(OPENED, {"id": str(ada.pk), "key": stores(page)["key"][0]["id"], "sealed": {}})
    write_offline(page, CANARY)
    settings.ONWARD_MOST_ENTRIES = 0
    page.context.set_offline(False)
    expect(page.get_by_text("Something could not be kept as it is.")).to_be_visible()
    expect(page.get_by_text("Something from this device could not be let in.")).to_be_visible()
    assert [row.get("stays") for row in stores(page)["waiting"]] == [True]
    page.get_by_role("link", name="To your journal").click()
    expect(page.locator("#capture textarea")).to_have_value(CANARY)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert (len(asked), kept(ada)) == (2, [])


def test_what_was_not_sent_at_once_is_sent_a_little_later(worked: Callable[[User], Page], ada: User) -> None:
    """A network that is said to be there may lead nowhere yet, as into a café’s own page."""
    page = worked(ada)
    write_offline(page, "The first")
    [session] = Session.objects.all()
    Session.objects.all().delete()
    page.context.set_offline(False)
    page.wait_for_timeout(A_STEP * 5)
    assert kept(ada) == []
    session.save(force_insert=True)
    expect(page.get_by_text("One thing was sent.")).to_be_visible()
    assert kept(ada) == [("win", "The first")]


def test_whoever_signs_in_next_never_gets_the_words(
    worked: Callable[[User], Page], ada: User, bea: User, live_server: Any
) -> None:
    """Ada’s session ends while she is offline; bea opens her own book on the device, and closes it."""
    page = worked(ada)
    write_offline(page, CANARY)
    Session.objects.all().delete()
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.context.add_cookies([session_cookie(bea, live_server.url)])
    ready(page, bea)
    until(page, lambda: "refused" in stores(page)["waiting"][0])
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Close the book (sign out)").click()
    expect(page.get_by_text("The book is closed.")).to_be_visible()
    assert (kept(ada), kept(bea)) == ([], [])
    assert not any(found_in(text.encode()) for text in page.evaluate(HELD))
    page.context.add_cookies([session_cookie(ada, live_server.url)])
    page.goto("/today/")
    expect(page.get_by_text("What you wrote without a network has arrived.")).to_be_visible()
    assert (kept(ada), kept(bea)) == ([("win", CANARY)], [])


def test_what_is_shared_without_a_network_stands_in_the_box(worked: Callable[[User], Page], ada: User) -> None:
    page = worked(ada)
    page.context.set_offline(True)
    page.evaluate(
        """(words) => {
      const form = Object.assign(document.createElement("form"), { method: "post", action: "/share/" });
      form.append(Object.assign(document.createElement("textarea"), { name: "text", value: words }));
      document.body.append(form);
      form.submit();
    }""",
        CANARY,
    )
    expect(page.get_by_label("In your own words")).to_have_value(CANARY)
    assert stores(page)["waiting"] == []


def test_without_a_script_the_page_promises_nothing(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/offline/")
    expect(page.get_by_role("heading", name="You’re offline")).to_be_visible()
    assert page.get_by_role("button").count() == 0


def test_a_browser_takes_the_manifest(worked: Callable[[User], Page], ada: User) -> None:
    page = worked(ada)
    found = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert found["errors"] == []
    assert '"share_target"' in found["data"]


# What is left on the disk


@pytest.fixture
def device(
    chromium: Browser, tmp_path: Path, live_server: Any, transactional_db: None
) -> Iterator[Callable[[], BrowserContext]]:
    """A browser with a profile of its own on the disk, opened again each time."""
    opened: list[BrowserContext] = []

    def open_() -> BrowserContext:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        options: Any = {"executable_path": path, "args": FLAGS, "base_url": live_server.url}
        opened.append(chromium.browser_type.launch_persistent_context(tmp_path / "profile", headless=True, **options))
        return opened[-1]

    yield open_
    for context in opened:
        context.close()


def on_the_disk(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    return [str(path.relative_to(folder)) for path in files if found_in(path.read_bytes())]


def test_nothing_of_it_can_be_read_on_the_device(
    device: Callable[[], BrowserContext], tmp_path: Path, ada: User, live_server: Any
) -> None:
    """Neither while it waits, nor after it was sent, nor after the book was closed; what a page stores is found."""
    context, profile = device(), tmp_path / "profile"
    context.add_cookies([session_cookie(ada, live_server.url)])
    page = ready(context.new_page(), ada)
    write_offline(page, CANARY)
    [row] = stores(page)["waiting"]
    assert sorted(row) == ["id", "key", "n", "sealed"]
    assert not any(found_in(text.encode()) for text in page.evaluate(HELD))
    assert on_the_disk(profile) == []
    context.set_offline(False)
    page.goto("/today/")
    until(page, lambda: kept(ada) == [("win", CANARY)])
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Close the book (sign out)").click()
    expect(page.get_by_text("The book is closed.")).to_be_visible()
    assert not any(found_in(text.encode()) for text in page.evaluate(HELD))
    assert stores(page) == NOTHING
    context.close()
    assert on_the_disk(profile) == []
    page = (context := device()).new_page()
    page.goto("/offline/")
    page.evaluate("(words) => localStorage.setItem('kept', words)", CANARY)
    assert any(found_in(text.encode()) for text in page.evaluate(HELD))
    context.close()
    assert on_the_disk(profile) != []
