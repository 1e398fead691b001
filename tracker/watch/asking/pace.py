"""How often one host is asked, across all workers: one key per host in Redis.

The key is set while somebody asks and lives on for the pause after that. So no host is asked by two workers at once,
and none sooner than the pause after the last answer. A worker that dies leaves a key that ends by itself.
"""

import secrets
from functools import lru_cache

import redis
from django.conf import settings

DEFAULT_DELAY = 1.0
# Set or give back in one step each: the turn may have ended meanwhile and be somebody else's.
_LEAVE = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
if tonumber(ARGV[2]) > 0 then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return redis.call('del', KEYS[1])
"""
_HOLD = """
if redis.call('pttl', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('set', KEYS[1], 'held', 'px', ARGV[1])
return 1
"""


class PaceUnknown(Exception):
    """Redis does not answer, so nobody knows whether another worker has just been there."""


class NotYet(Exception):
    """Somebody else's turn at the host, or its pause. `seconds` until it may be free."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not for {seconds:.1f} s")
        self.seconds = seconds


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)


def take_turn(host: str, *, lease: float) -> str:
    """Take the turn at `host` for at most `lease` seconds. Returns the token to leave with.

    SET NX PX is one atomic step, so of two workers that ask at once exactly one goes. Raises NotYet or PaceUnknown.
    """
    token = secrets.token_hex(8)
    server = _redis(settings.REDIS_URL)
    try:
        if server.set(_key(host), token, nx=True, px=max(int(lease * 1000), 1)):
            return token
        left = server.pttl(_key(host))
    except redis.RedisError as error:
        raise PaceUnknown(str(error)) from error
    # The key may end between the two commands (-2): then the next try will have it.
    raise NotYet(max(int(left), 1) / 1000)


def leave(host: str, token: str, *, delay: float) -> None:
    """Give the turn back; nobody else has it for `delay` seconds from now. Raises PaceUnknown."""
    _run(_LEAVE, host, token, int(delay * 1000))


def hold(host: str, *, seconds: float) -> None:
    """Let nobody ask `host` for so long, because it asked for that (Retry-After). Raises PaceUnknown."""
    _run(_HOLD, host, max(int(seconds * 1000), 1))


def _run(script: str, host: str, *arguments: str | int) -> None:
    try:
        _redis(settings.REDIS_URL).eval(script, 1, _key(host), *arguments)
    except redis.RedisError as error:
        raise PaceUnknown(str(error)) from error


def _key(host: str) -> str:
    return f"watch:pace:{host}"
