"""The only door to the outside: for watches, evidence and webhooks alike.

http and https only; every address of every hop is judged (see `connection`); redirects are followed by hand;
time, size, header and redirect limits hold for the whole fetch; robots.txt and a pause per host are kept.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from tracker.watch.asking import robots
from tracker.watch.asking.answers import ONE_SHOT, USUAL, Fetched, Limits
from tracker.watch.asking.connection import ForbiddenAddress, Visit, resolve
from tracker.watch.asking.journey import REDIRECTS, Journey
from tracker.watch.asking.line import Line
from tracker.watch.asking.outcomes import Refused, Unreachable
from tracker.watch.asking.places import checked

__all__ = ["ONE_SHOT", "REDIRECTS", "USUAL", "Door", "Fetched", "Limits", "checked", "get", "judge", "post"]

PAGES = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"


def get(
    url: str,
    *,
    now: datetime,
    etag: str = "",
    last_modified: str = "",
    remembered_of: str = "",
    accept: str = PAGES,
    limits: Limits = USUAL,
    heed_robots: bool = True,
) -> Fetched:
    """Fetch `url` through a door of its own; see `Door.get`."""
    with Door() as door:
        return door.get(
            url,
            now=now,
            etag=etag,
            last_modified=last_modified,
            remembered_of=remembered_of,
            accept=accept,
            limits=limits,
            heed_robots=heed_robots,
        )


def post(url: str, *, body: bytes, headers: Mapping[str, str], now: datetime, limits: Limits = ONE_SHOT) -> Fetched:
    """Post `body` to an address somebody gave us, such as a webhook. Follows no redirect, asks no robots.txt,
    takes no turn at the host, and reads of the answer its status and headers: a body of any length costs nothing.

    Raises one of `outcomes.Failed`.
    """
    with Door() as door:
        return door.post(url, body=body, headers=headers, now=now, limits=limits)


def judge(url: str) -> str:
    """`checked(url)`, if its host leads to public addresses only, as of now. Nothing is sent to it.

    The door judges again whenever it connects; this tells who typed the address at once. Raises Refused or Unreachable.
    """
    place = checked(url)
    allowed: Sequence[str] = getattr(settings, "WATCH_ALLOWED_LOOPBACK", ())
    parts = urlsplit(place)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        resolve(Visit(deadline=math.inf, allowed_loopback=allowed), parts.hostname or "", port)
    except ForbiddenAddress as error:
        raise Refused(place, str(error)) from error
    except (OSError, UnicodeError) as error:
        raise Unreachable(place, "its name leads nowhere") from error
    return place


class Door:
    """The door, held open: connections are kept between fetches, and a site's robots.txt stays at hand.

    For one thread; every fetch has its own deadline, limits and turns.
    """

    def __init__(self) -> None:
        self._rules = robots.RuleBook()
        self._line = Line()

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def get(
        self,
        url: str,
        *,
        now: datetime,
        etag: str = "",
        last_modified: str = "",
        remembered_of: str = "",
        accept: str = PAGES,
        limits: Limits = USUAL,
        heed_robots: bool = True,
    ) -> Fetched:
        """Fetch `url`, following redirects. `etag` and `last_modified` are those of the last answer, as it gave them,
        and are told only to the address that gave it, `remembered_of` (default: `url`).

        Raises one of `outcomes.Failed`; any HTTP status is an answer, not a failure.
        """
        remembered = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        with Journey(url, now=now, limits=limits, line=self._line, rules=self._rules if heed_robots else None) as one:
            return one.get(
                {"Accept": accept}, {name: said for name, said in remembered.items() if said}, of=remembered_of or url
            )

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str], now: datetime, limits: Limits) -> Fetched:
        """As the function of this name."""
        with Journey(url, now=now, limits=limits, line=self._line, rules=None) as one:
            return one.once(url, "POST", headers, body)
