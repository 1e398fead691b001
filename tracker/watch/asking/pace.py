"""How often one host is asked, across all workers: one key per host in Redis that lives as long as the
pause.
"""

from functools import lru_cache

import redis
from django.conf import settings

DEFAULT_DELAY = 1.0


class PaceUnknown(Exception):
    """Redis does not answer, so nobody knows whether another worker has just been there."""


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)


def take_turn(host: str, *, delay: float = DEFAULT_DELAY) -> float:
    """Take the turn at `host`: 0 when it is ours, else the seconds until the next one. Raises PaceUnknown.

    SET NX PX is one atomic step, so of two workers that ask at once exactly one goes.
    """
    if delay <= 0:
        return 0.0
    key = f"watch:pace:{host}"
    server = _redis(settings.REDIS_URL)
    try:
        if server.set(key, 1, nx=True, px=int(delay * 1000)):
            return 0.0
        left = server.pttl(key)
    except redis.RedisError as error:
        raise PaceUnknown(str(error)) from error
    # The key may end between the two commands (-2): then the next try will have it.
    return max(int(left), 1) / 1000
