"""How often one address or one network may ask. Kept in Redis under a keyed hash that expires, never as an address."""

import ipaddress
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_HOUR = 3600


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds."""

    name: str
    times: int
    seconds: int

    def allows(self, value: str) -> bool:
        """Count one more for `value`; whether that is still within the limit."""
        digest = salted_hmac(f"alerts.limits.{self.name}", value, algorithm="sha256").hexdigest()
        key = f"alerts:limit:{self.name}:{digest}"
        if cache.add(key, 1, timeout=self.seconds):
            return True
        try:
            return cache.incr(key) <= self.times
        except ValueError:  # it expired between the two commands
            return cache.add(key, 1, timeout=self.seconds) or self.times > 1


PER_ADDRESS = Limit("address", times=5, seconds=24 * _HOUR)
PER_NETWORK = Limit("network", times=30, seconds=_HOUR)


def asker(request: HttpRequest) -> str:
    """The network that a request comes from.

    The site listens on the loopback only, so a public one stands behind a proxy on the same machine: then the last
    entry of X-Forwarded-For, which that proxy wrote, counts. What the asker wrote before it never does.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return network(forwarded if forwarded and direct in ("127.0.0.1", "::1", "") else direct)


def network(address: str) -> str:
    """The network that an IP address belongs to: /24 for IPv4, /48 for IPv6. One household moves within it."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))
