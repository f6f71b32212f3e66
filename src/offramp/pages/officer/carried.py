"""What the second page carries on, unseen, from the first. It is read again whole when it comes back."""

from offramp.pages.officer.sheet import Sheet

BOXES = ("unsafe", "read", "lift")
NOT_CARRIED = {"scan", "outlet"}


def carried(sheet: Sheet, *, but: set[str]) -> list[tuple[str, str]]:
    """Name and value of each field, as hidden inputs: those of the form, and no other."""
    fields = [name for form in sheet.forms for name in form.fields]
    names = [name for name in dict.fromkeys([*fields, *BOXES]) if name not in but | NOT_CARRIED]
    return [(name, value) for name in names for value in sheet.data.getlist(name) if value]
