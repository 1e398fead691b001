"""When a digest is sent: at the subscriber's own hour, each day or on Mondays. SQL, for many subscribers at once.

PostgreSQL counts by the wall clock of the subscriber's time zone, so an hour that a change to summer time skips or
repeats moves no digest into another day.
"""

from tracker.alerts.models import Subscription

_CADENCE = Subscription.Cadence


def period(cadence: str, moment: str) -> str:
    """SQL: the day, in the zone of subscriber `p`, of the last digest hour by `moment`; weekly, its Monday."""
    return f"""CASE {cadence} WHEN '{_CADENCE.WEEKLY}' THEN date_trunc('week', {_wall(moment)})::date
                              ELSE {_wall(moment)}::date END"""


def next_digest(cadence: str, moment: str) -> str:
    """SQL: the first digest hour of subscriber `p` after `moment`, as a timestamp with time zone."""
    later = f"{period(cadence, moment)} + CASE {cadence} WHEN '{_CADENCE.WEEKLY}' THEN 7 ELSE 1 END"
    return f"(({later})::timestamp + p.digest_hour * interval '1 hour') AT TIME ZONE p.time_zone"


def _wall(moment: str) -> str:
    """The wall clock, set back so that the day begins at the digest hour."""
    return f"({moment} AT TIME ZONE p.time_zone - p.digest_hour * interval '1 hour')"
