from django import forms

from journal.models import Acceptance, Entry


class AcceptanceForm(forms.Form):
    accepted = forms.ChoiceField(choices=[("1", ""), ("0", "")])
    way = forms.ChoiceField(choices=Acceptance.Way.choices, required=False)

    def apply(self, entry: Entry) -> None:
        if self.cleaned_data["accepted"] == "1":
            Acceptance.accept(entry, self.cleaned_data["way"])
        else:
            Acceptance.withdraw(entry)
