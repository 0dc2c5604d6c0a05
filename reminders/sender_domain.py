"""What the name servers say of the domain that letters come from, in plain words: SPF, DKIM, DMARC."""

import re
from collections.abc import Iterator

import dns.exception
import dns.name
import dns.resolver
from dns.name import from_text

from config.doctor import Finding, look, note, well

PATIENCE = 3.0  # seconds a question
# How the last word of an SPF record treats everybody whom it does not name (RFC 7208, 5.1).
OTHERS = {
    "-all": "everybody else is refused",
    "~all": "everybody else is doubted",
    "?all": "of everybody else it says nothing",
    "+all": "and everybody else as well",
}
POLICIES = {
    "none": "others’ forgeries are only reported",
    "quarantine": "others’ forgeries go to the spam folder",
    "reject": "others’ forgeries are refused",
}


NO_NAME = (dns.name.LabelTooLong, dns.name.EmptyLabel, dns.name.NameTooLong)


class Silent(Exception):
    """No name server answered."""


class Names:
    """Questions to the name servers of this machine, or to one that is named."""

    def __init__(self, server: str = "", port: int = 53) -> None:
        """Raises Silent where this machine knows no name server, ValueError where `server` is no address."""
        try:
            self._resolver = dns.resolver.Resolver(configure=not server)
        except dns.resolver.NoResolverConfiguration:
            raise Silent from None
        if server:
            self._resolver.nameservers, self._resolver.port = [server], port
        self._resolver.lifetime = PATIENCE

    def knows(self, name: str) -> bool:
        """Whether there is such a name at all. Raises Silent."""
        try:
            self._resolver.resolve(from_text(name), "SOA", search=False, raise_on_no_answer=False)
        except (dns.resolver.NXDOMAIN, *NO_NAME):
            return False
        except (dns.exception.DNSException, OSError):
            raise Silent from None
        return True

    def texts(self, name: str) -> list[str]:
        """The TXT records of a name; none where it has none, or does not exist. Raises Silent."""
        try:
            found = self._resolver.resolve(from_text(name), "TXT", search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, *NO_NAME):
            return []
        except (dns.exception.DNSException, OSError):
            raise Silent from None
        return [b"".join(record.strings).decode("utf-8", "replace") for record in found]


def told(names: Names, domain: str, selector: str, bounces: str) -> Iterator[tuple[str, Finding]]:
    """`bounces` is the domain of the envelope sender (INBOUND_DOMAIN), where it is another one. Raises Silent."""
    if not names.knows(domain):
        yield (
            "names",
            look(f"The name server here knows no {domain}: is it registered, or is this machine cut off?"),
        )
        return
    envelope = bounces or domain
    yield "SPF", spf(names.texts(envelope), envelope)
    yield "DKIM", _dkim(names, domain, selector)
    policy, at = _policy(names, domain)
    yield "DMARC", dmarc(policy, at, domain)
    if policy and bounces and _tags(policy).get("aspf", "r") == "s":
        yield (
            "DMARC",
            look(f"aspf=s asks SPF for {domain} itself, and bounces go to {bounces}: only DKIM can carry it."),
        )


def spf(texts: list[str], domain: str) -> Finding:
    """Who may send for this domain (RFC 7208)."""
    found = [text for text in texts if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        return look(
            f"{domain} has no SPF record: nobody is told which server may send for it. Begin with `v=spf1 … ~all`."
        )
    if len(found) > 1:
        return look(f"{domain} has {len(found)} SPF records, and more than one counts as none. Put them together.")
    words = found[0].split()[1:]
    last = next((word.lower() for word in words if word.lower().lstrip("+-~?") == "all"), "")
    last = "+all" if last == "all" else last
    named = " ".join(word for word in words if word.lower().lstrip("+-~?") != "all") or "nobody"
    said = f"{domain} lets these send: {named}"
    if last == "+all":
        return look(f"{said}; {OTHERS[last]}, which protects from nothing. End it with ~all or -all.")
    if not last and not any(word.lower().startswith("redirect=") for word in words):
        return note(f"{said}; of everybody else it says nothing. End it with ~all.")
    return well(f"{said}{f'; {OTHERS[last]}' if last else ''}. Is the server of EMAIL_URL among them?")


def _dkim(names: Names, domain: str, selector: str) -> Finding:
    if not selector:
        return note(
            "A seal that your mail server puts on each letter. The letter that arrives says which: a DKIM-Signature "
            "with `d=` and `s=`. Give me that s as --selector."
        )
    place = f"{selector}._domainkey.{domain}"
    return dkim(names.texts(place), place)


def dkim(texts: list[str], place: str) -> Finding:
    """The key by which readers’ servers check the signature (RFC 6376)."""
    found = [tags for tags in map(_tags, texts) if "p" in tags]
    if not found:
        return look(f"There is no key at {place}: nobody can check the seal (a signature with this selector).")
    if not found[0]["p"]:
        return look(f"The key at {place} was taken back (p= is empty): sign with another selector.")
    return well(f"others can check the seal on each letter: a key lies at {place}")


def _policy(names: Names, domain: str) -> tuple[str, str]:
    """The record of the domain, or of the nearest one above it that has one, and where it lies."""
    labels = domain.split(".")
    for at in (".".join(labels[cut:]) for cut in range(max(1, len(labels) - 1))):
        if found := [
            text for text in names.texts(f"_dmarc.{at}") if text.lower().replace(" ", "").startswith("v=dmarc1")
        ]:
            return (found[0], at) if len(found) == 1 else ("", at)
    return "", ""


def dmarc(policy: str, at: str, domain: str) -> Finding:
    """What becomes of a mail that only claims to come from here (RFC 7489)."""
    if not policy and at:
        return look(f"_dmarc.{at} has more than one record, which counts as none.")
    if not policy:
        return look(
            f"_dmarc.{domain} has no record: nobody is told what to do with a mail that only claims to be yours, and "
            "large mailbox providers ask for it. `v=DMARC1; p=quarantine; rua=mailto:…` says it."
        )
    tags = _tags(policy)
    rule = tags.get("p", "") if at == domain else tags.get("sp", tags.get("p", ""))
    if rule not in POLICIES:
        return look(f"The record at _dmarc.{at} has no p= that anybody understands.")
    reports = "" if "rua" in tags else " No rua=: nobody reports to you."
    return (note if rule == "none" or reports else well)(f"_dmarc.{at}: {POLICIES[rule]} (p={rule}).{reports}")


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): re.sub(r"\s", "", value).lower() for name, _, value in pairs if name.strip()}
