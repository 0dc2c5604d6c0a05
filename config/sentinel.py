"""A Redis that others take over from: `REDIS_URL=sentinel://:password@a:26379,b:26379,c:26379/name/0`. The Sentinels
are asked which server answers for `name` now; the password and the number are that server's.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

PORT = 26379
URL = re.compile(
    r"sentinel://(?:(?P<user>[^:@/]*):(?P<password>[^/]*)@)?(?P<hosts>[\w.,:-]+)/(?P<name>[\w.-]+)(?:/(?P<number>\d+))?/?"
)


@dataclass(frozen=True)
class Watched:
    sentinels: list[tuple[str, int]]
    name: str
    number: int
    user: str
    password: str

    def known(self) -> dict[str, Any]:
        """What the server itself wants to hear."""
        said = {"username": self.user, "password": self.password}
        return {"db": self.number} | {name: value for name, value in said.items() if value}

    def broker(self) -> str:
        """As Celery writes it: each Sentinel an address of its own."""
        door = f"{quote(self.user, '')}:{quote(self.password, '')}@" if self.password else ""
        return ";".join(f"sentinel://{door}{host}:{port}/{self.number}" for host, port in self.sentinels)


def watched(url: str) -> Watched | None:
    """None for what is no address of this kind."""
    found = URL.fullmatch(url)
    hosts = [_place(one) for one in found["hosts"].split(",")] if found else []
    if not found or None in hosts:
        return None
    user, password = unquote(found["user"] or ""), unquote(found["password"] or "")
    return Watched([one for one in hosts if one], found["name"], int(found["number"] or 0), user, password)


def _place(words: str) -> tuple[str, int] | None:
    host, _, port = words.partition(":")
    sound = host and (not port or port.isdecimal() and 0 < int(port) < 65536)
    return (host, int(port or PORT)) if sound else None
