"""What the status of a partnership is said to be, seen from a day."""

from datetime import date

import pytest

from tracker.dates import PartialDate
from tracker.partnerships.models import Partnership
from tracker.web.templatetags.record import status_on


@pytest.mark.parametrize(
    ("status", "ended", "last", "on", "said"),
    [
        ("confirmed", "", "2018-10-22", "2026-11-23", "confirmed then, not known since"),
        ("confirmed", "", "2018-10-22", "2018-11-01", "confirmed"),
        ("confirmed", "2026-05-04", "2026-04-02", "2026-11-23", "confirmed, its end date has passed"),
        ("confirmed", "", "", "2026-11-23", "confirmed"),
        ("unknown", "", "2020-10-07", "2026-11-23", "not known since"),
        ("unknown", "", "2020-10-07", "2020-01-01", "not known"),
        ("ended", "2025-08", "", "2025-01-01", "running"),
        ("ended", "2025-08", "", "2026-01-01", "ended"),
    ],
)
def test_what_was_seen_long_ago_is_not_told_as_todays_state(
    status: str, ended: str, last: str, on: str, said: str
) -> None:
    deal = Partnership(
        status=status,
        ended=PartialDate.parse(ended) if ended else None,
        last_confirmed=PartialDate.parse(last) if last else None,
    )
    assert status_on(deal, date.fromisoformat(on)) == said
