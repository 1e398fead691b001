"""What may go wrong at the door, as typed failures. Every one carries words fit to be shown and stored."""


class Failed(Exception):
    """Nothing was fetched. `reason` says why, in words for an editor; `code` is the stored name of the
    kind.
    """

    code = "error"

    def __init__(self, url: str, reason: str) -> None:
        # What a hostile answer puts into its reason must not keep the reason from being stored.
        reason = reason.replace("\0", "").encode(errors="replace").decode()
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class Refused(Failed):
    """We do not go there: a forbidden address, scheme, port, or an endless redirect."""

    code = "refused"


class TooLarge(Failed):
    """The answer was larger than allowed, before or after decompression."""

    code = "too_large"


class TooSlow(Failed):
    """The answer was not complete when the whole time was used up."""

    code = "too_slow"


class RobotsForbid(Failed):
    """The site's robots.txt asks us not to read this page."""

    code = "robots"


class Unreachable(Failed):
    """No usable answer: name, connection, certificate or protocol failed."""

    code = "unreachable"


class Wait(Failed):
    """Not now, but in so many seconds.

    `is_of_the_pace`: another request to this host was made a moment ago, which says nothing about the site. Otherwise
    it is a fact about it: its robots.txt cannot be reached; or about us: Redis does not answer.
    """

    code = "wait"

    def __init__(self, url: str, reason: str, seconds: float, *, is_of_the_pace: bool = False) -> None:
        super().__init__(url, reason)
        self.seconds = seconds
        self.is_of_the_pace = is_of_the_pace


class RobotsUnreachable(Wait):
    """The site cannot say what it allows, so it is not asked until it can (RFC 9309, 2.3.1.4)."""


def causes(error: BaseException) -> list[BaseException]:
    """The error and everything it came from, the outermost first."""
    found: list[BaseException] = []
    queue: list[object] = [error]
    while queue:
        item = queue.pop()
        if not isinstance(item, BaseException) or item in found:
            continue
        found.append(item)
        queue += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
    return found
