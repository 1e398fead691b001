"""Which internet addresses the project may connect to. Pure: an address in, a reason against it out.

Python's `is_private` and `is_global` are not enough: they have changed between releases and call
100.64.0.1, 224.0.0.1 or 64:ff9b::/96 harmless. So the ranges are written down here, from the IANA
special-purpose address registries (RFC 6890 and its updates).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

FORBIDDEN_V4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT relay"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)

FORBIDDEN_V6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), reason)
    for network, reason in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("100::/64", "discard"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)

GLOBAL_UNICAST_V6 = IPv6Network("2000::/3")


def parse(text: str) -> IPv4Address | IPv6Address:
    """The address in `text`, without a zone (`fe80::1%eth0`). Raises ValueError for anything else."""
    return ip_address(text.partition("%")[0])


def is_loopback(text: str) -> bool:
    """Whether `text` is this machine itself, an IPv4-mapped loopback included."""
    address = parse(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def why_forbidden(text: str) -> str | None:
    """Why no connection may be made to this address, in a word or two; None when it is public."""
    address = parse(text)
    if isinstance(address, IPv4Address):
        return next((reason for network, reason in FORBIDDEN_V4 if address in network), None)
    if address.ipv4_mapped is not None:
        # A mapped address reaches the IPv4 host itself, so that is what has to be judged.
        return why_forbidden(str(address.ipv4_mapped))
    for network, reason in FORBIDDEN_V6:
        if address in network:
            return reason
    return None if address in GLOBAL_UNICAST_V6 else "not global unicast"
