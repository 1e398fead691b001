"""The way out for webhooks: one signed post for each parcel."""

from datetime import date, datetime
from urllib.parse import urlsplit

from tracker.alerts.channels import Parcel, Refused
from tracker.alerts.channels.webhook import endpoints, posting
from tracker.alerts.channels.webhook.message import message, webhook_id
from tracker.alerts.channels.webhook.silence import tell_owner
from tracker.alerts.models import Endpoint
from tracker.watch.fetch import ONE_SHOT, Limits


class WebhookOutbox:
    """Posts, and spares who has just failed.

    An endpoint that refused is asked no more by this outbox, and a host that did not answer at all neither, whatever
    endpoints it has: a host that hangs costs one time limit and not one for each message. Nobody's failure touches
    another host, so `Unreachable` is never raised.
    """

    def __init__(self, on: date, now: datetime, limits: Limits) -> None:
        self._on = on
        self._now = now
        self._limits = limits
        self._failed_endpoints: dict[int, Refused] = {}
        self._silent_hosts: dict[str, str] = {}

    def deliver(self, parcel: Parcel) -> None:
        """Post it. Returns once the other side has answered 2xx; else raises Refused. 410 switches the endpoint off."""
        endpoint = _endpoint(parcel)
        if endpoint is None:
            raise Refused("the webhook was removed", permanent=True)
        if endpoint.off_since is not None:
            raise Refused(f"the webhook is switched off: {endpoint.off_because}", permanent=True)
        self._spare(endpoint)
        try:
            posting.post(endpoint, webhook_id(parcel), message(parcel), now=self._now, limits=self._limits)
        except posting.Unanswered as unanswered:
            self._silent_hosts[_host(endpoint)] = str(unanswered)
            raise
        except Refused as refused:
            if refused.permanent:
                self._switch_off(endpoint, str(refused))
            self._failed_endpoints[endpoint.pk] = refused
            raise

    def gave_up(self, parcel: Parcel, why: str) -> None:
        """The sender tries this parcel no more: for two days nothing got through, so its endpoint is switched off."""
        endpoint = _endpoint(parcel)
        if endpoint is not None:
            self._switch_off(endpoint, f"a message could not be delivered: {why}")

    def close(self) -> None:
        """There is nothing to let go of: every post has a connection of its own."""

    def _switch_off(self, endpoint: Endpoint, because: str) -> None:
        """Post there no more, and tell its owner by mail: they would take the silence for no news."""
        if endpoints.switch_off(endpoint, because=because, now=self._now):
            tell_owner(endpoint, on=self._on)

    def _spare(self, endpoint: Endpoint) -> None:
        if before := self._failed_endpoints.get(endpoint.pk):
            raise Refused(f"not tried, because a moment ago {before}", permanent=False, retry_after=before.retry_after)
        if silent := self._silent_hosts.get(_host(endpoint)):
            raise Refused(f"not tried, because its host did not answer a moment ago: {silent}", permanent=False)


def open_outbox(on: date, now: datetime, limits: Limits = ONE_SHOT) -> WebhookOutbox:
    """A way out with these limits for one post. Connects to nobody yet."""
    return WebhookOutbox(on, now, limits)


def _endpoint(parcel: Parcel) -> Endpoint | None:
    """As it is now: its owner may have changed it, or removed it, while the parcel was made."""
    return Endpoint.objects.filter(pk=parcel.endpoint_id or 0).first()


def _host(endpoint: Endpoint) -> str:
    return urlsplit(endpoint.url).netloc
