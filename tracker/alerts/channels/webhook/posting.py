"""One post through the guarded door, and what its answer means."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from tracker.alerts.channels import Refused
from tracker.alerts.channels.webhook import signing
from tracker.alerts.models import Endpoint
from tracker.watch import fetch
from tracker.watch.asking.outcomes import Failed
from tracker.watch.fetch import ONE_SHOT, Fetched, Limits

LONGEST_WAIT = timedelta(hours=12)
"""Of what an answer may ask us to wait. All attempts take about two days, so a longer wait would lose some."""


class Unanswered(Refused):
    """No answer came at all: the host is down, slow, or an address that we do not go to."""

    def __init__(self, why: str) -> None:
        super().__init__(why, permanent=False)


def post(endpoint: Endpoint, webhook_id: str, body: str, *, now: datetime, limits: Limits = ONE_SHOT) -> str:
    """Post a signed body. Returns what the other side answered, in words, once it has taken it.

    Any 2xx takes it. 410 says that this address is no more: Refused for good. Every other status, a redirect (which
    is not followed) included, is Refused for now, and so is an address that has become private: nobody was contacted.
    Raises Unanswered, which is Refused too, where there was no answer.
    """
    headers = {
        "Content-Type": "application/json",
        # Receivers compare this with their own clock, as they do with a mail's Date. So it is the moment of this
        # attempt, and not the one at which a run of many attempts began.
        **signing.headers(endpoint, webhook_id, body, at=datetime.now(UTC)),
    }
    try:
        answer = fetch.post(endpoint.url, body=body.encode(), headers=headers, now=now, limits=limits)
    except Failed as failed:
        raise Unanswered(failed.reason) from failed
    if 200 <= answer.status < 300:
        return f"It answered {_status(answer.status)}."
    raise _refusal(answer)


def _refusal(answer: Fetched) -> Refused:
    why = f"it answered {_status(answer.status)}"
    if answer.status in fetch.REDIRECTS:
        why += "; redirects are not followed"
    return Refused(why, permanent=answer.status == HTTPStatus.GONE, retry_after=_wait(answer))


def _status(status: int) -> str:
    """The number and its name. What the other side calls it is not repeated: it could say anything."""
    known = {entry.value: entry.phrase for entry in HTTPStatus}
    return f"{status} {known[status]}" if status in known else str(status)


def _wait(answer: Fetched) -> timedelta | None:
    seconds = answer.retry_after
    return timedelta(seconds=min(seconds, LONGEST_WAIT.total_seconds())) if seconds else None
