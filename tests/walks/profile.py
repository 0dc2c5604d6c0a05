"""Chromium with a profile on disk: what a page keeps in the browser, and what the browser keeps by itself."""

import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, PATIENCE
from tests.walks.canary import Canaries, Look
from tests.walks.writing import PASSWORD, WITNESS

PAGES = ["/today/", "/entries/", "/milestones/", "/steps/", "/lessons/", "/help/mine/", "/look-back/", "/measures/"]
STORES = """async () => {
  const kept = [document.title, location.href, document.cookie, JSON.stringify({...localStorage}),
    JSON.stringify({...sessionStorage}), JSON.stringify(history.state), window.name];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) kept.push(asked.url, await (await cache.match(asked)).text());
  }
  for (const {name} of await indexedDB.databases()) {
    const database = await new Promise((ok, no) => {
      const asked = indexedDB.open(name); asked.onsuccess = () => ok(asked.result); asked.onerror = no; });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((ok, no) => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => ok(asked.result); asked.onerror = no; });
      kept.push(name, store, JSON.stringify(rows));
    }
    database.close();
  }
  return kept.join("\\n");
}"""


def browse(url: str, profile: Path, words: Canaries, look: Look) -> None:
    """Signs in, writes on each page and goes back. The files of the profile can be looked at afterwards."""
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        context = play.chromium.launch_persistent_context(str(profile), executable_path=path, args=FLAGS)
        page = context.pages[0]
        page.set_default_timeout(PATIENCE)
        page.goto(f"{url}/account/login/")
        page.fill("[name=login]", WITNESS)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/today/")
        for address in PAGES:
            page.goto(f"{url}{address}")
            write(page, address, words)
            look.at(f"what the browser keeps of {address}", page.evaluate(STORES))
        page.go_back()
        look.at("what the browser keeps after going back", page.evaluate(STORES))
        context.close()


def write(page: Page, address: str, words: Canaries) -> None:
    """Into every line that is seen; then what the first form does."""
    lines = page.locator("main textarea:visible, main input[type=text]:visible, main input[type=search]:visible")
    for at, line in enumerate(lines.all()):
        line.fill(words.of(f"{address} in a browser, line {at}"))
    page.wait_for_timeout(300)
    send = page.locator("main form:has(textarea:visible, input[type=text]:visible) [type=submit]:visible").first
    if send.count():
        send.click()
        page.wait_for_load_state("networkidle")
