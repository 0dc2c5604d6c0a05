from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.days import local_date
from config import htmx
from journal.models import Entry


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    today = local_date(request.user, timezone.now())
    kept = Entry.objects.of(request.user).filter(local_date=today).with_records().newest_first()
    return htmx.page(request, "journal/today/index.html", {"entries": kept, "new_id": uuid4(), "today": today})
