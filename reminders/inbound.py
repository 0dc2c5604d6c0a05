"""A mail comes in: by its address to whoever it is for, and never an answer to it.

Nothing of a mail is kept but the words that its writer meant for the journal, sealed there. Nothing of it is logged.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.scope import scope
from journal import inbox
from reminders import automatic, bounces, mime, proof, reading, replies
from reminders.mime import Mail
from reminders.models import Overflow, ReplyAddress, TakenReply

DAY = timedelta(days=1)
log = logging.getLogger(__name__)
# What comes of a mail to `prefix+token@INBOUND_DOMAIN` or `prefix@…`: (its bytes, token, sender of the envelope, now) →
# was it taken?
Handler = Callable[[bytes, str, str | None, datetime], bool]


def receive(data: bytes, recipients: Iterable[str], now: datetime, return_path: str | None = None) -> None:
    """Hands one mail in for each of its recipients; raises only where the database or a key is away.

    `return_path`: the sender of the envelope, "" for nobody; None where only the mail itself can say.
    """
    taken, left = 0, 0
    for recipient in recipients:
        if _handed_in(data, recipient, now, return_path):
            taken += 1
        else:
            left += 1
    log.info("mails taken=%d left=%d", taken, left)


def _handed_in(data: bytes, recipient: str, now: datetime, return_path: str | None) -> bool:
    local, _, domain = recipient.strip().lower().rpartition("@")
    prefix, _, token = local.partition("+")
    handler = HANDLERS.get(prefix) if domain == settings.INBOUND_DOMAIN.lower() != "" else None
    return handler(data, token, return_path, now) if handler else False


# A letter that came back


def returned(data: bytes, token: str, return_path: str | None, now: datetime) -> bool:
    bounces.returned(f"{bounces.PREFIX}+{token}", data, now)
    return True


def complained(data: bytes, token: str, return_path: str | None, now: datetime) -> bool:
    """What a mailbox provider reports to `complaints@INBOUND_DOMAIN`, once it was asked to (docs/operating.md)."""
    bounces.complained(data, now)
    return True


# A reply to a letter


def reply(data: bytes, token: str, return_path: str | None, now: datetime) -> bool:
    """Where the sender is proven, proud things of the week that was asked about; else it waits for "was this you?"."""
    address = replies.found(token, now) if token.isalnum() and token.isascii() else None
    if address is None:
        return False
    try:
        mail = mime.read(data)
    except mime.Unreadable:
        return False
    if automatic.is_automatic(mail, return_path):
        return False
    lines = [inbox.Line(None, text) for text in _words(mail)]
    if not lines:
        return False
    hand_in = inbox.add_proud if _is_owner(mail, address.owner) else inbox.ask_first
    with scope(), transaction.atomic():
        if not _is_new(mail, address, now):
            return False
        taken = hand_in(address.owner, lines, address.monday, now)
        if not taken and hand_in is inbox.ask_first:
            Overflow.note(address.owner, now)
    return True


def _words(mail: Mail) -> list[str]:
    """None in a mail that cannot be made out: handing it in once more would change nothing."""
    try:
        return reading.things_in(mail)
    except Exception:
        log.exception("A reply could not be read.")
        return []


def _is_owner(mail: Mail, owner: User) -> bool:
    """From is an address that they have proven to be theirs, and our own receiver says that it came from there."""
    theirs = EmailAddress.objects.filter(user=owner, verified=True).values_list("email", flat=True)
    return mail.sender in {one.lower() for one in theirs} and proof.is_proven(mail, settings.INBOUND_AUTHSERV)


def _is_new(mail: Mail, address: ReplyAddress, now: datetime) -> bool:
    """Notes it. The same mail counts once, and no more than so many a day do; that more came is noted, too."""
    rows, mark = TakenReply.objects.filter(owner=address.owner), _mark(mail, address)
    if rows.filter(at__gt=now - DAY).count() >= TakenReply.MOST_A_DAY:
        if not rows.filter(digest=mark).exists():
            Overflow.note(address.owner, now)
        return False
    _, is_new = TakenReply.objects.get_or_create(digest=mark, defaults={"owner": address.owner, "at": now})
    return is_new


def _mark(mail: Mail, address: ReplyAddress) -> str:
    """Of its Message-ID; where it has none of its text, keyed, so that the mark says nothing of the words."""
    words = (mail.plain + mail.html).encode(errors="replace")
    name = mail.one("Message-ID") or salted_hmac("reminders.reply", words).hexdigest()
    return hashlib.sha256(f"{address.owner_id} {name}".encode(errors="replace")).hexdigest()


HANDLERS: dict[str, Handler] = {replies.PREFIX: reply, bounces.PREFIX: returned, bounces.COMPLAINTS: complained}
