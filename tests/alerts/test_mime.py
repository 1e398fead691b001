"""The bytes that go over the wire say the same as the message that Django would make of the letter."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alerts.conftest import html, text
from tracker.alerts.channels.email.letter import Gaps, Letter
from tracker.alerts.channels.email.mime import Envelope

ADDRESS = 'o\'hara+"x"=1@xn--bcher-kva.example'
MESSAGE_ID = "<0a1b2c3d-4e5f-4a6b-8c7d-0123456789ab@watch.example.org>"
LINK = "https://watch.example.org/subscriptions/unsubscribe/" + "a" * 300 + "/"

HOSTILE = [
    "A ban",
    "",
    ".",
    ".\r\n.\r\n",
    "Ban\r\nBcc: all@example.org\r\n\r\nnow",
    "a\rb\nc\x0bd\x0ce\x85f\u2028g\u2029h\x1c",
    "x" * 5000,
    "word " * 1000,
    "Gesichtserkennung für Behörden: ein Jahr Pause — „bis auf Weiteres“ " * 20,
    "顔認識" * 400,
    "🚔" * 300,
    "=?utf-8?q?=42cc?= =3D =\r\n=20",
    "<b>&amp;</b> {{ topic }} \x01 \x7f",
    "From here\nFrom there\n From",
    "ends in spaces   \n\t \n and tabs\t",
    "e\u0301 \u202e reversed \ufeff",
]


class Words:
    """What a template of ours is rendered with."""

    def __init__(self, words: str) -> None:
        self.headline = words
        self.sentences = [words]
        self.excepted = [words]
        self.proofs: list[object] = []


def both(words: str) -> tuple[bytes, EmailMessage, EmailMessage]:
    """Our bytes, those bytes read, and Django's bytes of the same letter read."""
    letter = Letter(words, "alert", {"notice": Words(words), "page": "https://watch.example.org/"})
    gaps = Gaps(topic=words, unsubscribe=LINK, manage=LINK)
    raw = Envelope(letter, 1_591_790_405).copy(ADDRESS, MESSAGE_ID, gaps)
    return raw, _read(raw), _read(_django(letter, gaps))


def _django(letter: Letter, gaps: Gaps) -> bytes:
    headers = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": MESSAGE_ID,
        "List-Unsubscribe": f"<{LINK}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    message = EmailMultiAlternatives(letter.subject, letter.text(gaps), to=[ADDRESS], headers=headers)
    message.attach_alternative(letter.html(gaps), "text/html")
    raw: bytes = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own
    return raw


def _read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def _plain(body: str) -> list[str]:
    """The lines of a body, without what no reader can see: spaces at their ends, lines of nothing else."""
    return [line.rstrip() for line in body.splitlines() if line.strip()]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_read_as_in_djangos_message_and_keep_to_what_smtp_can_carry(words: str) -> None:
    agrees(words)


@settings(max_examples=40)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300))  # as PostgreSQL does
def test_any_words_read_as_in_djangos_message_and_keep_to_what_smtp_can_carry(words: str) -> None:
    agrees(words)


def agrees(words: str) -> None:
    raw, ours, django = both(words)
    assert str(ours["Subject"]) == str(django["Subject"]).strip()  # a long one of Django's begins with a fold
    assert str(ours["To"]) == str(django["To"])
    assert _plain(text(ours)) == _plain(text(django))
    assert _plain(html(ours)) == _plain(html(django))
    assert sorted(ours.keys()) == sorted(django.keys())
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw), "a line end that is not CRLF"
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
