"""A parcel as an e-mail.

Almost all of a mail is the same for everybody who is told the same, and making a MIME message costs more than sending
it. So it is made once with gaps, and for each receiver only the gaps are filled: address, Message-ID, what they
follow, and their own links.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from html import escape

from django.template.loader import render_to_string

from tracker.alerts import links
from tracker.alerts.channels import Item, Parcel
from tracker.alerts.messages import subject_line

_GAPS = ("topic", "unsubscribe", "manage")


@dataclass(frozen=True)
class Gaps:
    """What differs from receiver to receiver."""

    topic: str
    unsubscribe: str
    manage: str


class Letter:
    """What many receivers are told alike: a subject, a text and its HTML, with gaps."""

    def __init__(self, subject: str, template: str, context: dict[str, object]) -> None:
        self.subject = subject_line(subject)
        marks = {name: uuid.uuid4().hex for name in _GAPS}
        self._text = _Gapped(render_to_string(f"alerts/email/{template}.txt", context | marks), marks)
        self._html = _Gapped(render_to_string(f"alerts/email/{template}.html", context | marks), marks)

    def text(self, gaps: Gaps) -> str:
        """The plain text for one receiver."""
        return self._text.filled(gaps.topic, gaps.unsubscribe, gaps.manage)

    def html(self, gaps: Gaps) -> str:
        """The HTML for one receiver."""
        return self._html.filled(escape(gaps.topic), gaps.unsubscribe, gaps.manage)


class _Gapped:
    def __init__(self, rendered: str, marks: dict[str, str]) -> None:
        rendered = "\n".join(map(str.rstrip, rendered.splitlines()))
        for name, mark in marks.items():
            rendered = rendered.replace(mark, f"\0{_GAPS.index(name)}\0")
        self._parts = rendered.split("\0")  # gaps are at every second place

    def filled(self, *values: str) -> str:
        parts = self._parts.copy()
        for place in range(1, len(parts), 2):
            parts[place] = values[int(parts[place])]
        return "".join(parts)


def of_event(item: Item) -> Letter:
    """The letter that tells of one event."""
    context: dict[str, object] = {"notice": item.notice, "page": links.absolute(item.notice.path)}
    return Letter(item.notice.headline, "alert", context)


def of_digest(parcel: Parcel, on: date) -> Letter:
    """The letter with all that a subscriber is told in a period."""
    count = len(parcel.items)
    subject = parcel.items[0].notice.headline if count == 1 else f"{count} changes: {parcel.items[0].notice.headline}"
    context: dict[str, object] = {
        "on": on,
        "cadence": parcel.cadence,
        "items": [(item.notice, links.absolute(item.notice.path)) for item in parcel.items],
    }
    return Letter(subject, "digest", context)


def gaps(parcel: Parcel, on: date) -> Gaps:
    """What to fill in for the receiver of this parcel."""
    return Gaps(
        topic=parcel.topic,
        unsubscribe=links.end_digest_url(parcel.subscriber_key, parcel.cadence, on=on)
        if parcel.cadence != "at_once"
        else links.end_url(parcel.subscriber_key, parcel.subscription_id, on=on),
        manage=links.manage_url(parcel.subscriber_key, on=on),
    )
