"""What is posted: one event as JSON."""

import json
from datetime import UTC, datetime, time

from tracker.alerts import links
from tracker.alerts.channels import Parcel

TEST = "test"


def webhook_id(parcel: Parcel) -> str:
    """The same for every attempt, so that a receiver can drop repeats; its Message-ID without the mail's dress."""
    return parcel.message_id.strip("<>").partition("@")[0]


def message(parcel: Parcel) -> str:
    """The parcel's one event: what goes by webhook goes at once, in no digest."""
    (item,) = parcel.items
    notice = item.notice
    data: dict[str, object] = {
        "id": webhook_id(parcel),
        "key": item.event_key,
        "headline": notice.headline,
        "sentences": notice.sentences,
        "excepted": notice.excepted,
        "sources": [{"quote": proof.quote, "publisher": proof.source, "url": proof.url} for proof in notice.proofs],
        "page": links.absolute(notice.path),
        "topic": parcel.topic,
        "due_on": item.due_on.isoformat(),
    }
    return _written(item.kind, datetime.combine(item.due_on, time(), tzinfo=UTC), data)


def sample(webhook_id: str, now: datetime) -> str:
    """What the test button sends: of a type of its own, so that no receiver takes it for news."""
    headline = "This is a test. Nothing has happened."
    return _written(TEST, now, {"id": webhook_id, "headline": headline, "page": links.absolute("/")})


def _written(kind: str, moment: datetime, data: dict[str, object]) -> str:
    timestamp = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    return json.dumps({"type": kind, "timestamp": timestamp, "data": data}, ensure_ascii=False)
