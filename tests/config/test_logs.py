"""The log names no person, no address and no token."""

import logging
import sys
from types import SimpleNamespace

from offramp.config.logs import Bare


def record(message, **extra):
    made = logging.makeLogRecord({"name": "django.request", "levelname": "ERROR", "msg": message, **extra})
    return Bare().format(made)


def test_an_address_with_a_token_is_not_written():
    request = SimpleNamespace(path="/p/tok-123/", resolver_match=SimpleNamespace(view_name="provider:link"))

    line = record("Not Found: /p/tok-123/", request=request, status_code=404)

    assert "tok-123" not in line
    assert "404 provider:link" in line


def test_the_words_of_an_exception_are_not_written():
    try:
        raise ValueError("Sam Rivera, born 1990")
    except ValueError:
        line = record("job failed", exc_info=sys.exc_info())

    assert "Rivera" not in line
    assert "builtins.ValueError" in line
    assert "test_logs.py" in line
