"""How often a password may be tried: a few times in a while, counted per network and name. No address is
kept.
"""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac

ALLOWED = 5
WINDOW = timedelta(minutes=15)


def too_many(network: str, name: str, *, now: datetime) -> datetime | None:
    """Count one more try. When to try again if it is one too many, else None."""
    key = _key(network, name)
    again = now + WINDOW
    if cache.add(key, 0, WINDOW.total_seconds()):
        cache.set(f"{key}:again", again.isoformat(), WINDOW.total_seconds())
    try:
        tries = cache.incr(key)
    except ValueError:  # the window closed between the two commands
        return None
    if tries <= ALLOWED:
        return None
    return datetime.fromisoformat(cache.get(f"{key}:again") or again.isoformat())


def forget(network: str, name: str) -> None:
    """It was the right password: start counting anew."""
    cache.delete_many([_key(network, name), f"{_key(network, name)}:again"])


def _key(network: str, name: str) -> str:
    who = f"{network} {name.strip().casefold()}"
    return f"desk:tries:{salted_hmac('desk.attempts', who, algorithm='sha256').hexdigest()}"
