"""Reads the environment; an odd value stops the start with one clear line."""

import os
import re
import secrets
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import sentinel

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
# A question that a connection was asked so often it keeps, with its plan.
ASKED_BEFORE = 2
DOMAIN = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f.]*:[0-9a-f:.]+", re.I)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "on" if default else "off").lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} is {value!r}; it takes on or off.")


def choice(name: str, options: tuple[str, ...]) -> str:
    """The first option is the default."""
    value = text(name, options[0]).lower()
    if value in options:
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}; it takes {', '.join(options)}.")


def number(name: str, default: int, low: int, high: int) -> int:
    value = text(name, str(default))
    if value.isascii() and value.isdecimal() and len(value) < 20 and low <= int(value) <= high:
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}; it takes a whole number from {low} to {high}.")


def secret(name: str) -> str:
    """The value of NAME, or what stands in the file that NAME_FILE names."""
    path = text(f"{name}_FILE")
    if not path:
        return text(name)
    if text(name):
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; one is enough.")
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from None
    except ValueError:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: it is not a text.") from None


def web_address(name: str, default: str) -> str:
    """Scheme and host in lower case: what is strict under https is strict under HTTPS."""
    value = text(name, default)
    address, parts = value.rstrip("/").lower(), parts_of(value, "http", "https")
    if parts and parts.hostname and "@" not in parts.netloc and address == f"{parts.scheme}://{parts.netloc.lower()}":
        return address
    raise ImproperlyConfigured(f"{name} is {value!r}; it takes an address such as https://journal.example.")


def host_of(address: str) -> str:
    """As it stands in a Host header, less its port."""
    name = urlsplit(address).hostname or ""
    return f"[{name}]" if ":" in name else name


def parts_of(value: str, *schemes: str) -> SplitResult | None:
    """None for what is no address of these schemes, or has a host or a port that none can have."""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in schemes and parts.port != 0 and DOMAIN.fullmatch(parts.hostname or "localhost")
    except ValueError:
        return None
    return parts if sound else None


def sender(name: str, default: str) -> str:
    value = text(name, default)
    addresses = [address for _, address in getaddresses([value])] if value.isprintable() else []
    local, _, domain = addresses[0].rpartition("@") if len(addresses) == 1 else ("", "", "")
    if local and DOMAIN.fullmatch(domain) and addresses[0] in value:
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}; it takes an address such as Onward <letters@journal.example>.")


def mail_domain(address: str) -> str:
    """The host of a public address, where mails would come from; localhost for one that is only numbers."""
    host = urlsplit(address).hostname or ""
    named = DOMAIN.fullmatch(host) and ":" not in host and not host.replace(".", "").isdigit()
    return host if named else "localhost"


def domain(name: str) -> str:
    value = text(name)
    if not value or DOMAIN.fullmatch(value):
        return value
    raise ImproperlyConfigured(f"{name} is {value!r}; it takes a name such as in.journal.example.")


def door(name: str, value: str) -> str:
    """A name and a password, as in HTTP's basic authentication. The answer says nothing of what was given."""
    user, _, password = value.partition(":")
    if not value or (user and len(password) >= 20 and value.isascii() and value.isprintable()):
        return value
    raise ImproperlyConfigured(f"{name} takes name:password, the password of at least 20 plain characters.")


def keep_once(path: Path, make: Any = lambda: secrets.token_urlsafe(64)) -> str:
    """What stands in `path`; made on the first call, mode 0600, safe when two processes start at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make_once(path, make())
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{path} can be neither read nor made: {error.strerror}.") from None


def _make_once(path: Path, words: str) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    fresh.touch(mode=0o600)
    fresh.write_text(words)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def sqlite(path: Path) -> dict[str, Any]:
    """IMMEDIATE keeps two writers apart; FULL survives a power cut; the journal mode follows the library's version."""
    import sqlite3

    # Before 3.51.3 a reset of the write-ahead log can corrupt the file (docs/decisions/0003).
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
    pragmas = f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
    # Who waits for another one's line asks again ten times a second, and which of many gets in is chance: of two
    # hundred at once a few waited for longer than twenty seconds, and were refused though nothing was wrong.
    options = {"transaction_mode": "IMMEDIATE", "timeout": 40, "init_command": pragmas}
    # To open the file and read its tables anew costs a quarter of a page (config/sqlite notices that it is another).
    return {"ENGINE": "config.sqlite", "NAME": path, "OPTIONS": options, "CONN_MAX_AGE": 60}


def postgres(url: str) -> dict[str, Any]:
    """`?pooler=transaction` where a PgBouncer stands before it that hands out connections by the transaction."""
    parts = parts_of(url, "postgres", "postgresql")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()} if parts else {}
    pooler = query.pop("pooler", "")
    if not parts or not parts.path.strip("/") or pooler not in ("", "transaction"):
        raise ImproperlyConfigured("DATABASE_URL takes postgresql://user:password@host:port/name.")
    # What belongs to one entry is joined in the order in which it is written: to weigh the orders of eleven small
    # tables takes PostgreSQL ten times as long as to read them; so does compiling a question that is short to answer.
    # Its disk is none that turns: to fetch a page from elsewhere costs hardly more than the next one.
    limits = "-c statement_timeout=15000 -c lock_timeout=5000"
    planner = "-c join_collapse_limit=4 -c jit=off -c random_page_cost=1.1"
    # Such a pooler takes no settings: the role has them (docs/operating.md).
    begun_with = {} if pooler else {"options": f"{limits} {planner}"}
    pool = {"min_size": 0, "max_size": 20, "timeout": 10, "max_idle": 60}
    # What a connection was asked before is not planned again (docs/decisions/0033).
    asked = {"server_side_binding": True, "prepare_threshold": None if pooler else ASKED_BEFORE}
    return {
        "ENGINE": "config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": bool(pooler),
        "OPTIONS": begun_with | asked | {"pool": pool} | query,
    }


def redis(url: str) -> str:
    """As it is; the answers of what it takes say nothing of its password."""
    parts = parts_of(url, "redis", "rediss")
    if url and not sentinel.watched(url) and not (parts and parts.hostname and re.fullmatch(r"/?[0-9]*", parts.path)):
        raise ImproperlyConfigured("REDIS_URL takes redis://:password@host:port/number, rediss:// or sentinel://.")
    return url


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings from smtp://user:password@host:port, smtps:// (TLS from the start) or smtp+tls://."""
    parts = parts_of(url, "smtp", "smtps", "smtp+tls")
    if not parts or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL takes smtp://, smtp+tls:// or smtps://user:password@host:port.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
