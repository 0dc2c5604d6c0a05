"""What a password is asked for, in our words."""

from django.contrib.auth import password_validation as django_validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(django_validators.MinimumLengthValidator):
    def validate(self, password: str, user: object = None) -> None:
        if len(password) < self.min_length:
            had = ngettext("It has %(had)d character;", "It has %(had)d characters;", len(password))
            rest = _("%(least)d or more, please.")
            message = (had + " " + rest) % {"had": len(password), "least": self.min_length}
            raise ValidationError(message, code="password_too_short")

    def get_help_text(self) -> str:
        return _("Ten characters or more.")


class NotCommon(django_validators.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this one, so it is guessed early. Two or three words of your own will do.")


class NotLikeEmail(django_validators.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("It is close to your email address, so it is guessed early. Another one, please.")
