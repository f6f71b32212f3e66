"""The questions that still matter, as short choices. Each has "Don't know": unknown is an answer, and never turns into no."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from offramp.pages.components.words import choices, shown
from offramp.rules.facts import UNKNOWN
from offramp.rules.questions import Question, Type

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
DONT_KNOW = (UNKNOWN, _("Don't know"))
CLEAR, SOMETHING = "clear", "something"
MOST = 1_000_000
UNITS = {"dollars": _("dollars"), "grams": _("grams"), "times": _("times"), "years": _("years")}


@dataclass(frozen=True)
class Row:
    """One question as it stands on the screen: its chips, and beside them what has to be typed, if anything."""

    question: Question
    words: str
    chips: BoundField
    typed: tuple[BoundField, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it asks what a record shows, line by line."""
        return self.question.type is Type.LIST

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """Each line of a record, and its months."""
        return list(zip(self.typed[::2], self.typed[1::2], strict=True))

    @property
    def unit(self) -> str:
        """What a number counts."""
        return str(UNITS.get(self.question.unit, self.question.unit))


class StillAsked(forms.Form):
    """A field or two for each question. What was not touched is not asked yet."""

    def __init__(self, *args, questions: tuple[Question, ...], on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions, self.on = questions, on
        for question in questions:
            self.fields |= _fields(question)

    def row(self, question: Question) -> Row:
        """How one of the questions is asked."""
        names = [name for name in _fields(question) if name != question.fact]
        return Row(question, shown(question.words), self[question.fact], tuple(self[name] for name in names))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for question in self.questions:
            if question.type is Type.DATE and (day := said.get(f"{question.fact}_on")) and day > self.on:
                self.add_error(f"{question.fact}_on", ValidationError(_("This day has not come yet.")))
        return said

    def facts(self) -> dict[str, Any]:
        """What was answered, as the rules read it."""
        told = {question.fact: self._answer(question) for question in self.questions}
        return {fact: value for fact, value in told.items() if value is not None}

    def _answer(self, question: Question) -> Any | None:
        said, fact = self.cleaned_data, question.fact
        if said.get(fact) == UNKNOWN:
            return UNKNOWN
        match question.type:
            case Type.NUMBER:
                return said.get(f"{fact}_number")
            case Type.DATE:
                day = said.get(f"{fact}_on")
                return day.isoformat() if day else None
            case Type.LIST:
                return self._record(question)
            case Type.CODE:
                return None  # a charge is tapped above
            case _:
                return said.get(fact) or None

    def _record(self, question: Question) -> list[dict[str, Any]] | None:
        """What a record shows, each thing with its age in months where that is known."""
        said, fact = self.cleaned_data, question.fact
        if said.get(fact) == CLEAR:
            return []
        if said.get(fact) != SOMETHING:
            return None
        found = []
        for one in question.choices:
            if said.get(f"{fact}_{one.value}"):
                months = said.get(f"{fact}_{one.value}_months")
                found.append({"type": one.value} | ({} if months is None else {"months_ago": months}))
        return found or None


def _fields(question: Question) -> dict[str, forms.Field]:
    """The fields that take the answer. The chips have the fact's own name."""
    fact = question.fact
    match question.type:
        case Type.NUMBER:
            return {fact: _chips(question, [DONT_KNOW]), f"{fact}_number": _number(question)}
        case Type.DATE:
            return {fact: _chips(question, [DONT_KNOW]), f"{fact}_on": _day(question)}
        case Type.LIST:
            return {
                fact: _chips(question, [(CLEAR, _("Clear")), (SOMETHING, _("Something on it")), DONT_KNOW])
            } | _record(question)
        case Type.CHOICE:
            return {
                fact: _chips(
                    question, [*choices((one.value, one.words) for one in question.choices), DONT_KNOW]
                )
            }
        case _:
            return {fact: _chips(question, [*YES_NO, DONT_KNOW])}


def _number(question: Question) -> forms.Field:
    words = shown(question.words)
    return forms.FloatField(
        label=words,
        required=False,
        min_value=0,
        max_value=MOST,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a number.")),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "aria-label": words}),
    )


def _day(question: Question) -> forms.Field:
    words = shown(question.words)
    widget = forms.DateInput({"type": "date", "aria-label": words})
    return forms.DateField(label=words, required=False, widget=widget)


def _chips(question: Question, answers: list) -> forms.Field:
    return forms.ChoiceField(
        label=shown(question.words), required=False, widget=forms.RadioSelect, choices=answers
    )


def _record(question: Question) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for one in question.choices:
        name = f"{question.fact}_{one.value}"
        fields[name] = forms.BooleanField(label=shown(one.words), required=False)
        fields[f"{name}_months"] = forms.FloatField(
            label=_("Months ago"),
            required=False,
            min_value=0,
            max_value=1200,
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), _("Write a number of months.")
            ),
            widget=forms.TextInput({"inputmode": "numeric"}),
        )
    return fields
