"""The first half of the officer's form: what is going on, whether there is a charge, where and when. It asks; it does not decide."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offramp.pages.components.words import choices
from offramp.rules import cell, offences, tiles
from offramp.rules.questions import Question

NO_CHARGE = "no"
CHIPS = 4  # charges that stand as chips; the rest of the short list opens with one tap more
LEFT_OPEN = timedelta(hours=12)


class Tell(forms.Form):
    """What is going on. `key` is the form's own: the same form sent twice is the same meeting."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    opened = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    sheet = forms.CharField(widget=forms.HiddenInput, required=False, max_length=9)
    cell = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    what = forms.MultipleChoiceField(
        label=_("What's going on?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    charge = forms.ChoiceField(label=_("Would you arrest or cite?"), required=False, widget=forms.RadioSelect)
    another = forms.ChoiceField(label=_("Another charge"), required=False)
    statute = forms.CharField(label=_("Statute or code"), required=False, max_length=40)
    where = forms.CharField(label=_("Where"), required=False, max_length=120)
    incident = forms.CharField(label=_("Incident number"), required=False, max_length=40)
    met_at = forms.DateTimeField(
        label=_("When you met"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("This is not a date and a time.")},
    )

    def __init__(self, *args, at: datetime, state: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.at, self.state = at, state
        self.fields["what"].choices = choices(tiles.WORDS)
        listed = [(one.key, one.words) for one in offences.common()]
        self.fields["charge"].choices = [(NO_CHARGE, _("No")), *choices(listed[:CHIPS])]
        self.fields["another"].choices = [("", _("Choose a charge")), *choices(listed[CHIPS:])]

    def clean_opened(self) -> datetime | None:
        """When the minute began. A page left open since yesterday, or one that says tomorrow, tells nothing about it."""
        opened = self.cleaned_data["opened"]
        return opened if opened and self.at - LEFT_OPEN <= opened <= self.at else None

    def clean_cell(self) -> str:
        here = self.cleaned_data["cell"]
        return here if cell.is_cell(here) else ""

    def clean_statute(self) -> str:
        written = self.cleaned_data["statute"]
        if written and offences.find(written, state=self.state) is None:
            raise ValidationError(
                _("We do not know this statute or code. Write it like “9A.56.050” or “23C”.")
            )
        return written

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("charge") == NO_CHARGE and (said.get("another") or said.get("statute")):
            self.add_error("charge", ValidationError(_("You said no charge, and chose one. Which is it?")))
        was_sent = "read" in self.data
        if said.get("sheet") and was_sent and not said.get("met_at") and "met_at" not in self.errors:
            self.add_error("met_at", ValidationError(_("Say when you met: the sheet has it at the top.")))
        return said

    # -- What was said ----------------------------------------------------------------------------------------------

    @property
    def offences(self) -> list[str]:
        """The charges, the lead charge first."""
        said = self.cleaned_data
        lead = said.get("charge") if said.get("charge") != NO_CHARGE else ""
        return [one for one in (lead, said.get("another"), said.get("statute")) if one]

    @property
    def is_charged(self) -> bool | None:
        """Whether there is a charge; None while nobody said."""
        if self.offences:
            return True
        return False if self.cleaned_data.get("charge") == NO_CHARGE else None

    def facts(self) -> dict[str, Any]:
        """The facts that follow from what was tapped here."""
        facts: dict[str, Any] = tiles.facts_of(self.cleaned_data.get("what", ()))
        if self.is_charged is not None:
            facts["charge"] = "yes" if self.is_charged else "no"
        if self.offences:
            facts["offence_code"] = self.offences
        return facts


class Unsafe(forms.Form):
    """Boxes an officer reads in one go: a box left empty is a no, because it was read. Only boxes that were shown count."""

    unsafe = forms.MultipleChoiceField(
        label=_("Anything unsafe?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, questions: tuple[Question, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.shown = [question.fact for question in questions]
        self.fields["unsafe"].choices = choices((one.fact, one.short or one.words) for one in questions)
        self.fields["read"].initial = " ".join(self.shown)

    def facts(self, known: set[str]) -> dict[str, Any]:
        """Yes for each ticked box, no for each that stood there and was left empty."""
        ticked = set(self.data.getlist("unsafe")) & known
        read = set(self.data.get("read", "").split()) & known
        return dict.fromkeys(sorted(read - ticked), "no") | dict.fromkeys(sorted(ticked), "yes")
