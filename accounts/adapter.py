"""What allauth asks us: who may sign up, what a new person brings, what its pages and mails say."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts import access, invitations, known, twice
from accounts.closings import closed
from accounts.fresh import is_fresh
from accounts.mail import ALWAYS, Mail
from accounts.models import Leaving, User
from accounts.views.leaving import offer_return
from config.htmx import see_other
from config.typed import local_path, typed

log = logging.getLogger(__name__)
# Mails with a code or a way in; for an address with and without a journal alike. All others are news.
ASKED_FOR: tuple[str, ...] = ("account_already_exists", "email_confirmation", "email_confirmation_signup", "login_code")
ASKED_FOR += ("password_reset", "password_reset_code", "unknown_account")


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This journal is closed for now."),
        "duplicate_email": _("That is the address it has already."),
        "email_password_mismatch": _("These two don’t open a journal together. Look once more at both."),
        "email_taken": _("There is a journal with this address already. You can sign in to it."),
        "enter_current_password": _("That isn’t the password this journal has now."),
        "incorrect_code": _("That isn’t the code. The one in the newest mail counts."),
        "incorrect_password": _("That isn’t the password."),
        "rate_limited": _("That was a little fast. In a minute you can ask again."),
        "too_many_login_attempts": _("That was a good many tries. In five minutes the door opens again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return invitations.may_sign_up(request, timezone.now())

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of ours, and only as paths."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: allauth's JSON would give back what was typed, passwords too."""
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the door, which says that the book is closed."""
        return f"{reverse('account_login')}?closed"

    def get_login_stages(self) -> list[str]:
        own = "accounts.stages.SecondStep"
        return [own if one == "allauth.mfa.stages.AuthenticateStage" else one for one in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str) -> bool:
        """For passkeys, app and codes a sign-in of a moment ago is as good as being asked again (accounts.fresh)."""
        return not (app == "allauth.mfa" and is_fresh(self.request))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        access.count_refusal(credentials.get("email", ""), request)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Raises invitations.UsedUp where somebody else came in by the same link meanwhile."""
        user.time_zone = form.cleaned_data.get("time_zone", "")
        with transaction.atomic():
            super().save_user(request, user, form, commit)
            invitations.take(request, user, timezone.now())
        twice.note(form.cleaned_data.get("id"), user)
        return user

    def post_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse:
        """Words that came with the sign-in are shown once more, with a token that holds; nothing is stored."""
        response: HttpResponse = super().post_login(request, user, **login)
        if again := request.POST.get("again"):
            context = {"typed": typed(request.POST, "again."), "again": local_path(again)}
            response = render(request, "errors/again.html", context)
        known.arrive(request, user, response, timezone.now(), bool(login.get("signup")))
        return response

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """Said with the first step, and heeded after the last: a device that is not only theirs (accounts.known)."""
        request.session["shared"] = "shared" in request.POST
        refused: HttpResponse | None = super().pre_login(request, user, **login)
        return refused

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Whoever closed their journal is asked whether to come back, as long as they can; not in a place that has
        closed."""
        if closed(timezone.now()):
            return see_other(reverse("journal:landing"))
        kept = Leaving.objects.filter(owner=user).first()
        if kept:
            gone = kept.goes_at <= timezone.now()
            return see_other(f"{reverse('accounts:left')}?now") if gone else offer_return(request, kept)
        refused: HttpResponse = super().respond_user_inactive(request, user)
        return refused

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:privacy")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account_email")

    def render_mail(self, template_prefix: str, email: Any, context: Any, headers: Any = None) -> EmailMessage:
        mail = super().render_mail(template_prefix, email, context, headers=ALWAYS | (headers or {}))
        return Mail(mail.subject, mail.body, mail.from_email, mail.to, headers=mail.extra_headers)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer costs nobody their page. Only of a mail that was asked for is it said."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            log.warning("A mail could not be handed over: %s.", type(error).__name__)
            if template_prefix.rpartition("/")[2] not in ASKED_FOR:
                return
            words = now_("The mail could not be handed over just now. In a few minutes you can ask for it again.")
            messages.error(self.request, words)


class Sessions(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: list[UserSession]) -> None:
        super().end_sessions(sessions)
        if sessions:
            access.note(sessions[0].user, access.What.CLOSED, self.request)
