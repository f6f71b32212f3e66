"""The second half of the officer's form: which door, how they get there, what they said. It asks; it does not decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offramp.pages.components.words import choices
from offramp.rules import plain_words
from offramp.rules.consent import Said
from offramp.rules.languages import NAMES
from offramp.rules.message import say
from offramp.rules.words import Mode, Role

ANOTHER = "other"
READ_ALOUD = [("en", "English"), ("es", "Español")]
SAID = [(Said.YES.value, _("Yes")), (Said.NOT_TODAY.value, _("Not today")), (Said.NO.value, _("No"))]


class Choose(forms.Form):
    """Which door, and which rule a supervisor sets aside. `suggested` is what the page had chosen by itself."""

    outlet = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("That place is not in the directory.")},
    )
    suggested = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("That place is not in the directory.")},
    )
    way = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @property
    def lifted(self) -> list[str]:
        """The criteria ticked to be set aside."""
        return self.data.getlist("lift")

    def overrides(self, role: Role | None, among: set[str]) -> dict[str, Role]:
        """Who sets aside what, among the criteria there are. The rules say whether they may."""
        return {name: role for name in self.lifted if name in among} if role else {}

    @property
    def picked(self) -> str:
        """The door the officer chose with their own hand; empty while they leave it to us."""
        said = self.cleaned_data
        mine = said.get("outlet")
        return str(mine) if mine and mine != said.get("suggested") else ""


class Answer(forms.Form):
    """What was read, what they said, and how they get there."""

    said = forms.ChoiceField(
        label=_("They said"),
        choices=SAID,
        widget=forms.RadioSelect,
        error_messages={"required": _("What did they say?")},
    )
    read_in = forms.ChoiceField(
        label=_("Read aloud in"), choices=[*READ_ALOUD, (ANOTHER, _("Another"))], widget=forms.RadioSelect
    )
    heard_in = forms.ChoiceField(label=_("Their language"), required=False)
    interpreter = forms.CharField(label=_("Interpreter's number"), required=False, max_length=40)
    mode = forms.ChoiceField(
        label=_("How do they get there?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This place is reached another way. Choose again.")},
    )

    def __init__(self, *args, modes: tuple[Mode, ...], language: str = "en", **kwargs):
        super().__init__(*args, **kwargs)
        aloud = dict(READ_ALOUD)
        others = sorted((code for code in NAMES if code not in aloud), key=NAMES.__getitem__)
        self.fields["heard_in"].choices = [
            ("", _("Choose a language")),
            *choices((code, say(NAMES[code])) for code in others),
        ]
        self.fields["mode"].choices = choices((mode, plain_words.MODES[mode]) for mode in modes)
        self.fields["mode"].initial = modes[0].value if modes else ""
        self.fields["read_in"].initial = language if language in aloud else ANOTHER
        self.fields["heard_in"].initial = language if language not in aloud else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("read_in") == ANOTHER:
            if not said.get("heard_in"):
                self.add_error("heard_in", ValidationError(_("Which language?")))
            if not said.get("interpreter"):
                self.add_error(
                    "interpreter",
                    ValidationError(_("Get an interpreter, and write the interpreter's number here.")),
                )
        return said

    def again(self, *, modes: tuple[Mode, ...]) -> "Answer":
        """The same for another door: what they said to the first is no answer to the second."""
        data = {name: self.data.get(name, "") for name in ("read_in", "heard_in", "interpreter")}
        form = Answer(modes=modes, language=data["read_in"] or "en")
        form.initial |= {name: value for name, value in data.items() if value}
        return form

    @property
    def language(self) -> str:
        """The language it was heard in."""
        said = self.cleaned_data
        return said["heard_in"] if said["read_in"] == ANOTHER else said["read_in"]
