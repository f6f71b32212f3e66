"""What a password may not be, each time with the reason (CJIS IA-5). No hints, no questions, no cutting short.

Beside Django's length, likeness and list of common passwords: a common word dressed up with digits, and the
words that anybody would try here first.
"""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offramp.rules.accounts import PASSWORD_AT_LEAST

TRIED_FIRST = {
    "offramp",
    "diversion",
    "deflection",
    "police",
    "sheriff",
    "officer",
    "welcome",
    "department",
    "navigator",
}
LOOKS_LIKE = str.maketrans("013457@$!|", "oleastasil")
TOO_LONG = 256  # a hash of a novel is a way to keep a server busy


class NotDressedUp:
    """Refuses a common word with digits and signs around it, and one sign over and over."""

    def __init__(self):
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user=None) -> None:
        if len(password) > TOO_LONG:
            raise ValidationError(
                _("This password is too long. Use at most 256 characters."), code="too_long"
            )
        if len(set(password.casefold())) < 5:
            raise ValidationError(
                _("This password repeats the same few characters. Use a few words."), code="repeats"
            )
        barred = self.common | TRIED_FIRST | _own_words(user)
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.casefold())
        for said in (core, core.translate(LOOKS_LIKE)):
            if word := _only_word(said, barred):
                raise ValidationError(
                    _("“%(word)s” is one of the first words anybody would try. Add more words of your own."),
                    code="dressed_up",
                    params={"word": word},
                )

    def get_help_text(self) -> str:
        return _("A few words in a row, with spaces, is best.")


def _only_word(said: str, barred: set[str]) -> str:
    """The barred word this comes down to once digits, signs and repetition are taken off; empty when there is more to it."""
    words = re.findall(r"[^\W\d_]{3,}", said)
    once = re.sub(r"^(.+?)\1+$", r"\1", re.sub(r"[\W\d_]+", "", said))
    if once in barred:
        return once
    # Two known words are still found by machines within minutes; three of one's own choosing are not.
    return words[0] if len(words) in (1, 2) and all(word in barred for word in words) else ""


def _own_words(user) -> set[str]:
    """The person's own name, badge and agencies: public, so no secret."""
    if user is None or user.pk is None:
        return set()
    agencies = user.memberships.values_list("agency__name", flat=True)
    return {
        word
        for text in (user.name, user.badge, user.email.split("@")[0], *agencies)
        for word in re.findall(r"[^\W\d_]{3,}", text.casefold())
    }


class LongEnough:
    """At least twelve characters, said with the number."""

    def validate(self, password: str, user=None) -> None:
        if (short := PASSWORD_AT_LEAST - len(password)) > 0:
            raise ValidationError(
                ngettext(
                    "This password is too short: add at least %(short)d more character.",
                    "This password is too short: add at least %(short)d more characters.",
                    short,
                ),
                code="too_short",
                params={"short": short},
            )

    def get_help_text(self) -> str:
        return _("At least %(least)d characters.") % {"least": PASSWORD_AT_LEAST}
