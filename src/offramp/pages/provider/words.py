"""The desk's own words: how they come, what they need, and how long an answer may take."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from offramp.pages.components.values import Clock, Reason
from offramp.records.referral import Referral
from offramp.rules.needs import NEEDS
from offramp.rules.plain_words import CANNOT_TAKE
from offramp.rules.words import CannotTakeReason, Mode

MODES_IN = {
    Mode.WORKER_COMES: gettext_lazy("your team goes to them"),
    Mode.POLICE_TRANSPORT: gettext_lazy("an officer brings them"),
    Mode.OWN_WAY: gettext_lazy("they come by themselves"),
    Mode.AMBULANCE: gettext_lazy("an ambulance brings them"),
    Mode.THREE_WAY_CALL: gettext_lazy("they are on the line with an officer"),
}


def needs_in_words(codes: Iterable[str]) -> str:
    """ "Detox, shelter": the needs as a line."""
    return ", ".join(NEEDS[code].words.in_words(_) for code in codes if code in NEEDS)


def clock_for(row: Referral, at: datetime) -> Clock | None:
    """How long an answer may take; none where no answer is needed any more."""
    if row.answer_due_at is None or row.state not in ("requested", "info_needed"):
        return None
    whole = (row.answer_due_at - row.opened_at).total_seconds() or 1
    minutes = int((row.answer_due_at - at).total_seconds() // 60)
    filled = round(100 * (at - row.opened_at).total_seconds() / whole)
    if minutes < 0:
        late = ngettext("{n} minute late", "{n} minutes late", -minutes).format(n=-minutes)
        return Clock(100, late, _("waits for you"), "now", row.answer_due_at)
    left = ngettext("{n} minute left", "{n} minutes left", minutes).format(n=minutes)
    return Clock(max(0, min(100, filled)), left, _("waits for you"), "now" if filled > 80 else "waiting", row.answer_due_at)


def cannot_reasons() -> list[Reason]:
    """Why a desk cannot take somebody. What happens then is the same for all, and said once; here is what else does."""
    also = {
        CannotTakeReason.FULL: _("Say 0 above too, and nobody else is sent."),
        CannotTakeReason.PERSON_CHANGED_MIND: _("They can be offered again at any time."),
        CannotTakeReason.PERSON_NOT_REACHED: _("Somebody goes to look for them."),
    }
    return [Reason(code.value, CANNOT_TAKE[code].in_words(_), also.get(code, "")) for code in CannotTakeReason]
