"""The only door to the outside: for watches, evidence and webhooks alike.

http and https only; every address of every hop is judged (see `connection`); redirects are followed by hand;
time, size, header and redirect limits hold for the whole fetch; robots.txt and a pause per host are kept.
"""

import math
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic, sleep
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import urllib3
from django.conf import settings
from requests_hardened.client import HTTPSession
from requests_hardened.config import Config

from tracker.watch.asking import charset as charsets
from tracker.watch.asking import pace, robots
from tracker.watch.asking.connection import DeadlinePassed, ForbiddenAddress, Visit, VisitAdapter, resolve
from tracker.watch.asking.outcomes import Failed, Refused, RobotsForbid, TooLarge, TooSlow, Unreachable, Wait

PRODUCT = "Watchback"
VERSION = "1.0"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Not a place where pages live: a request there could speak to a mail or database server.
LOWEST_FREE_PORT = 1024
WEB_PORTS = frozenset({80, 443})
# RFC 1035, 2.3.4. The resolver would raise UnicodeError for anything else. An IPv6 address is one part here.
_LABELS = re.compile(r"[^.]{1,63}(?:\.[^.]{1,63})*")
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """How much one fetch may cost, redirects and robots.txt included."""

    seconds: float = 30.0
    compressed_bytes: int = 10_000_000
    bytes: int = 20_000_000
    header_bytes: int = 64_000
    redirects: int = 5
    # How long to stand in line for a host before giving the turn back (Wait).
    patience: float = 5.0


USUAL = Limits()
ONE_SHOT = Limits(seconds=15, redirects=0)


