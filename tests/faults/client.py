"""A browser's part of it: pages over https by a name that leads to this machine, with what they set."""

import http.client
import re
import socket
import ssl
import sys
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

FORGED = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.6", "X-Forwarded-Host": "evil.example"}


class Client:
    def __init__(self, name: str, authority: Path) -> None:
        self.name, self.authority, self.cookies = name, authority, SimpleCookie[str]()

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> http.client.HTTPResponse:
        known = {"Cookie": "; ".join(f"{name}={kept.value}" for name, kept in self.cookies.items())}
        known |= {"Origin": f"https://{self.name}", "Content-Type": "application/x-www-form-urlencoded"} if form else {}
        line = http.client.HTTPSConnection(self.name, timeout=60)
        raw = socket.create_connection(("127.0.0.1", 443), timeout=60)
        line.sock = ssl.create_default_context(cafile=self.authority).wrap_socket(raw, server_hostname=self.name)
        line.request("POST" if form else "GET", path, urlencode(form or {}), known | headers)
        answer = line.getresponse()
        for set_by in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(set_by)
        return answer

    def wait(self) -> None:
        """Until a page answers that asks the database."""
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                if self.ask("/healthz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.5)
        sys.exit("No page answers.")

    def look(self, address: str, password: str, token: str) -> dict[str, str]:
        """What stands only where TLS, the proxy and the settings agree."""
        page = self.ask("/account/login/", **FORGED)
        words = page.read().decode()
        form = {"csrfmiddlewaretoken": re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)', words)[0]}
        signed_in = self.ask("/account/login/", form | {"login": address, "password": password})
        figures = self.ask("/metrics", Authorization=f"Bearer {token}")
        cookies = {name: bool(kept["secure"] and kept["httponly"]) for name, kept in self.cookies.items()}
        found = {
            "a stranger’s headers": page.status == 200,
            "HSTS": "includeSubDomains" in page.headers["Strict-Transport-Security"],
            "signed in": signed_in.status == 302 and self.ask(signed_in.headers["Location"]).status == 200,
            "cookies": all(cookies.values()) and "__Host-sessionid" in cookies,
            "metrics": b"onward_people 1" in figures.read() and self.ask("/metrics").status == 401,
            "plain http": self.plain() == (308, f"https://{self.name}/"),
        }
        if odd := [what for what, holds in found.items() if not holds]:
            sys.exit(f"Not as it is said: {', '.join(odd)}.")
        return dict.fromkeys(found, "as it is said")

    def plain(self) -> tuple[int, str | None]:
        line = http.client.HTTPConnection("127.0.0.1", 80, timeout=60)
        line.request("GET", "/", headers={"Host": self.name})
        answer = line.getresponse()
        return answer.status, answer.headers["Location"]
