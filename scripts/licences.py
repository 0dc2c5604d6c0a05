"""Under which licence everything is that Onward brings along, as docs/licences.md: `make licences`.

Packages say it themselves, in their metadata. What is said too loosely there was read in their own licence file and
stands below; what nobody has read yet ends the program with its name.
"""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import NamedTuple

from scripts.bootstrap import ROOT

PAGE = ROOT / "docs" / "licences.md"
LOCK = ROOT / "requirements.lock"
# What an MIT project may bring along unchanged, and what each asks of whoever passes it on.
ACCEPTED = {
    "MIT": "its notice comes along",
    "MIT-0": "nothing",
    "0BSD": "nothing",
    "BSD-2-Clause": "its notice comes along",
    "BSD-3-Clause": "its notice comes along; no advertising with its makers’ names",
    "ISC": "its notice comes along",
    "PSF-2.0": "its notice comes along",
    "Apache-2.0": "its text and notices come along; changes are said",
    "MPL-2.0": "its own files stay under it, and changes to them are open",
    "LGPL-3.0-only": "it can be replaced by another version of itself, as any package of `.venv` can",
    "OFL-1.1": "its text comes along; the faces are not sold by themselves",
    "LicenseRef-Public-Domain": "nothing",
    # Inside the compiled parts of packages.
    "Apache-2.0 WITH LLVM-exception": "as Apache-2.0, not for what is compiled with it",
    "BSL-1.0": "nothing for compiled parts",
    "CC0-1.0": "nothing",
    "Unicode-3.0": "its notice comes along",
    "Unlicense": "nothing",
    "Zlib": "nothing for compiled parts",
}
# Read in the package’s own licence file: its metadata says “BSD”, several at once, or nothing; or it is not installed
# on every machine.
READ = {
    "amqp": "BSD-3-Clause",
    "async-timeout": "Apache-2.0",
    "billiard": "BSD-3-Clause",
    "click-plugins": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "django-csp": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "jinja2": "BSD-3-Clause",
    "prompt-toolkit": "BSD-3-Clause",
    "pycryptodome": "BSD-2-Clause AND LicenseRef-Public-Domain",
    "python-dateutil": "BSD-3-Clause OR Apache-2.0",
    "qrcode": "BSD-3-Clause AND MIT",
    "sqlparse": "BSD-3-Clause",
    "vine": "BSD-3-Clause",
}
CLASSIFIED = {"License :: OSI Approved :: MIT License": "MIT"}
# What lies among our own files and inside packages: where, what, licence, where its text stands.
CARRIED = [
    ("`static/fonts/`", "Brygada 1918, cut into ranges of signs", "OFL-1.1", "`static/fonts/OFL.txt`"),
    (
        "`journal/export/fonts/`",
        "Brygada 1918, Noto Naskh Arabic, Noto Serif Hebrew",
        "OFL-1.1",
        "`journal/export/fonts/OFL.txt`",
    ),
    ("`static/img/icons.svg`", "Lucide, some of them from Feather", "ISC AND MIT", "`static/img/LUCIDE-LICENSE.txt`"),
    ("every other picture in `static/img/`", "drawn for Onward", "MIT", "`LICENSE`"),
    ("`django_htmx/static/`", "htmx 2, as django-htmx brings it", "0BSD", "in htmx’s own repository"),
]
TOP = """# Licences

Everything that Onward brings along, and under what. `make licences` writes this page out of the packages’ own words; a
test compares the two, and refuses a licence that ours ([MIT](../LICENSE)) may not bring along. What only tests need is
not shipped and does not stand here (`requirements-dev.lock`).
"""
IMAGE = """## In a container

`Dockerfile` lays all of this onto an image of Debian with Python (PSF-2.0), `postgresql-client` (PostgreSQL) and the
Noto faces (OFL-1.1). Debian’s own packages keep theirs in `/usr/share/doc/*/copyright`. Beside itself, `psycopg-binary`
brings libpq (PostgreSQL), OpenSSL (Apache-2.0), Kerberos (MIT), OpenLDAP (OLDAP-2.8), Cyrus SASL (BSD with
attribution) and small libraries of the system (LGPL-2.1, BSD, MIT); `cryptography` brings OpenSSL, `ijson` yajl
(ISC), `zlib-ng` the C library of that name (Zlib). What is compiled into `cryptography`, `granian`, `orjson` and
`typst` stands in their own bills of materials; the test reads those as well. The image that puts TLS before it is
Debian with Caddy (Apache-2.0; what is compiled into it stands in `/usr/share/doc/caddy/copyright`).

`docker-compose.yml` takes further images as their makers publish them, and passes none on: PostgreSQL 15 (PostgreSQL),
Redis 7 (BSD-3-Clause up to 7.2, RSALv2 or SSPLv1 from 7.4 on, which ask nothing of whoever runs it for
themselves), and for trying out Mailpit (MIT).
"""


class Package(NamedTuple):
    name: str
    version: str
    licence: str


def main() -> None:
    PAGE.write_text(page(packages()))
    print(f"{PAGE.relative_to(ROOT)} is written.")


def packages() -> list[Package]:
    """By name, as the lock has them, whatever this machine is."""
    pins = re.findall(r"^([\w.-]+)==(\S+)", LOCK.read_text(), flags=re.M)
    return [Package(name, version, licence(name)) for name, version in pins]


def licence(name: str) -> str:
    """SPDX. Ends the program where no one word of the package is enough and nobody has read its licence."""
    said = READ.get(name) or _said(installed(name))
    if not said:
        sys.exit(f"{name} does not say its licence plainly: read its own file, and write it into scripts/licences.py.")
    return said


def installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _said(package: Distribution | None) -> str:
    if package is None:
        return ""
    words = package.metadata
    classified = [CLASSIFIED[line] for line in words.get_all("Classifier") or [] if line in CLASSIFIED]
    plain = [words[field] for field in ("License-Expression", "License") if field in words]
    return next((said for said in [*plain, *classified] if accepted(said)), "")


def accepted(expression: str) -> bool:
    """An SPDX expression: of what stands between OR one is enough; what stands between AND has to hold together."""
    while inner := re.search(r"\(([^()]*)\)", expression):
        expression = expression.replace(inner[0], "MIT" if accepted(inner[1]) else "none of ours")
    ways = [re.split(r"\s+AND\s+", way.strip()) for way in re.split(r"\s+OR\s+", expression)]
    return any(all(part in ACCEPTED for part in way) for way in ways)


def page(shipped: list[Package]) -> str:
    parts = [f"| {name} {version} | {licence} |" for name, version, licence in shipped]
    carried = [f"| {' | '.join(row)} |" for row in CARRIED]
    used = " ".join([*(row.licence for row in shipped), *(row[2] for row in CARRIED)])
    asked = [
        f"| {name} | {asks} |" for name, asks in ACCEPTED.items() if re.search(rf"(?<![\w-]){name}(?![\w-])", used)
    ]
    return "\n".join(
        [
            TOP,
            *("## Packages", "", "| package | licence |", "|---|---|", *parts, ""),
            *("## Among our own files, and inside packages", ""),
            *("| where | what | licence | its text |", "|---|---|---|---|", *carried, ""),
            IMAGE,
            *("## What they ask", "", "| licence | whoever passes it on |", "|---|---|", *asked, ""),
        ]
    )


if __name__ == "__main__":
    main()
