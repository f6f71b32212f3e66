"""Read the objects of a JSON file one by one, however large the file: an array, a page of a list, one object, or lines."""

import io
import json
from collections.abc import Iterator
from typing import Any

from offramp.formats.parcel import Entry
from offramp.formats.tabular import encoding_of
from offramp.rules.message import Message, say

CHUNK = 1 << 16
LARGEST = 64 * 1024**2  # characters of one object
PAGES = ("contents", "items", "results", "data")
_SPACE = " \t\r\n\ufeff"


class BadJson(ValueError):
    """The file is not JSON, breaks off, or is nested too deeply. Carries the sentence."""

    def __init__(self, message: Message):
        self.message = message
        super().__init__(str(message))


def objects(entry: Entry) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number from 1, object). What is not an object is skipped over by the caller's own check: it comes as {}."""
    with entry.open() as file:
        text = _Text(entry.name, io.TextIOWrapper(file, encoding_of(entry), newline=""))
        try:
            yield from _numbered(text)
        except UnicodeError as error:
            raise BadJson(say("{file} is not text in one encoding.", file=entry.name)) from error


def _numbered(text: "_Text") -> Iterator[tuple[int, dict[str, Any]]]:
    for number, value in enumerate(_values(text), start=1):
        yield number, value if isinstance(value, dict) else {}


def _values(text: "_Text") -> Iterator[Any]:
    start = text.peek()
    if start == "[":
        yield from text.array()
    elif start == "{":
        yield from _object_or_page(text)
        while text.peek() == "{":  # one object a line
            yield text.value()
    elif start == "":
        raise BadJson(say("{file} is empty.", file=text.name))
    if text.peek() != "":
        raise BadJson(say("{file} is not JSON: something stands after its end.", file=text.name))


def _object_or_page(text: "_Text") -> Iterator[Any]:
    """One object; or, where it is a page of a list, the items of the page, without holding the page."""
    text.take("{")
    whole: dict[str, Any] = {}
    while text.peek() != "}":
        name = text.value()
        text.take(":")
        if name in PAGES and text.peek() == "[" and not ({"id", "name"} & whole.keys()):
            yield from text.array()
            whole = {}
        else:
            whole[str(name)] = text.value()
        if text.peek() == ",":
            text.take(",")
    text.take("}")
    if whole and not _is_page(whole):
        yield whole


def _is_page(whole: dict[str, Any]) -> bool:
    return (
        bool({"total_items", "page_number", "total_pages", "size", "empty"} & whole.keys())
        and "id" not in whole
    )


class _Text:
    """A window on the text that grows until it holds the next value whole."""

    def __init__(self, name: str, file: io.TextIOWrapper):
        self.name, self._file, self._window, self._at, self._done = name, file, "", 0, False
        self._decoder = json.JSONDecoder(parse_constant=self._no_constant)

    def peek(self) -> str:
        """The next character that is not space, or nothing at the end."""
        while True:
            while self._at < len(self._window):
                if self._window[self._at] not in _SPACE:
                    return self._window[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, mark: str) -> None:
        """Step over this character. Raises `BadJson` if another one stands here."""
        if self.peek() != mark:
            raise BadJson(say("{file} is not JSON, or breaks off.", file=self.name))
        self._at += 1

    def array(self) -> Iterator[Any]:
        """The values of an array, one at a time."""
        self.take("[")
        while self.peek() != "]":
            yield self.value()
            if self.peek() == ",":
                self.take(",")
        self.take("]")

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._window, self._at)
                # A number at the end of the window may go on.
                if end < len(self._window) or not self._more():
                    self._at = end
                    return value
            except RecursionError as error:
                raise BadJson(say("{file} is nested too deeply.", file=self.name)) from error
            except json.JSONDecodeError as error:
                if len(self._window) - self._at > LARGEST or not self._more():
                    raise BadJson(say("{file} is not JSON, or breaks off.", file=self.name)) from error

    def _more(self) -> bool:
        """Read on: as much again as is waiting, so that a large value is not tried too often."""
        if self._done:
            return False
        chunk = self._file.read(max(CHUNK, len(self._window) - self._at))
        self._done = not chunk
        self._window, self._at = self._window[self._at :] + chunk, 0
        return bool(chunk)

    def _no_constant(self, word: str) -> Any:
        raise BadJson(say("{file} is not JSON: {word} is no number.", file=self.name, word=word))
