"""manage.py person add|invite|password|list|remove: for whoever runs this place, with mail or without.

It prints addresses, dates and counts; of what people wrote it knows nothing.
"""

import secrets
import sys
from datetime import datetime
from getpass import getpass
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts import access, invitations, keys, ledger, operating
from accounts.models import Access, Closing, Invitation, Leaving, User


class Command(BaseCommand):
    help = "People: add one, invite one, give another password, list, remove."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, what in (("add", "opens a journal for this address"), ("password", "gives it another password")):
            one = verbs.add_parser(verb, help=f"{what}; the password is asked for, or read as one line from a pipe")
            one.add_argument("address")
            one.add_argument("--print", action="store_true", dest="made", help="makes a password and prints it, once")
        invite = verbs.add_parser("invite", help="a link that opens one journal, for seven days")
        invite.add_argument("address", nargs="?", default="", help="where to send it, if mail leaves this server")
        invite.add_argument("--revoke", metavar="ID", help="takes an invitation back, or one sent to this address")
        verbs.add_parser("list", help="who is here, since when and when last; and the invitations that are open")
        remove = verbs.add_parser("remove", help="closes somebody’s journal: seven days to come back, then it is gone")
        remove.add_argument("address")
        remove.add_argument("--now", action="store_true", dest="at_once", help="gone at once, from backups in a week")
        remove.add_argument("--yes", action="store_true", help="does not ask")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            getattr(self, f"_{verb}")(timezone.now(), **options)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None

    def _add(self, now: datetime, address: str, made: bool, **options: Any) -> None:
        email = _address(address)
        _refuse_where_it_closes()
        if User.objects.filter(email=email).exists():
            raise CommandError("There is a journal with this address already.")
        keys.refuse_without_ring()
        password = self._asked(User(email=email), made)
        with transaction.atomic():
            user = User.objects.create_user(email, password)
            EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
            access.note(user, access.What.JOINED, more=Access.BY_OPERATOR)
        self.stdout.write(f"{email} can sign in at {settings.ONWARD_URL}.")
        self._say(password, made)

    def _password(self, now: datetime, address: str, made: bool, **options: Any) -> None:
        user = _person(address)
        password = self._asked(user, made)
        operating.give_password(user, password)
        self.stdout.write(f"{user.email} has another password. Everywhere the book was open it is closed.")
        self._say(password, made)

    def _invite(self, now: datetime, address: str, revoke: str | None, **options: Any) -> None:
        if revoke:
            return self._revoke(revoke)
        _refuse_where_it_closes()
        if settings.ONWARD_SIGNUP == "closed":
            raise CommandError(
                "ONWARD_SIGNUP is closed: no link opens anything. `person add` does, or set it to invite."
            )
        email = _address(address) if address else ""
        link, invitation = invitations.invite(now, email)
        if not (email and settings.EMAIL_URL and self._sent(email, link, invitation)):
            self.stdout.write(link)
        self.stdout.write(f"It opens one journal, until {_day(invitation.expires_at)}. Its id is {invitation.pk}.")
        if settings.ONWARD_SIGNUP == "open":
            self.stdout.write("Everybody can begin here without a link, too: ONWARD_SIGNUP is open.")

    def _revoke(self, named: str) -> None:
        taken = invitations.revoke(named)
        if not taken:
            raise CommandError("There is no open invitation with this id or address.")
        self.stdout.write(f"Taken back: {taken}.")

    def _sent(self, email: str, link: str, invitation: Invitation) -> bool:
        try:
            operating.send("invitation", email, link=link, expires_at=invitation.expires_at)
        except OSError as error:
            self.stderr.write(f"The mail could not be handed over ({type(error).__name__}). Give them this link:")
            return False
        self.stdout.write(f"The link is on its way to {email}.")
        return True

    def _list(self, now: datetime, **options: Any) -> None:
        going = dict(Leaving.objects.values_list("owner_id", "goes_at"))
        people = User.objects.order_by("joined_at", "pk").values_list("pk", "email", "joined_at", "last_login")
        for id, email, joined_at, last in people.iterator(chunk_size=1000):
            seen = f"last signed in {_day(last)}" if last else "has not signed in yet"
            leaves = f", closed, gone on {_day(going[id])}" if id in going else ""
            self.stdout.write(f"{email}  here since {_day(joined_at)}, {seen}{leaves}")
        waiting = [one for one in Invitation.objects.order_by("made_at") if one.is_open(now)]
        for one in waiting:
            self.stdout.write(
                f"{one.pk}  invitation until {_day(one.expires_at)}{one.email and f', sent to {one.email}'}"
            )
        people_here, open_links = User.objects.count(), len(waiting)
        self.stdout.write(f"People: {people_here:,}. Invitations that are open: {open_links:,}.")

    def _remove(self, now: datetime, address: str, at_once: bool, yes: bool, **options: Any) -> None:
        user = _person(address)
        if not yes and input(f"Type {user.email} to close this journal: ").strip().lower() != user.email:
            raise CommandError("Nothing has changed.")
        try:
            left = operating.close(user, now, at_once)
        except (OSError, ledger.Unreadable) as error:
            raise CommandError(f"It could not be noted who leaves, and nothing has changed: {error}") from None
        if at_once:
            said = "What was written can be read by nobody any more; the rows go with the next pass."
        else:
            said = f"Until {_day(left.goes_at)} signing in brings it back; then it is gone."
        self.stdout.write(f"The journal of {user.email} is closed. {said}")

    def _asked(self, user: User, made: bool) -> str:
        """Made here, asked for twice, or one line of a pipe. Raises CommandError where it would not do at the door."""
        if made:
            return secrets.token_urlsafe(15)
        if sys.stdin.isatty():
            password = getpass("Password: ")
            if getpass("Once more: ") != password:
                raise CommandError("These two are not the same. Nothing has changed.")
        else:
            password = sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return password

    def _say(self, password: str, made: bool) -> None:
        if made:
            self.stdout.write(f"Password, shown this once: {password}")


def _address(words: str) -> str:
    email = words.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{words} is no address that a mail could go to.") from None
    return email


def _refuse_where_it_closes() -> None:
    if closing := Closing.standing():
        raise CommandError(f"This place closes on {closing.on}; nobody begins a journal here any more.")


def _person(address: str) -> User:
    user = User.objects.filter(email=address.strip().lower()).first()
    if not user:
        raise CommandError("There is nobody with this address.")
    return user


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"
