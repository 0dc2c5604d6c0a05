"""A visitor over a real socket: cookies kept, redirects told and not followed, no script."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import Any


@dataclass
class Answer:
    status_code: int
    headers: HTTPMessage
    content: bytes


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Visitor:
    def __init__(self, url: str) -> None:
        self.url, self.cookies = url, CookieJar()
        kept = urllib.request.HTTPCookieProcessor(self.cookies)
        self._open = urllib.request.build_opener(kept, Stay(), urllib.request.ProxyHandler({})).open

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self.url + path))

    def post(self, path: str, data: dict[str, str]) -> Answer:
        return self._ask(urllib.request.Request(self.url + path, urllib.parse.urlencode(data).encode()))

    def send(self, path: str, body: bytes, **headers: str) -> Answer:
        """A post whose body and headers are the caller's own; `_` in a name is a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._ask(urllib.request.Request(self.url + path, body, named))

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._open(request, timeout=60) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())
