"""An e-mail of ours: text and HTML, plain headers."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formataddr, parseaddr
from smtplib import SMTPException

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

SUBJECT_LENGTH = 160


def compose(
    address: str,
    subject: str,
    template: str,
    context: dict[str, object],
    headers: dict[str, str] | None = None,
) -> EmailMultiAlternatives:
    """A message from `alerts/email/<template>.txt` and `.html`. No line break reaches the subject."""
    message = EmailMultiAlternatives(
        subject=subject_line(subject),
        body=render_to_string(f"alerts/email/{template}.txt", context),
        to=[address],
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
    )
    message.attach_alternative(render_to_string(f"alerts/email/{template}.html", context), "text/html")
    return message


@contextmanager
def refusals() -> Iterator[None]:
    """Within it an e-mail service refuses as a mail server does: by smtplib.SMTPException."""
    try:
        yield
    except AnymailError as error:
        raise SMTPException(f"the e-mail service: {type(error).__name__} {error.status_code or ''}".strip()) from error


def subject_line(text: str) -> str:
    """The text as a subject: one line, printable, not endless."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= SUBJECT_LENGTH else plain[: SUBJECT_LENGTH - 1] + "…"


def from_header() -> str:
    """Who we are, as the From header says it. ASCII."""
    return formataddr(parseaddr(settings.DEFAULT_FROM_EMAIL))


def envelope_sender() -> str:
    """Where a mail server sends what it cannot deliver (RFC 5321, 4.4): BOUNCE_EMAIL, or the address in From."""
    return settings.BOUNCE_EMAIL or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
