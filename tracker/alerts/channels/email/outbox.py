"""The way out for mail: one connection for many messages, SMTP's answers told apart."""

import smtplib
from datetime import date, datetime

from anymail.message import AnymailMessage
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import BadHeaderError

from tracker.alerts.channels import Item, Parcel, Refused, Unreachable
from tracker.alerts.channels.email import esp
from tracker.alerts.channels.email.answers import with_answers
from tracker.alerts.channels.email.letter import Gaps, Letter, gaps, of_digest, of_event
from tracker.alerts.channels.email.mime import Envelope
from tracker.alerts.messages import envelope_sender


class EmailOutbox:
    """A run's connection to the mail server, and the letters that it has made so far."""

    def __init__(self, backend: BaseEmailBackend, on: date, now: datetime) -> None:
        self._backend = backend
        self._on = on
        self._now = now
        self._sender = envelope_sender()
        self._made: dict[int, tuple[Item, Letter, Envelope]] = {}

    def deliver(self, parcel: Parcel) -> None:
        """Send one message. Returns once the server has taken it; else raises Refused or Unreachable."""
        try:
            self._hand_over(parcel)
        except (BadHeaderError, ValueError) as error:
            raise Refused(f"no message can be made of it: {error}", permanent=True) from error

    def gave_up(self, parcel: Parcel, why: str) -> None:
        """Nothing is to be done: a server that is busy for two days says nothing of the address."""

    def close(self) -> None:
        """Say goodbye to the server; one that has gone already does not matter."""
        try:
            self._backend.close()
        except (smtplib.SMTPException, OSError):
            # Django forgets the connection before it raises; whatever was taken has been answered already.
            return

    def _hand_over(self, parcel: Parcel) -> None:
        letter, envelope = self._letter(parcel)
        fill = gaps(parcel, self._on)
        if isinstance(self._backend, EmailBackend):
            message = envelope.copy(parcel.address, parcel.message_id, fill)
            with_answers(lambda: self._send(parcel.address, message))
        else:
            other = _message(letter, parcel, fill)
            with_answers(lambda: esp.hand_over(self._backend, other))

    def _send(self, address: str, message: bytes) -> None:
        """One message over the open connection, past Django's own making of messages."""
        assert isinstance(self._backend, EmailBackend)
        if self._backend.connection is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        self._backend.connection.sendmail(self._sender, [address], message)

    def _letter(self, parcel: Parcel) -> tuple[Letter, Envelope]:
        if parcel.cadence != "at_once":
            letter = of_digest(parcel, self._on)
            return letter, Envelope(letter, self._now.timestamp())
        item = parcel.items[0]
        known = self._made.get(id(item))  # the item is kept beside it, so its id cannot become another's
        if known is None:
            letter = of_event(item)
            known = self._made[id(item)] = (item, letter, Envelope(letter, self._now.timestamp()))
        return known[1], known[2]


def open_outbox(on: date, now: datetime) -> EmailOutbox:
    """Connect to the mail server. Raises Unreachable."""
    backend = get_connection()
    try:
        backend.open()
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(f"the mail server does not answer: {error}") from error
    return EmailOutbox(backend, on, now)


def _message(letter: Letter, parcel: Parcel, fill: Gaps) -> AnymailMessage:
    """For every other back end (files, an e-mail service): a message of its own."""
    message = AnymailMessage(  # type: ignore[no-untyped-call]
        subject=letter.subject,
        body=letter.text(fill),
        to=[parcel.address],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": parcel.message_id,
            "List-Unsubscribe": f"<{fill.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        metadata=esp.metadata(parcel.message_id),
    )
    message.attach_alternative(letter.html(fill), "text/html")
    return message
