"""How people get names wrong: for each kind of question, what is typed about somebody who is in the files."""

import random
from collections.abc import Callable

from offramp.bench.names import People
from offramp.records.identity import Identity
from offramp.rules.names import plain, short_for, sound

Ask = Callable[["Teller"], str | None]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
EXTRAS = ("phone", "day", "street")
WRONG = ("first", "last", "year")


class Teller:
    """Somebody who tells of one person, with luck of their own."""

    def __init__(self, identity: Identity, luck: random.Random):
        self.identity, self.luck = identity, luck
        self.first, self.last, self.birth = identity.first, identity.last, identity.birth
        self.phone, self.street = identity.phones[0].value, identity.addresses[0].value

    def said(self, *, first="", last="", year=0, extra="") -> str:
        name = f"{first or self.first} {last or self.last}"
        more = {"phone": self.phone, "day": self.day(), "street": self.street}.get(extra, "")
        return f"{name} {year or self.birth.year} {more}".strip()

    def day(self) -> str:
        """2 Apr, 4/2 or Apr 2: as people write it."""
        month, day = self.birth.month, self.birth.day
        return self.luck.choice(
            [f"{day} {MONTHS[month - 1]}", f"{month}/{day}", f"{MONTHS[month - 1]} {day}"]
        )

    def other(self, name: str, draw: Callable[[], str]) -> str:
        """Another name altogether."""
        while (drawn := draw().title()) == name:
            pass
        return drawn

    def slip(self, name: str) -> str:
        """One letter left out, put in, changed, or changing places with the next: anywhere."""
        at, letters = self.luck.randrange(len(name)), "abcdefghijklmnopqrstuvwxyz"
        kind = self.luck.randrange(4)
        if kind == 0 and len(name) > 2:
            return name[:at] + name[at + 1 :]
        if kind == 1:
            return name[:at] + self.luck.choice(letters) + name[at:]
        if kind == 2 and at + 1 < len(name) and name[at] != name[at + 1]:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        return name[:at] + self.luck.choice(letters.replace(name[at], "")) + name[at + 1 :]

    def wrong(self, part: str) -> dict:
        """First name, last name or year of birth: another one altogether, or misspelt, half and half."""
        people, slipped = People(self.luck.randrange(10**9)), self.luck.random() < 0.5
        if part == "year":
            off = (
                self.luck.choice([-10, -3, -2, -1, 1, 2, 3, 10])
                if slipped
                else self.luck.randrange(-30, 30) or 5
            )
            return {"year": min(2007, self.birth.year + off)}
        name = getattr(self, part)
        draw = (
            (lambda: people.surnames.draw(self.luck))
            if part == "last"
            else (lambda: people.men.draw(self.luck))
        )
        return {part: self.slip(name) if slipped else self.other(name, draw)}

    def short(self) -> str | None:
        """What this first name is called for short, if it is."""
        shorts = sorted(short_for(plain(self.first)))
        return self.luck.choice(shorts).title() if shorts else None

    def heard(self, name: str) -> str | None:
        """The name as somebody writes it who has only heard it."""
        for spelt, heard in HEARD:
            written = plain(name).replace(spelt, heard, 1)
            if written != plain(name) and sound(written) == sound(plain(name)):
                return written.title()
        return None


HEARD = [("ph", "f"), ("ck", "k"), ("ee", "ea"), ("c", "k"), ("z", "s"), ("ie", "y"), ("y", "i"), ("ll", "l"), ("nn", "n"),
         ("th", "t"), ("gh", ""), ("h", ""), ("ai", "ay"), ("er", "ar"), ("en", "an"), ("on", "en"), ("s", "z")]  # fmt: skip

# One of first name, last name or year wrong, and a phone, a day or a street: what the target is measured on.
TARGET: dict[str, Ask] = {
    f"wrong {part}, with {extra}": lambda t, part=part, extra=extra: t.said(**t.wrong(part), extra=extra)
    for part in WRONG
    for extra in EXTRAS
}

REST: dict[str, Ask] = {
    "exact, with year": lambda t: t.said(),
    "exact, no year": lambda t: f"{t.first} {t.last}",
    "wrong year": lambda t: t.said(**t.wrong("year")),
    "year one slip off": lambda t: t.said(year=t.birth.year + t.luck.choice([-10, -2, -1, 1, 2])),
    "last name misspelt, with year": lambda t: t.said(last=t.slip(t.last)),
    "first name misspelt, with year": lambda t: t.said(first=t.slip(t.first)),
    "last name misspelt, no year": lambda t: f"{t.first} {t.slip(t.last)}",
    "first name misspelt, no year": lambda t: f"{t.slip(t.first)} {t.last}",
    "both misspelt, with year": lambda t: t.said(first=t.slip(t.first), last=t.slip(t.last)),
    "nickname, with year": lambda t: (short := t.short()) and t.said(first=short),
    "nickname, no year": lambda t: (short := t.short()) and f"{short} {t.last}",
    "last name by sound, with year": lambda t: (heard := t.heard(t.last)) and t.said(last=heard),
    "last name by sound, no year": lambda t: (heard := t.heard(t.last)) and f"{t.first} {heard}",
    "names swapped, with year": lambda t: f"{t.last} {t.first} {t.birth.year}",
    "alias, with year": lambda t: f"{t.identity.aliases[0]} {t.birth.year}" if t.identity.aliases else None,
    "alias, no year": lambda t: t.identity.aliases[0] if t.identity.aliases else None,
    "last name and date of birth": lambda t: f"{t.last} {t.birth.month}/{t.birth.day}/{t.birth.year}",
    "date of birth alone": lambda t: f"{t.birth.year}-{t.birth.month:02}-{t.birth.day:02}",
    "name, day and month": lambda t: f"{t.first} {t.last} {t.day()}",
    "last name, day and month": lambda t: f"{t.last} {t.day()}",
    "phone alone": lambda t: t.phone,
    "last name and seven digits": lambda t: f"{t.last} {t.phone[-8:]}",
    "house and street": lambda t: t.street,
    "last name and street": lambda t: f"{t.last} {t.street.partition(' ')[2]}",
    "last name and year": lambda t: f"{t.last} {t.birth.year}",
    "last name alone": lambda t: t.last,
}
