"""The e-mail channel: Django's own mail, set up by the place's settings."""

from smtplib import SMTPException

from django.core.mail import send_mail

from offramp.notices.trouble import NotSent


def send(*, to: str, title: str, text: str) -> None:
    """Send a plain mail. Raises `NotSent`."""
    try:
        send_mail(subject=title, message=text, from_email=None, recipient_list=[to])
    except (SMTPException, OSError) as trouble:
        raise NotSent(type(trouble).__name__.lower()) from trouble
