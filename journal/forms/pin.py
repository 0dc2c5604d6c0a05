from django import forms

from accounts.models import User
from journal.models import Pin


class PinForm(forms.Form):
    """`kept` = 1 keeps a moment on Today, 0 takes it off. `instead`: the one that makes room for it."""

    kept = forms.ChoiceField(choices=[("1", ""), ("0", "")])
    instead = forms.SlugField(required=False)

    def apply(self, owner: User, moment: str) -> None:
        """Raises journal.models.pin.Full."""
        if self.cleaned_data["kept"] == "1":
            Pin.keep(owner, moment, self.cleaned_data["instead"])
        else:
            Pin.leave(owner, moment)
