"""The console channel: notices appear on the operator's screen. For a demo, and for a place without e-mail."""

import sys


def send(*, to: str, title: str, text: str) -> None:
    """Print the notice. Its words are neutral, so this shows nothing about anybody."""
    sys.stdout.write(f"[notice to {to}] {title}: {text}\n")
    sys.stdout.flush()
