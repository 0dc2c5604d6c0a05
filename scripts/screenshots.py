"""The pictures of the documents anew, into docs/pictures/: `make screenshots`.

The demo account on a day that never changes, in an Onward of its own that is gone afterwards. The same Chromium makes
the same files, byte for byte.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any, NamedTuple
from uuid import UUID
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
import time_machine
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import services
from scripts.bootstrap import ROOT

FOLDER = ROOT / "docs" / "pictures"
NOW = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
LETTER = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # the Sunday after
OWNER = UUID("0a0b0c0d-0000-4000-8000-000000002026")
EMAIL, PASSWORD, ZONE = "demo@example.com", "a picture of a password", "Europe/Lisbon"
FLAGS = "--no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking".split()


class Picture(NamedTuple):
    name: str
    address: str
    width: int
    height: int
    dark: bool = False
    fine: float = 1  # pixels of the picture for each of the page


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="onward-") as home:
        _environment(home)
        with time_machine.travel(NOW):
            django.setup()
            client, milestone = _journal()
            FOLDER.mkdir(exist_ok=True)
            with _served() as address, _chromium() as browser:
                cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
                for picture in _pictures(milestone):
                    _keep(picture.name, _taken(browser, picture, address, cookie))
                _keep("letter", _drawn(browser, _letter(client, Path(home) / "outbox")))


def _environment(home: str) -> None:
    for name in [name for name in os.environ if name.startswith("ONWARD_")]:
        del os.environ[name]
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "DEBUG"):
        os.environ.pop(name, None)
    os.environ |= {"ONWARD_HOME": home, "ONWARD_URL": "http://127.0.0.1:8000", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def _journal() -> tuple[Any, UUID]:
    """Nadia's year, the browser that she is signed in with, and the milestone that she is on the way to."""
    from django.core.management import call_command
    from django.test import Client

    from accounts.models import User
    from journal.demo import year
    from journal.models import Milestone

    call_command("prepare")
    owner = User.objects.create_user(EMAIL, PASSWORD, id=OWNER, time_zone=ZONE)
    year.write(owner, NOW)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner)
    client.post("/settings/reminders/offer/", {"answer": "yes"})
    return client, Milestone.objects.of(owner).walking().earliest("created_at").pk


def _pictures(milestone: UUID) -> list[Picture]:
    return [
        Picture("today", "/today/", 1280, 1120),
        Picture("today-phone", "/today/", 390, 844, fine=1.5),
        Picture("journal-dark", "/entries/", 1280, 1000, dark=True),
        Picture("look-back", "/look-back/", 1280, 1000),
        Picture("milestone", f"/milestones/{milestone}/", 1280, 1240),
    ]


@contextmanager
def _served() -> Iterator[str]:
    from config.wsgi import application

    server = make_server("127.0.0.1", 0, application, Server, Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=services.chromium(), headless=True, args=FLAGS)
        yield browser
        browser.close()


def _taken(browser: Browser, picture: Picture, address: str, cookie: Any) -> bytes:
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.fine,
        color_scheme="dark" if picture.dark else "light",
        timezone_id=ZONE,
        reduced_motion="reduce",
        service_workers="block",
    )
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(picture.address)
    shot = _shot(page)
    context.close()
    return shot


def _shot(page: Page) -> bytes:
    page.evaluate("document.fonts.ready")
    page.evaluate("document.activeElement?.blur()")
    return page.screenshot(animations="disabled", caret="hide")


def _letter(client: Any, outbox: Path) -> str:
    """What the pass of that Sunday hands over, as a mail program shows it."""
    from django.core.management import call_command

    call_command("tick", "--now", LETTER.isoformat())
    (file,) = outbox.glob("*.eml")
    body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("html",))
    return str(body.get_content()) if body else ""


def _drawn(browser: Browser, html: str) -> bytes:
    page = browser.new_page(viewport={"width": 680, "height": 100}, color_scheme="light")
    page.set_content(html)
    page.set_viewport_size({"width": 680, "height": page.evaluate("document.documentElement.scrollHeight")})
    shot = _shot(page)
    page.close()
    return shot


def _keep(name: str, png: bytes) -> None:
    """In a palette of 256: a wash and some ink need no more, and the file is a third of what it was."""
    drawn = Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    path = FOLDER / f"{name}.png"
    drawn.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {drawn.width} × {drawn.height}  {path.stat().st_size // 1024} KB", flush=True)


if __name__ == "__main__":
    main()
