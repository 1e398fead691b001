"""The network that a request comes from. What limits tries and requests counts by it and keeps no address."""

import ipaddress

from django.http import HttpRequest


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
