"""One person with one open connection."""

import gzip
import http.client
import re
import urllib.parse

from bench.rounds import uncounted


class Client:
    """Keep-alive, cookies kept, whole bodies read. `get` and `post` refuse an answer other than the one expected; to
    unpack and read it is the measurement's own work, which `rounds.timed` does not count.
    """

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.wire = 0

    def ask(self, method: str, path: str, data: dict[str, str] | None = None, **headers: str) -> tuple[int, bytes]:
        sent = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} | headers
        body = urllib.parse.urlencode(data) if data is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        whole = answer.read()
        self.wire = len(whole)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        with uncounted():
            packed = answer.headers.get("Content-Encoding") == "gzip"
            return answer.status, gzip.decompress(whole) if packed else whole

    def get(self, path: str, marker: str = "", status: int = 200) -> str:
        return self._checked(*self.ask("GET", path), marker, status, path)

    def post(self, path: str, data: dict[str, str], marker: str = "", status: int = 200, **headers: str) -> str:
        return self._checked(*self.ask("POST", path, data, **headers), marker, status, path)

    def _checked(self, got: int, body: bytes, marker: str, status: int, path: str) -> str:
        with uncounted():
            text = body.decode()
            if got != status or marker not in text:
                raise RuntimeError(f"{path} answered {got}, or without {marker!r}.")
        return text

    def sign_in(self, email: str, password: str) -> str:
        """Through the door, as anybody; returns a CSRF token for later posts."""
        words = {"csrfmiddlewaretoken": token_in(self.get("/account/login/")), "login": email, "password": password}
        self.post("/account/login/", words, status=302)
        return token_in(self.get("/today/"))


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if not found:
        raise RuntimeError("The page has no token.")
    return found[1]
