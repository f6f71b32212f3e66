"""Log lines without people in them: when, how bad, which part, which view, which exception and where, never its words."""

import logging
import traceback


class Bare(logging.Formatter):
    """An address may hold a token and an exception's words may hold a name, so neither is written."""

    def format(self, record: logging.LogRecord) -> str:
        stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        line = f"{stamp} {record.levelname} {record.name} {self._words(record)}"
        if record.exc_info and record.exc_info[0]:
            line += "\n" + self.formatException(record.exc_info)
        return line

    def _words(self, record: logging.LogRecord) -> str:
        if not hasattr(record, "request"):
            return record.getMessage()
        match = getattr(record.request, "resolver_match", None)
        return f"{getattr(record, 'status_code', '')} {match.view_name if match else '(no such page)'}"

    def formatException(self, ei) -> str:  # noqa: N802 - logging's own name
        kind, _, trail = ei
        lines = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(trail)]
        return "\n".join([*lines, f"  {kind.__module__}.{kind.__qualname__}"])
