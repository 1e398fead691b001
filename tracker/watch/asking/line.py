"""A line to the outside: one session of requests whose connections are kept and judged. For one thread."""

import http.client
from collections.abc import Mapping, Sequence
from http.cookiejar import DefaultCookiePolicy

import requests
from django.conf import settings
from requests_hardened.client import HTTPSession
from requests_hardened.config import Config

from tracker.watch.asking.connection import Visit, VisitAdapter
from tracker.watch.asking.outcomes import causes
from tracker.watch.asking.who_asks import user_agent

_CONFIG = Config(
    ip_filter_enable=False,  # ours judges every address a name gives, and the one that was reached
    ip_filter_allow_loopback_ips=False,
    never_redirect=True,
    default_timeout=(10, 10),
)
# What an idle connection may meet when the other side has hung up meanwhile.
_HUNG_UP = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class Line:
    """Sends one request after the other; follows no redirect, keeps no cookie, asks no environment for a proxy."""

    def __init__(self) -> None:
        allowed: Sequence[str] = getattr(settings, "WATCH_ALLOWED_LOOPBACK", ())
        self.visit = Visit(deadline=0.0, allowed_loopback=allowed)
        self._session = HTTPSession(_CONFIG)
        self._session.trust_env = False
        self._session.headers.clear()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self._adapter = VisitAdapter(self.visit)
        self._session.mount("http://", self._adapter)
        self._session.mount("https://", self._adapter)
        self._usual = {"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate"}

    def send(self, method: str, place: str, headers: Mapping[str, str], body: bytes | None = None) -> requests.Response:
        """The answer, its body still unread. Raises what requests raises."""
        request = requests.PreparedRequest()
        request.prepare(method=method, url=place, headers={**self._usual, **headers}, data=body)
        used_before = self._adapter.connections_opened
        try:
            return self._sent(request)
        except requests.ConnectionError as error:
            kept = self._adapter.connections_opened == used_before
            if method != "GET" or not kept or not any(isinstance(cause, _HUNG_UP) for cause in causes(error)):
                raise
            # It was a kept connection which the other side had closed: that says nothing about the site.
            self._adapter.drop_connections()
            return self._sent(request)

    def _sent(self, request: requests.PreparedRequest) -> requests.Response:
        return self._session.send(request, stream=True, timeout=self.visit.seconds_left(), proxies={}, verify=True)

    def close(self) -> None:
        """Hang up."""
        self._session.close()
