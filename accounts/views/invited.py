from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import invitations
from accounts.views.signup import closed


@login_not_required
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Leads to the sign-up. Nothing is used up by looking: a mailbox may open every link before its reader does."""
    answer = _way_in(request, token)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _way_in(request: HttpRequest, token: str) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("journal:today")
    invitation = invitations.found(token, timezone.now())
    if not invitation:
        return closed(request, "", 404, used_up=True)
    request.session[invitations.NAME] = str(invitation.pk)
    return redirect("account_signup")
