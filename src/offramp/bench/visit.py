"""A browser's part of the talk: one connection that is kept open, cookies, compressed answers, and bytes as they pass the wire."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Unexpected(Exception):
    """The server said something else than a measurement can stand on."""


@dataclass(frozen=True)
class Used:
    """What the server's processes used: seconds on a processor, and seconds in which they had work and no processor."""

    run: float = 0.0
    wait: float = 0.0


@dataclass(frozen=True)
class Answer:
    """One answer: how long it took, what of that the server worked or waited, what it says, and its bytes on the wire."""

    status: int
    seconds: float
    used: Used
    wire: int
    text: str
    headers: dict[str, str]

    def must_be(self, *statuses: int) -> "Answer":
        """This answer, if it is one of those hoped for."""
        if self.status not in statuses:
            words = " ".join(re.sub(r"<(script|style|svg).*?</\1>|<[^>]*>", " ", unescape(self.text), flags=re.DOTALL).split())
            raise Unexpected(f"{self.status}: {words[:400] or self.headers}")
        return self


@dataclass
class Visit:
    """Somebody at a browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    used: Callable[[], Used] = Used
    _line: HTTPConnection | None = None

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page; its form's token is kept for the next one that is sent."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, told: dict[str, Any], **headers: str) -> Answer:
        """Send a form."""
        body = urlencode({**told, "csrfmiddlewaretoken": self.token}, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def htmx(self, path: str, told: dict[str, Any] | None = None) -> Answer:
        """What htmx asks for on its own."""
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost:{self.port}{path}"}
        return self.get(path, **headers) if told is None else self.post(path, told, **headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        every = {"Accept-Encoding": "gzip", "Accept": "*/*", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        before, begun = self.used(), perf_counter()
        got = self._sent(method, path, body, every | headers)
        raw = got.read()
        seconds, after = perf_counter() - begun, self.used()
        self._keep(got)
        text = _text(got, raw)
        if found := _TOKEN.search(text):
            self.token = found[1]
        used = Used(after.run - before.run, after.wait - before.wait)
        return Answer(got.status, seconds, used, _head(got) + len(raw), text, dict(got.getheaders()))

    def _sent(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> HTTPResponse:
        if self._line is None:
            self._line = HTTPConnection("localhost", self.port, timeout=60)
        try:
            self._line.request(method, path, body, headers)
            return self._line.getresponse()
        except (ConnectionError, OSError):  # the server closed a line that was idle: a browser opens another
            self._line.close()
            self._line.request(method, path, body, headers)
            return self._line.getresponse()

    def _keep(self, got: HTTPResponse) -> None:
        for value in got.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(value).items():
                self.cookies[name] = morsel.value

    def close(self) -> None:
        if self._line is not None:
            self._line.close()


def _head(got: HTTPResponse) -> int:
    """Status line and headers, as they were sent."""
    return len(f"HTTP/1.1 {got.status} {got.reason}\r\n\r\n") + sum(len(f"{name}: {value}\r\n") for name, value in got.getheaders())


def _text(got: HTTPResponse, raw: bytes) -> str:
    if got.headers.get("Content-Encoding") == "gzip":
        raw = gzip.decompress(raw)
    kind = got.headers.get("Content-Type", "")
    return raw.decode("utf-8") if kind.startswith("text/") or "javascript" in kind else ""
