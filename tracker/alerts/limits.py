"""How often one address or one network may ask. Kept in Redis under a keyed hash that expires, never as an address."""

from dataclasses import dataclass

from django.core.cache import cache
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
