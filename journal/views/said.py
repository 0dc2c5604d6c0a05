"""What a page says after something was kept, beside the thing itself."""

from collections.abc import Callable

from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.fields import WordsForm
from accounts.requests import PersonRequest

Say = Callable[[PersonRequest, WordsForm], None]


def say_kept(request: PersonRequest, form: WordsForm, said: str = "") -> None:
    """Where the page that comes next would not show by itself that something was kept."""
    if not form.stripped:
        messages.success(request, said or _("Kept."))
    say_what_went(request, form)


def say_what_went(request: PersonRequest, form: WordsForm) -> None:
    """Words are kept as typed, but for what nobody can see; then the next page says so."""
    if form.stripped:
        messages.info(request, _("Kept. Some characters that can’t be seen were left out."))
