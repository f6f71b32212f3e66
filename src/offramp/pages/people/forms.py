"""Forms of the care side: whom to look for, and what is now known of somebody."""

from dataclasses import replace
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from offramp.pages.officer.who import QUIET, Who
from offramp.records.identity import Contact, Identity

MANY = 5


class Look(forms.Form):
    """One box: a name, a nickname, a phone, a birth date, a code, in any order."""

    q = forms.CharField(
        label=_("Who are you looking for?"),
        help_text=_("A name or nickname, a birth year, a phone, a street: whatever you have, in any order."),
        max_length=120,
        widget=forms.TextInput(QUIET | {"autofocus": True}),
        error_messages={"required": _("Type a name, a phone or a birth date first.")},
    )


class Known(Who):
    """What is known of somebody, as their navigator writes it down. Nothing is required."""

    aliases = forms.CharField(
        label=_("Other names, with commas between"),
        required=False,
        max_length=200,
        widget=forms.TextInput(QUIET),
    )
    street = forms.CharField(label=_("Stays at"), required=False, max_length=120, widget=forms.TextInput(QUIET))

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, on=on, **kwargs)
        for name in ("scan", "not_given"):
            del self.fields[name]

    @classmethod
    def of(cls, identity: Identity, *, on: date) -> "Known":
        """The form as it stands for somebody."""
        known = {
            "first": identity.first,
            "last": identity.last,
            "known_as": identity.known_as,
            "year": identity.birth.year,
            "month": identity.birth.month,
            "day": identity.birth.day,
            "phone": identity.phones[0].value if identity.phones else "",
            "language": identity.language or "en",
            "sex": identity.sex,
            "aliases": ", ".join(identity.aliases),
            "street": identity.addresses[0].value if identity.addresses else "",
        }
        return cls(initial=known, on=on)

    def now_known(self, before: Identity) -> Identity:
        """Who they are as typed; what this form does not ask for stays as it was."""
        typed, said = self.identity, self.cleaned_data
        names = tuple(name.strip() for name in said.get("aliases", "").split(",") if name.strip())[:MANY]
        street = said.get("street", "").strip()
        return replace(
            typed,
            aliases=names,
            phones=_first_then(typed.phones, before.phones[1:]),
            addresses=_first_then((Contact(street, "said"),) if street else (), before.addresses[1:]),
        )


def _first_then(first: tuple[Contact, ...], rest: tuple[Contact, ...]) -> tuple[Contact, ...]:
    return (*first, *rest)
