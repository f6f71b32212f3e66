"""Who a person is, as far as they said: a value with every part unknown at will."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Birth:
    """A date of birth of which any part may be unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __bool__(self) -> bool:
        return any((self.year, self.month, self.day))

    def ages_on(self, day: date) -> tuple[int, int] | None:
        """The youngest and the oldest they may be on that day, in years; None without a year of birth."""
        if not self.year:
            return None
        surely_had = self.month is not None and (self.month, self.day or 31) <= (day.month, day.day)
        maybe_had = self.month is None or (self.month, self.day or 1) <= (day.month, day.day)
        years = day.year - self.year
        return years - (not surely_had), years - (not maybe_had)


@dataclass(frozen=True)
class Contact:
    """A phone number or an address, and who it came from. Only `shareable` ones may cross to another side (LE-15)."""

    value: str
    source: str = ""
    shareable: bool = False


@dataclass(frozen=True)
class Identity:
    """Names and how to reach them. Empty is a person who gave no name, which is allowed."""

    first: str = ""
    last: str = ""
    known_as: str = ""
    aliases: tuple[str, ...] = ()
    birth: Birth = field(default=Birth())
    sex: str = ""
    phones: tuple[Contact, ...] = ()
    addresses: tuple[Contact, ...] = ()
    language: str = ""

    def __bool__(self) -> bool:
        return bool(
            self.first
            or self.last
            or self.known_as
            or self.aliases
            or self.birth
            or self.phones
            or self.addresses
        )

    @property
    def name(self) -> str:
        """As one line; empty when no name was given."""
        return f"{self.first} {self.last}".strip() or self.known_as

    def to_json(self) -> dict[str, Any]:
        """For the vault: what is empty is left out."""
        full = {
            "first": self.first,
            "last": self.last,
            "known_as": self.known_as,
            "aliases": list(self.aliases),
            "birth": [self.birth.year, self.birth.month, self.birth.day] if self.birth else None,
            "sex": self.sex,
            "language": self.language,
            "phones": [_contact(phone) for phone in self.phones],
            "addresses": [_contact(address) for address in self.addresses],
        }
        return {name: value for name, value in full.items() if value}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Identity":
        known = {name: data[name] for name in {field.name for field in fields(cls)} & set(data)}
        return cls(
            **known
            | {
                "aliases": tuple(data.get("aliases", ())),
                "birth": Birth(*data.get("birth") or ()),
                "phones": tuple(Contact(*phone) for phone in data.get("phones", ())),
                "addresses": tuple(Contact(*address) for address in data.get("addresses", ())),
            }
        )


def _contact(contact: Contact) -> list[Any]:
    return [contact.value, contact.source, contact.shareable]
