"""The way out for mail: Django's mail back end, one connection for a batch, SMTP's answers told apart."""

import smtplib
from datetime import date

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import BadHeaderError

from tracker.alerts.channels import Refused, Unreachable
from tracker.alerts.channels.email.letter import letter
from tracker.alerts.models import Delivery


class EmailOutbox:
    """A batch's connection to the mail server."""

    def __init__(self, backend: BaseEmailBackend, on: date) -> None:
        self._backend = backend
        self._on = on

    def deliver(self, delivery: Delivery) -> None:
        """Send one message. Returns once the server has taken it; else raises Refused or Unreachable."""
        try:
            hand_over(letter(delivery, self._on), self._backend)
        except (BadHeaderError, ValueError) as error:
            raise Refused(f"no message can be made of it: {error}", permanent=True) from error

    def close(self) -> None:
        """Say goodbye to the server; one that has gone already does not matter."""
        try:
            self._backend.close()
        except (smtplib.SMTPException, OSError):
            # Django forgets the connection before it raises; whatever was taken has been answered already.
            return


def open_outbox(on: date) -> EmailOutbox:
    """Connect to the mail server. Raises Unreachable."""
    backend = get_connection()
    try:
        backend.open()
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"the mail server does not answer: {error}") from error
    return EmailOutbox(backend, on)


def hand_over(message: EmailMessage, backend: BaseEmailBackend) -> None:
    """Send over an open connection. Raises Refused (by its code: 5xx is for good, 4xx for now) or Unreachable."""
    try:
        backend.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _refusal(code, answer) from error
    except smtplib.SMTPResponseException as error:
        # 421: the server is closing the connection (RFC 5321, 3.8). A refused sender is a matter of our set-up (530:
        # log in first), so it must not fail every row for good.
        if error.smtp_code == 421 or isinstance(error, smtplib.SMTPSenderRefused):
            raise Unreachable(f"{error.smtp_code} {_text(error.smtp_error)}") from error
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"the mail server hung up: {error}") from error


def _refusal(code: int, answer: bytes | str) -> Refused:
    return Refused(f"{code} {_text(answer)}", permanent=code >= 500)


def _text(answer: bytes | str) -> str:
    return (answer.decode(errors="replace") if isinstance(answer, bytes) else answer)[:200]