@dataclass(frozen=True)
class Fetched:
    """An answer, complete, with what is needed to ask again politely. `etag` and `last_modified` are
    verbatim.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    fetched_at: datetime
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    charset: str = "utf-8"
    hops: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def not_modified(self) -> bool:
        """Whether the server says that what we have is still what it has."""
        return self.status == 304

    @property
    def text(self) -> str:
        """The body as text."""
        return charsets.decode(self.body, self.charset)

    @property
    def retry_after(self) -> str:
        """The Retry-After header, verbatim."""
        return self.headers.get("retry-after", "")


def user_agent() -> str:
    """Who we say we are: the product, its version and a page about it."""
    site = str(getattr(settings, "SITE_URL", "")).rstrip("/")
    return f"{PRODUCT}/{VERSION} (+{site}/about)"


def get(
    url: str,
    *,
    now: datetime,
    etag: str = "",
    last_modified: str = "",
    accept: str = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
    limits: Limits = USUAL,
    heed_robots: bool = True,
) -> Fetched:
    """Fetch `url`, following redirects. `etag` and `last_modified` are those of the last answer, as it
    gave them.

    Raises one of `outcomes.Failed`; any HTTP status is an answer, not a failure.
    """
    headers = {"Accept": accept}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    journey = _Journey(url, now=now, limits=limits, heed_robots=heed_robots)
    return journey.get(headers)


def post(url: str, *, body: bytes, headers: Mapping[str, str], now: datetime, limits: Limits = ONE_SHOT) -> Fetched:
    """Post `body` to an address somebody gave us, such as a webhook. Follows no redirect, asks no robots.txt,
    takes no turn at the host, and reads of the answer its status and headers: a body of any length costs nothing.

    Raises one of `outcomes.Failed`.
    """
    journey = _Journey(url, now=now, limits=limits, heed_robots=False)
    return journey.once(url, "POST", headers, body)


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


def checked(url: str) -> str:
    """`url` without its fragment, if it is one we would ask at all. Raises Refused with the reason
    otherwise.
    """
    try:
        url.encode()  # half a character (a lone surrogate) can be sent to nobody
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise Refused(url, f"not an address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise Refused(url, f"only http and https, not “{parts.scheme}”")
    if not parts.hostname:
        raise Refused(url, "an address without a host")
    if parts.hostname.isascii() and not _LABELS.fullmatch(parts.hostname.removesuffix(".")):
        raise Refused(url, "a part of its host is empty or longer than 63 characters")
    if "@" in parts.netloc:
        raise Refused(url, "an address with a name or password in it")
    if port is not None and port not in WEB_PORTS and port < LOWEST_FREE_PORT:
        raise Refused(url, f"port {port} is not one where pages live")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


class _Journey:
    """One fetch from the first request to the last hop, with one deadline and one set of limits."""

    def __init__(self, url: str, *, now: datetime, limits: Limits, heed_robots: bool) -> None:
        self.url = url
        self.now = now
        self.limits = limits
        self.heed_robots = heed_robots
        self.started = monotonic()
        allowed: Sequence[str] = getattr(settings, "WATCH_ALLOWED_LOOPBACK", ())
        self.visit = Visit(deadline=self.started + limits.seconds, allowed_loopback=allowed)
        self.turns: set[str] = set()

    def get(self, headers: Mapping[str, str]) -> Fetched:
        place = checked(self.url)
        hops: list[str] = []
        while True:
            if self.heed_robots:
                self._heed(place)
            else:
                self._take_turn(place, None)
            answer = self.once(place, "GET", headers)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                return replace(answer, hops=tuple(hops))
            hops.append(place)
            if len(hops) > self.limits.redirects:
                raise Refused(self.url, f"more than {self.limits.redirects} redirects")
            place = checked(urljoin(place, target))
            # What we remember belongs to the address that was asked, not to where it sends us.
            headers = {name: value for name, value in headers.items() if not name.startswith("If-")}

    def once(self, place: str, method: str, headers: Mapping[str, str], body: bytes | None = None) -> Fetched:
        """One request and its whole answer, without following anywhere."""
        place = checked(place)
        config = Config(
            ip_filter_enable=False,
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=(10, 10),
        )
        try:
            with HTTPSession(config) as session:
                session.trust_env = False
                session.mount("http://", adapter := VisitAdapter(self.visit))
                session.mount("https://", adapter)
                session.headers.clear()
                answer = session.request(
                    method,
                    place,
                    data=body,
                    stream=True,
                    timeout=self.visit.seconds_left(),
                    headers={"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate", **headers},
                )
                with answer:
                    return self._read(place, answer)
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
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
        unread = answer.status_code == 304 or answer.request.method == "POST"
        body = b"" if unread else self._body(place, answer, headers.get("content-encoding", ""))
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
            charset=charsets.of(body, content_type),
            seconds=monotonic() - self.started,
        )

    def _body(self, place: str, answer: requests.Response, encoding: str) -> bytes:
        declared = answer.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self.limits.compressed_bytes:
            raise TooLarge(place, f"it says it is {declared} bytes long")
        unpack = _Unpacker(place, encoding, self.limits.bytes)
        received = 0
        while chunk := answer.raw.read1(_CHUNK, decode_content=False):
            received += len(chunk)
            if received > self.limits.compressed_bytes:
                raise TooLarge(place, f"more than {self.limits.compressed_bytes} bytes")
            unpack.feed(chunk)
        if declared.isdigit() and received < int(declared):
            raise Unreachable(place, f"the answer broke off after {received} of {declared} bytes")
        return unpack.done()

    def _heed(self, place: str) -> None:
        try:
            rules = robots.rules_for(place, agent=PRODUCT, read=self._robots_txt)
        except robots.RulesUnreachable as error:
            raise Wait(place, "its robots.txt cannot be reached", robots.UNREACHABLE_KEPT_SECONDS) from error
        if not rules.allowed:
            raise RobotsForbid(place, "its robots.txt asks us not to read this page")
        self._take_turn(place, rules.delay)

    def _robots_txt(self, place: str) -> tuple[int, bytes] | None:
        for _ in range(1 + self.limits.redirects):
            try:
                answer = self.once(place, "GET", {"Accept": "text/plain,*/*;q=0.5"})
            except TooLarge:
                # Larger than any page may be: such a file says nothing that could be read.
                return 200, b""
            except Unreachable:
                return None
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                return answer.status, answer.body
            place = checked(urljoin(place, target))
        # RFC 9309, 2.3.1.2: after five redirects the file may be taken as unavailable.
        return 404, b""

    def _take_turn(self, place: str, delay: float | None) -> None:
        host = urlsplit(place).netloc
        if host in self.turns:
            return
        pause = max(delay or 0.0, 0.0 if host in self.visit.allowed_loopback else pace.DEFAULT_DELAY)
        try:
            while (seconds := pace.take_turn(host, delay=pause)) > 0:
                if seconds > min(self.limits.patience, self.visit.seconds_left()):
                    raise Wait(place, "another request to this host was made a moment ago", seconds)
                sleep(seconds)
        except pace.PaceUnknown as error:
            raise Wait(place, "the pace of requests is not known, as Redis does not answer", 60) from error
        self.turns.add(host)

    def _failure(self, place: str, error: Exception) -> Failed:
        causes = _causes(error)
        for cause in causes:
            if isinstance(cause, Failed):
                return cause
            if isinstance(cause, ForbiddenAddress):
                return Refused(place, str(cause))
        late = any(isinstance(cause, DeadlinePassed | TimeoutError) for cause in causes)
        if late or monotonic() >= self.visit.deadline:
            return TooSlow(place, f"not complete after {monotonic() - self.started:.1f} s")
        return Unreachable(place, str(causes[-1]) or type(causes[-1]).__name__)


def _causes(error: BaseException) -> list[BaseException]:
    """The error and everything it came from, the outermost first."""
    found: list[BaseException] = []
    queue: list[BaseException | None] = [error]
    while queue:
        item = queue.pop()
        if item is None or item in found:
            continue
        found.append(item)
        queue += [item.__cause__, item.__context__, getattr(item, "reason", None)]
        queue += [arg for arg in item.args if isinstance(arg, BaseException)]
        queue = [one for one in queue if isinstance(one, BaseException)]
    return found


class _Unpacker:
    """Undoes gzip and deflate piece by piece and stops as soon as the result is too large."""

    def __init__(self, place: str, encoding: str, most: int) -> None:
        self.place = place
        self.most = most
        self.size = 0
        self.parts: list[bytes] = []
        encoding = encoding.strip().lower()
        if encoding in ("", "identity"):
            self.inflate = None
        elif encoding in ("gzip", "x-gzip", "deflate"):
            self.inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        else:
            raise Unreachable(place, f"an encoding we did not ask for: {encoding[:40]}")

    def feed(self, chunk: bytes) -> None:
        """Take the next piece. Raises TooLarge, or Unreachable when it is not what the header says."""
        if self.inflate is None:
            self._add(chunk)
            return
        try:
            while chunk:
                self._add(self.inflate.decompress(chunk, _CHUNK))
                chunk = self.inflate.unconsumed_tail
                if self.inflate.eof and self.inflate.unused_data:
                    chunk = self.inflate.unused_data
                    self.inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        except zlib.error as error:
            raise Unreachable(self.place, f"its compression is broken: {error}") from error

    def _add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size > self.most:
            raise TooLarge(self.place, f"more than {self.most} bytes after decompression")
        self.parts.append(piece)

    def done(self) -> bytes:
        """Everything that came out."""
        return b"".join(self.parts)
