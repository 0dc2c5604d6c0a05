"""W12: Lighthouse's mobile preset, of the web server itself and of the whole way that people come (deploy/Caddyfile:
TLS and HTTP/2); and how soon a page shows what was pressed with the processor at a quarter.

Lighthouse comes with npm, once, into the folder for caches; it is no part of Onward and of no test.
"""

import json
import os
import shutil
import subprocess
import tempfile
from itertools import chain
from pathlib import Path
from random import sample
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench import proxy
from bench.places import PASSWORD, Place
from bench.rounds import progress, tell
from scripts import services

CATEGORIES = ("performance", "accessibility", "best-practices")
VERSION, ROUNDS, TRIES, PRESSES = "13.5.0", 7, 5, 5
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"]
CHROMIUM += ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
CHROMIUM += ["--ignore-certificate-errors"]
STRANGERS = {"landing": "/", "sign-in": "/account/login/"}
SIGNED_IN = {"today": "/today/", "journal": "/entries/"}
# Every press of a key or a button: how long until the next picture, as the browser itself measures it.
WATCH = """() => {
  window.pressed = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.interactionId) window.pressed.push(one.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}"""


def pages(place: Place) -> None:
    """On the database that is asked first: what a browser does with a page is the same on each."""
    if place.engine != "sqlite":
        return
    email = place.person(10_000)
    program = _lighthouse()
    services.caddy()  # brought now, before anything is measured
    with place.server() as port:
        address = f"http://127.0.0.1:{port}"
        cookies = _signed_in(address, email)
        # What is typed there stays in a draft of somebody else's.
        _inp(address, _signed_in(address, place.person(1_000)))
        if not program:
            why = {"why": "neither Lighthouse nor npm is installed: weight alone"}
            return tell("W12-lighthouse", None, "of 100", None, why)
        _measure(program, place.home, "W12-lighthouse", address, cookies)
    with proxy.behind_tls(place) as address:
        _measure(program, place.home, "W12-lighthouse-behind-tls", address, _signed_in(address, email))


def _measure(program: str, home: Path, name: str, address: str, cookies: Any) -> None:
    """Pages by turns, in another order each time; the largest paint of each run is told as well."""
    pages = STRANGERS | SIGNED_IN
    runs: dict[str, list[dict[str, Any]]] = {page: [] for page in pages}
    for page in chain.from_iterable(sample(list(pages), len(pages)) for _ in range(ROUNDS)):
        runs[page].append(_told(program, home, address + pages[page], cookies if page in SIGNED_IN else []))
    for page, found in runs.items():
        figures = {key: round(median(run[key] for run in found), 3) for key in found[0] if key != "findings"}
        told = {"findings": sorted({one for run in found for one in run["findings"]})}
        told["lcp_s_of_each"] = sorted(round(run["lcp_s"], 3) for run in found)
        tell(f"{name}-{page}", figures.pop("performance"), "of 100", None, figures | told)


def _signed_in(address: str, email: str) -> Any:
    """The cookies of a browser that came through the door, as anybody."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=services.chromium(), args=CHROMIUM)
        page = browser.new_page(ignore_https_errors=True)
        page.goto(f"{address}/account/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/today/")
        cookies = page.context.cookies()
        browser.close()
    return cookies


def _lighthouse() -> str | None:
    """Its path; brought where npm is there."""
    if found := os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse"):
        return found
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "onward" / f"lighthouse-{VERSION}"
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists() and (npm := shutil.which("npm")):
        progress(f"Bringing Lighthouse {VERSION} into {folder}")
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        command = [npm, "install", *quiet, "--prefix", str(folder), f"lighthouse@{VERSION}"]
        subprocess.run(command, stdout=subprocess.DEVNULL)
    return str(program) if program.exists() else None


def _told(*asked: Any) -> dict[str, Any]:
    """Now and then Lighthouse loses its browser and has no figure at all: it says so, and is asked anew."""
    for _ in range(TRIES - 1):
        try:
            return _asked(*asked)
        except subprocess.CalledProcessError as lost:
            progress(f"Lighthouse did not finish and is asked once more: {lost.stderr.strip()[-400:]}")
    return _asked(*asked)


def _asked(program: str, home: Path, url: str, cookies: Any) -> dict[str, Any]:
    """One run of it in a fresh browser, which is signed in already: a slow phone, a slow network as it reckons them."""
    file, door = home / "lighthouse.json", services.free_port()
    command = [program, url, "--quiet", "--output=json", f"--output-path={file}", "--form-factor=mobile"]
    command += [f"--port={door}", "--disable-storage-reset", f"--only-categories={','.join(CATEGORIES)}"]
    with sync_playwright() as play, tempfile.TemporaryDirectory(prefix="onward-") as profile:
        arguments = [*CHROMIUM, f"--remote-debugging-port={door}"]
        browser = play.chromium.launch_persistent_context(profile, executable_path=services.chromium(), args=arguments)
        browser.add_cookies(cookies)
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        finally:
            browser.close()
    return _read(json.loads(file.read_text()), url)


def _read(found: dict[str, Any], url: str) -> dict[str, Any]:
    if found["finalDisplayedUrl"] != url:
        raise RuntimeError(f"Lighthouse was led to {found['finalDisplayedUrl']}.")
    scores = {name: round(part["score"] * 100) for name, part in found["categories"].items()}
    audits = found["audits"]
    figures = {"lcp_s": audits["largest-contentful-paint"]["numericValue"] / 1000}
    figures |= {"tbt_ms": audits["total-blocking-time"]["numericValue"]}
    figures |= {"cls": audits["cumulative-layout-shift"]["numericValue"]}
    binary = {"binary", "numeric", "metricSavings"}
    findings = [name for name, one in audits.items() if one["score"] == 0 and one["scoreDisplayMode"] in binary]
    return scores | figures | {"findings": findings}


def _inp(address: str, cookies: Any) -> None:
    """The slowest press of each page; what is typed on Today is kept, as anybody would."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=services.chromium(), args=CHROMIUM)
        for name, path in (STRANGERS | SIGNED_IN).items():
            phone = browser.new_context(viewport={"width": 390, "height": 780}, device_scale_factor=2)
            if name in SIGNED_IN:
                phone.add_cookies(cookies)
            page = phone.new_page()
            phone.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(address + path, wait_until="networkidle")
            slowest = _pressed(page)
            tell(f"W12-inp-{name}", max(slowest), "ms", None, {"presses": len(slowest)})
            phone.close()


def _pressed(page: Page) -> list[float]:
    """Typing into the first line there is, opening and closing the menu and whatever else unfolds."""
    page.evaluate(WATCH)
    kinds = ("textarea", *(f"input[type={kind}]" for kind in ("text", "email", "search")))
    line = page.locator(", ".join(f"{kind}:visible" for kind in kinds)).first
    line.click()
    line.press_sequentially("Asked early, and it was fine.", delay=40)
    for summary in page.locator("summary:visible").all()[:PRESSES]:
        summary.click()
        summary.click()
    page.wait_for_timeout(500)
    return [float(one) for one in page.evaluate("window.pressed")] or [0.0]
