"""Messages of the lower floors in the language of this page."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from offramp.rules.message import Message


def shown(message: Message) -> str:
    """The sentence as it stands on this page."""
    return message.in_words(gettext)


def choices(words: Mapping[str, Message] | Iterable[tuple[str, Message]]) -> list[tuple[str, str]]:
    """Choices of a form field from codes and their words."""
    pairs = words.items() if isinstance(words, Mapping) else words
    return [(str(code), shown(message)) for code, message in pairs]
