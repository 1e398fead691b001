"""One fetch from the first request to the last hop, with one deadline and one set of limits."""

import http.client
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from time import monotonic, sleep
from urllib.parse import urljoin

import requests
import urllib3
from django.conf import settings

from tracker.watch.asking import charset as charsets
from tracker.watch.asking import pace, robots
from tracker.watch.asking.answers import Fetched, Hop, Limits
from tracker.watch.asking.connection import DeadlinePassed, ForbiddenAddress
from tracker.watch.asking.line import Line
from tracker.watch.asking.outcomes import (
    Failed,
    Refused,
    RobotsForbid,
    RobotsUnreachable,
    TooLarge,
    TooSlow,
    Unreachable,
    Wait,
    causes,
)
from tracker.watch.asking.places import checked, host_of
from tracker.watch.asking.unpacking import Unpacker
from tracker.watch.asking.who_asks import PRODUCT

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024
# Busy, and asked to be left alone: the whole host is, by all workers, but not for longer than this.
_BUSY = frozenset({429, 503})
_LONGEST_HOLD = 24 * 3600.0


class Journey:
    """One fetch. Use it as a context: leaving it gives the turns at the hosts back."""

    def __init__(self, url: str, *, now: datetime, limits: Limits, line: Line, rules: robots.RuleBook | None) -> None:
        self.url = url
        self.now = now
        self.limits = limits
        self.line = line
        self.rules = rules
        self.started = monotonic()
        line.visit.deadline = self.started + limits.seconds
        # The token and the pause of every host that was asked on the way.
        self.turns: dict[str, tuple[str, float]] = {}

    def __enter__(self) -> "Journey":
        return self

    def __exit__(self, *_: object) -> None:
        for host, (token, pause) in self.turns.items():
            try:
                pace.leave(host, token, delay=pause)
            except pace.PaceUnknown:
                # Redis went away meanwhile. What it kept of our turn ends by itself.
                return

    def get(self, headers: Mapping[str, str], remembered: Mapping[str, str], of: str) -> Fetched:
        """Ask, and follow. `remembered` are conditional headers, told only to the address `of` that they are from."""
        place, of = checked(self.url), checked(of)
        hops: list[Hop] = []
        while True:
            self._take_turn(place, self._pause_asked(place))
            answer = self.once(place, "GET", {**headers, **remembered} if place == of else headers)
            self._heed_wait(place, answer)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                return replace(answer, hops=tuple(hops))
            hops.append(Hop(place, answer.status, answer.headers))
            if len(hops) > self.limits.redirects:
                raise Refused(self.url, f"more than {self.limits.redirects} redirects")
            place = checked(urljoin(place, target))

    def once(self, place: str, method: str, headers: Mapping[str, str], body: bytes | None = None) -> Fetched:
        """One request and its whole answer, without following anywhere."""
        place = checked(place)
        try:
            with self.line.send(method, place, headers, body) as answer:
                return self._read(place, answer)
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            http.client.HTTPException,
            OSError,
            DeadlinePassed,
            ForbiddenAddress,
        ) as error:
            raise self._failure(place, error) from error

    def _read(self, place: str, answer: requests.Response) -> Fetched:
        # PostgreSQL keeps no NUL, and no honest header has one.
        headers = {name.lower().replace("\0", ""): value.replace("\0", "") for name, value in answer.headers.items()}
        if sum(len(name) + len(value) for name, value in headers.items()) > self.limits.header_bytes:
            raise TooLarge(place, "its headers are too large")
        body = b""
        if answer.status_code == 304:
            answer.raw.drain_conn()  # there is none, and the connection can be used again
        elif answer.request.method != "POST":
            body = self._body(place, answer, headers.get("content-encoding", ""))
        content_type = headers.get("content-type", "")
        return Fetched(
            url=self.url,
            final_url=place,
            status=answer.status_code,
            headers=headers,
            body=body,
            fetched_at=self.now,
            etag=headers.get("etag", ""),
            last_modified=headers.get("last-modified", ""),
            content_type=content_type.partition(";")[0].strip().lower(),
            charset=charsets.of(body, content_type) if body else "utf-8",
            seconds=monotonic() - self.started,
        )

    def _body(self, place: str, answer: requests.Response, encoding: str) -> bytes:
        declared = answer.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self.limits.compressed_bytes:
            raise TooLarge(place, f"it says it is {declared} bytes long")
        unpack = Unpacker(place, encoding, self.limits.bytes)
        received = 0
        while chunk := answer.raw.read1(_CHUNK, decode_content=False):
            received += len(chunk)
            if received > self.limits.compressed_bytes:
                raise TooLarge(place, f"more than {self.limits.compressed_bytes} bytes")
            unpack.feed(chunk)
        if declared.isdigit() and received < int(declared):
            raise Unreachable(place, f"the answer broke off after {received} of {declared} bytes")
        return unpack.done()

    def _pause_asked(self, place: str) -> float:
        """Seconds that the site's robots.txt asks for between two requests. Raises RobotsForbid or Wait."""
        if self.rules is None:
            return 0.0
        try:
            rules = self.rules.rules_for(place, agent=PRODUCT, read=self._robots_txt)
        except robots.RulesUnreachable as error:
            why = f"its robots.txt cannot be reached, so it is not asked: {error.why}"
            raise RobotsUnreachable(place, why, robots.UNREACHABLE_KEPT_SECONDS) from error
        if not rules.allowed:
            raise RobotsForbid(place, "its robots.txt asks us not to read this page")
        return rules.delay or 0.0

    def _robots_txt(self, place: str) -> tuple[int, bytes]:
        for _ in range(1 + self.limits.redirects):
            self._take_turn(place, 0.0)
            try:
                answer = self.once(place, "GET", {"Accept": "text/plain,*/*;q=0.5"})
            except TooLarge:
                # Larger than any page may be: such a file says nothing that could be read.
                return 200, b""
            except (Unreachable, TooSlow) as failure:
                raise robots.RulesUnreachable(failure.reason) from failure
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                return answer.status, answer.body
            place = checked(urljoin(place, target))
        # RFC 9309, 2.3.1.2: after five redirects the file may be taken as unavailable.
        return 404, b""

    def _take_turn(self, place: str, asked: float) -> None:
        host = host_of(place)
        at_home = host in self.line.visit.allowed_loopback
        pause = max(asked, settings.WATCH_LOOPBACK_PAUSE if at_home else pace.DEFAULT_DELAY)
        if host in self.turns:
            token, before = self.turns[host]
            self.turns[host] = token, max(pause, before)
            return
        if pause <= 0:
            return
        try:
            self.turns[host] = self._turn(place, host), pause
        except pace.PaceUnknown as error:
            raise Wait(place, "the pace of requests is not known, as Redis does not answer", 60) from error

    def _turn(self, place: str, host: str) -> str:
        until = monotonic() + self.limits.patience
        while True:
            try:
                return pace.take_turn(host, lease=self.line.visit.seconds_left() + pace.DEFAULT_DELAY)
            except DeadlinePassed as late:
                raise self._failure(place, late) from late
            except pace.NotYet as not_yet:
                if monotonic() + not_yet.seconds > min(until, self.line.visit.deadline):
                    why = "another request to this host is under way, or was a moment ago"
                    raise Wait(place, why, not_yet.seconds, is_of_the_pace=True) from not_yet
                sleep(not_yet.seconds)

    def _heed_wait(self, place: str, answer: Fetched) -> None:
        """A site that is busy and says for how long is left alone for so long, by all workers."""
        seconds = answer.retry_after if answer.status in _BUSY else None
        if seconds is None:
            return
        seconds = min(seconds, _LONGEST_HOLD)
        host = host_of(place)
        token, pause = self.turns.get(host, ("", 0.0))
        if token:
            self.turns[host] = token, max(pause, seconds)
            return
        try:
            pace.hold(host, seconds=seconds)
        except pace.PaceUnknown as error:
            raise Wait(place, "the pace of requests is not known, as Redis does not answer", seconds) from error

    def _failure(self, place: str, error: Exception) -> Failed:
        found = causes(error)
        for cause in found:
            if isinstance(cause, Failed):
                return cause
            if isinstance(cause, ForbiddenAddress):
                return Refused(place, str(cause))
            if isinstance(cause, http.client.IncompleteRead):
                return Unreachable(place, "the answer broke off")
        late = any(isinstance(cause, DeadlinePassed | TimeoutError) for cause in found)
        if late or monotonic() >= self.line.visit.deadline:
            return TooSlow(place, f"not complete after {monotonic() - self.started:.1f} s")
        return Unreachable(place, _in_words(found))


def _in_words(found: Sequence[BaseException]) -> str:
    """What went wrong with a connection, without the numbers that it has for a programmer."""
    for cause in found:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not accepted: {cause.verify_message.rstrip('.')}"
    last = found[-1]
    return (isinstance(last, OSError) and last.strerror) or str(last) or type(last).__name__
