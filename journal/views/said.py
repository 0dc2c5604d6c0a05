"""What a page says after something was kept, beside the thing itself."""

from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.fields import WordsForm
from accounts.requests import PersonRequest


def say_what_went(request: PersonRequest, form: WordsForm) -> None:
    """Words are kept as typed, but for what nobody can see; then the next page says so."""
    if form.stripped:
        messages.info(request, _("Kept. Some characters that can’t be seen were left out."))
