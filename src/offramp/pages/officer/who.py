"""Who they are, as far as they said: typed, scanned from a licence, or not given. And how they look to the officer, in codes."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offramp.formats import licence
from offramp.pages.components.words import choices, shown
from offramp.records.identity import Birth, Contact, Identity
from offramp.rules import as_seen
from offramp.rules.languages import NAMES
from offramp.rules.message import say

OLDEST = 120
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
QUIET = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}
READ_ALOUD = ("en", "es")


class Who(forms.Form):
    """A name and a birth year, or nothing at all. A scan fills what is empty and is not kept."""

    first = forms.CharField(
        label=_("First name"), required=False, max_length=60, widget=forms.TextInput(QUIET)
    )
    last = forms.CharField(label=_("Last name"), required=False, max_length=60, widget=forms.TextInput(QUIET))
    year = forms.IntegerField(
        label=_("Birth year"),
        required=False,
        widget=forms.TextInput(DIGITS | {"maxlength": 4}),
        error_messages={"invalid": _("A birth year has four digits, and is not in the future.")},
    )
    month = forms.IntegerField(
        label=_("Birth month"),
        required=False,
        widget=forms.TextInput(DIGITS | {"maxlength": 2}),
        error_messages={"invalid": _("A month is a number from 1 to 12.")},
    )
    day = forms.IntegerField(
        label=_("Birth day"),
        required=False,
        widget=forms.TextInput(DIGITS | {"maxlength": 2}),
        error_messages={"invalid": _("There is no such day in that month.")},
    )
    known_as = forms.CharField(
        label=_("Goes by"), required=False, max_length=60, widget=forms.TextInput(QUIET)
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Speaks"), required=False)
    not_given = forms.BooleanField(label=_("Not given"), required=False)
    scan = forms.CharField(
        label=_("Scan or paste the barcode's text"),
        required=False,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )
    sex = forms.CharField(widget=forms.HiddenInput, required=False, max_length=6)

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on, self.scanned = on, None
        first = list(READ_ALOUD)
        rest = sorted((code for code in NAMES if code not in first), key=NAMES.__getitem__)
        self.fields["language"].choices = choices((code, say(NAMES[code])) for code in [*first, *rest])
        self.fields["language"].initial = "en"

    def clean_sex(self) -> str:
        return self.cleaned_data["sex"] if self.cleaned_data["sex"] in as_seen.SEX else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("scan"):
            self._read(said)
        if said.get("not_given") and (said.get("first") or said.get("last")):
            self.add_error(
                "not_given", ValidationError(_("You ticked “not given”, and there is a name. Which is it?"))
            )
        self._check_birth(said)
        return said

    def _read(self, said: dict[str, Any]) -> None:
        """A scan says it all: what was typed before it gives way."""
        try:
            self.scanned = card = licence.read(said["scan"], at=self.on)
        except licence.NotALicence as why:
            self.add_error("scan", ValidationError(shown(why.message)))
            return
        said["scan"] = ""
        read = {"first": card.first, "last": card.last, "sex": card.sex}
        born = {"year": card.birth_year, "month": card.birth_month, "day": card.birth_day}
        said.update({name: value for name, value in {**read, **born}.items() if value})
        said["not_given"] = False if card.first or card.last else said.get("not_given")

    def _check_birth(self, said: dict[str, Any]) -> None:
        year, month, day = (said.get(part) for part in ("year", "month", "day"))
        if year is not None and not self.on.year - OLDEST <= year <= self.on.year:
            self.add_error(
                "year", ValidationError(_("A birth year has four digits, and is not in the future."))
            )
            return
        if (month or day) and not year and "year" not in self.errors:
            self.add_error("year", ValidationError(_("Give the year too, or leave the month and day empty.")))
            return
        if month is not None and not 1 <= month <= 12:
            self.add_error("month", ValidationError(_("A month is a number from 1 to 12.")))
            return
        if year and day is not None:
            self._check_day(year, month or 1, day)

    def _check_day(self, year: int, month: int, day: int) -> None:
        try:
            born = date(year, month, day)
        except ValueError:
            self.add_error("day", ValidationError(_("There is no such day in that month.")))
            return
        if born > self.on:
            self.add_error("day", ValidationError(_("This birth date is in the future.")))

    def read_from_scan(self) -> dict[str, str]:
        """What a scan fills in on the form, by field: who they are, and the two chips a licence knows of. Nothing else of it is kept."""
        said, card = self.cleaned_data, self.scanned
        ages = Birth(card.birth_year, card.birth_month, card.birth_day).ages_on(self.on)
        read = {name: str(said.get(name) or "") for name in ("first", "last", "year", "month", "day", "sex")}
        seen = {"seen_sex": card.sex, "age": as_seen.age_band(ages[0]) if ages else ""}
        kept = {
            name: code
            for name, code in seen.items()
            if code and code != as_seen.NOT_RECORDED and not self.data.get(name)
        }
        return read | kept | {"scan": "", "not_given": ""}

    # -- What was said ----------------------------------------------------------------------------------------------

    @property
    def identity(self) -> Identity:
        """Who they are, with every part unknown that was not given."""
        said = self.cleaned_data
        phone = (said.get("phone") or "").strip()
        return Identity(
            first=said.get("first") or "",
            last=said.get("last") or "",
            known_as=said.get("known_as") or "",
            birth=Birth(said.get("year"), said.get("month"), said.get("day")),
            sex=said.get("sex") or "",
            phones=(Contact(phone, "said", True),) if phone else (),
            language=self.spoken,
        )

    @property
    def spoken(self) -> str:
        """The language to speak with them in."""
        return self.cleaned_data.get("language") or "en"

    def facts(self) -> dict[str, Any]:
        """ "Not given" was asked and answered; an empty field was not."""
        return {"identity_known": "no"} if self.cleaned_data.get("not_given") else {}


class AsSeen(forms.Form):
    """Race, sex and age as the officer sees them. For asking later whether help was offered fairly; decides nothing."""

    race = forms.ChoiceField(label=_("Race or ethnicity"), required=False)
    seen_sex = forms.ChoiceField(label=_("Sex"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in {"race": as_seen.RACE, "seen_sex": as_seen.SEX, "age": as_seen.AGE}.items():
            self.fields[name].choices = [("", _("Not recorded")), *choices(words)]

    def codes(self) -> dict[str, str]:
        """What was seen, in codes."""
        said = {
            name: self.cleaned_data.get(field)
            for name, field in (("race", "race"), ("sex", "seen_sex"), ("age", "age"))
        }
        return {name: code or as_seen.NOT_RECORDED for name, code in said.items()}
