"""Forget what is over: sessions that have ended, drafts nobody came back for, tries that no longer count."""

from datetime import datetime, timedelta

from offramp.actions import sign_in

NAME = "tidy_accounts"
EVERY = timedelta(hours=6)


def run(at: datetime) -> int:
    """Says how much was forgotten. Nothing depends on it: what is over is already refused when it is asked for."""
    return sign_in.forget_what_is_over(at=at)
