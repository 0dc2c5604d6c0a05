"""Whether the address in From is really where a mail came from: what our own receiver says of it, and nobody else.

RFC 8601: the receiver puts its verdict on top of everything that the mail brought along, so only the topmost one
counts, and only if it bears the receiver's name. What stands further down was written by the sender.
"""

import re

from reminders.mime import Mail

PASSES = re.compile(r"dmarc\s*=\s*pass(?=\s|$)", re.I)
DOMAIN = re.compile(r"\bheader\.from\s*=\s*(\S+)", re.I)
ASIDE = re.compile(r'\\.|[()"]|[^\\()"]+|\\', re.S)


def is_proven(mail: Mail, receiver: str) -> bool:
    """`receiver`: the authserv-id of our own mail server; without one nothing is ever proven."""
    verdicts = mail.all("Authentication-Results")
    if not (receiver and mail.sender and verdicts):
        return False
    name, *methods = _without_asides(verdicts[0]).split(";")
    domain = mail.sender.rpartition("@")[2]
    return name.lower().split()[:1] == [receiver.lower()] and any(_passes(method.strip(), domain) for method in methods)


def _passes(method: str, domain: str) -> bool:
    """DMARC says pass, and of the very domain that we read in From."""
    said = DOMAIN.search(method)
    return bool(PASSES.match(method)) and said is not None and said[1].lower() == domain


def _without_asides(verdict: str) -> str:
    """Comments may stand anywhere, within each other, and hold anything. So may quoted words: no verdict needs one."""
    depth, quoted, kept = 0, False, []
    for piece in ASIDE.findall(verdict):
        if piece == '"' and not depth:
            quoted = not quoted
        elif piece in ("(", ")") and not quoted:
            depth = max(0, depth + (1 if piece == "(" else -1))
        elif not depth and not quoted:
            kept.append(piece)
    return " ".join(kept)
