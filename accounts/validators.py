from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    def validate(self, password: str, user: object = None) -> None:
        if len(password) < self.min_length:
            had = ngettext("It has %(had)d character;", "It has %(had)d characters;", len(password))
            rest = _("%(least)d or more, please.")
            message = (had + " " + rest) % {"had": len(password), "least": self.min_length}
            raise ValidationError(message, code="password_too_short")

    def get_help_text(self) -> str:
        return _("Ten characters or more.")
