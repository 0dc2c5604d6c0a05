"""Without a network: what is written then waits sealed on the device and arrives once."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry

pytestmark = pytest.mark.browser
CANARY = "heliotrope tamarisk 7f3a91"
READY = "async () => { const {active} = await navigator.serviceWorker.ready; return active.state }"
HELD = """() => new Promise((done, failed) => {
  const asked = indexedDB.open("onward");
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onerror = () => done(0);
  asked.onsuccess = () => {
    const all = asked.result.transaction("key").objectStore("key").count();
    all.onsuccess = () => { asked.result.close(); done(all.result) };
  };
})"""


def ready(page: Page) -> None:
    """The worker stands and holds this session’s half of the key."""
    page.goto("/today/")
    page.evaluate(READY)
    for _ in range(200):
        if page.evaluate(HELD):
            return
        page.wait_for_timeout(50)
    raise AssertionError("no key came")


@pytest.fixture
def worked(open_page: Callable[..., Page]) -> Iterator[Callable[[User], Page]]:
    def open_(user: User) -> Page:
        page = open_page(user, service_workers="allow")
        ready(page)
        return page

    yield open_


def write(page: Page, words: str, gesture: str = "Something I did") -> None:
    page.get_by_text(gesture, exact=True).click()
    page.get_by_label("In your own words").fill(words)
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_label("In your own words")).to_have_value("")


def test_what_is_written_offline_arrives_once(worked: Callable[[User], Page], ada: User) -> None:
    page = worked(ada)
    page.context.set_offline(True)
    page.goto("/entries/")
    expect(page.get_by_role("heading", name="You’re offline")).to_be_visible()
    write(page, CANARY)
    expect(page.get_by_text("One thing waits to be sent.")).to_be_visible()
    assert not Entry.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_text("One thing was sent.")).to_be_visible()
    assert [entry.body for entry in Entry.objects.of(ada)] == [CANARY]
