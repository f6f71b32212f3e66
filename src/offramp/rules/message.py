"""Words that travel as (text, parameters) and are translated only where they are shown.

Rules and formats run without Django, so they cannot translate. They give a `Message`: an English
sentence with named places in it, and the values for those places. The English text is also the key
of its translation (gettext's habit). `str(message)` is plain English, for the command line.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """One sentence for a person. `text` may hold `{name}` places, filled from `params`."""

    text: str
    params: tuple[tuple[str, Any], ...] = field(default=())

    def __str__(self) -> str:
        return self.text.format(**dict(self.params)) if self.params else self.text

    def in_words(self, translate: Callable[[str], str]) -> str:
        """The sentence in another language: `translate` is a gettext-like function of the English text."""
        said = {name: part.in_words(translate) if isinstance(part, Message) else part for name, part in self.params}
        return translate(self.text).format(**said) if said else translate(self.text)


def say(text: str, **params: Any) -> Message:
    """A `Message` written the short way: `say("Room for {n}", n=2)`."""
    return Message(text, tuple(sorted(params.items())))
