"""What may befall a site, by name."""

from collections.abc import Callable

from tests.faults.watch import answers, pages, walls
from tests.faults.watch.answers import says
from tests.faults.watch.certificates import Authority
from tests.faults.watch.playing import Sickness
from tests.faults.watch.sites import Answer

ERROR, BLOCKED, REFUSED = frozenset({"error"}), frozenset({"blocked"}), frozenset({"refused"})
UNCHANGED = frozenset({"unchanged"})
LATE = "not complete after"
MEGABYTES = 1_000_000


def _always(answer: Answer) -> Callable[[], Answer]:
    return lambda: answer


def _body(body: Callable[[], str | bytes], **how: str) -> Callable[[], Answer]:
    return lambda: says(body(), **how)


def _nested(tag: str) -> str:
    """Ten megabytes of one tag in another, with the page at the bottom."""
    return f"<{tag}>" * (10 * MEGABYTES // (len(tag) + 2) - 1_000) + pages.POLICY


def _robots(rule: str) -> bytes:
    """A robots.txt of 5 MB whose first group is for everybody and holds `rule`."""
    begins = f"User-agent: *\n{rule}\n"
    return (begins + "".join(f"Disallow: /private/{number}*/x$\n" for number in range(180_000))).encode()[
        : 5 * MEGABYTES
    ]


def _page_with(comment: str) -> str:
    """The page as ever, in other bytes: one that comes in the same bytes is not even read."""
    return pages.page(pages.POLICY, f"<!-- {comment} -->")


def _plain(**how: str) -> Callable[[], Answer]:
    return _body(lambda: _page_with("again"), **how)


SITES: dict[str, Sickness] = {
    "hangs": Sickness(ERROR, LATE, _always(answers.hangs)),
    "trickles its body": Sickness(ERROR, LATE, _always(answers.trickles_body)),
    "trickles its headers": Sickness(ERROR, LATE, _always(answers.trickles_headers)),
    "trickles chunks": Sickness(ERROR, LATE, _always(answers.trickles_chunks)),
    "100 Continue for ever": Sickness(ERROR, "", _always(answers.goes_on)),
    "resets": Sickness(ERROR, "", _always(answers.resets)),
    "resets within the body": Sickness(ERROR, "", _always(answers.resets_within)),
    "breaks off": Sickness(ERROR, "broke off", _always(answers.breaks_off)),
    "200: not found": Sickness(BLOCKED, "error page", _body(lambda: walls.NOT_FOUND)),
    "200: challenge": Sickness(BLOCKED, "bot wall", _body(lambda: walls.CHALLENGE)),
    "200: maintenance": Sickness(BLOCKED, "maintenance", _body(lambda: walls.MAINTENANCE)),
    "200: login": Sickness(BLOCKED, "login", _body(lambda: walls.LOGIN)),
    "200: traceback": Sickness(BLOCKED | ERROR, "", _body(lambda: walls.TRACEBACK)),
    "200: nothing": Sickness(BLOCKED, "empty answer", _body(str)),
    "503: maintenance": Sickness(
        BLOCKED,
        "maintenance",
        _body(lambda: walls.MAINTENANCE, status="503 Service Unavailable", more="Retry-After: 120\r\n"),
    ),
    "500": Sickness(ERROR, "500", _body(lambda: walls.TRACEBACK, status="500 Oops")),
    "gzip bomb": Sickness(ERROR, "after decompression", answers.bomb),
    "gzip bomb in gzip": Sickness(ERROR, "", answers.bomb_twice),
    "10 MB of nested div": Sickness(BLOCKED | ERROR | UNCHANGED, "", _body(lambda: _nested("div"))),
    "10 MB of nested b": Sickness(BLOCKED | ERROR | UNCHANGED, "", _body(lambda: _nested("b"))),
    "10 MB of nested table": Sickness(BLOCKED | ERROR | UNCHANGED, "", _body(lambda: _nested("table"))),
    "charset: header says ASCII": Sickness(UNCHANGED, "", _plain(kind="text/html; charset=us-ascii")),
    "charset: header says Latin 1": Sickness(UNCHANGED, "", _plain(kind="text/html; charset=iso-8859-1")),
    "charset: header says UTF-16": Sickness(UNCHANGED, "", _plain(kind="text/html; charset=utf-16")),
    "charset: header says nonsense": Sickness(UNCHANGED, "", _plain(kind="text/html; charset=klingon")),
    "charset: UTF-8 said, is not": Sickness(UNCHANGED, "", _body(lambda: _page_with("again").encode("windows-1252"))),
    "charset: meta says Shift JIS": Sickness(
        UNCHANGED,
        "",
        _body(lambda: _page_with("again").replace("<title>", "<meta charset=shift_jis><title>"), kind="text/html"),
    ),
    "charset: undecodable": Sickness(BLOCKED | ERROR, "", _body(lambda: bytes(range(128, 256)) * 400)),
    "redirects in a circle": Sickness(REFUSED, "redirects", _always(answers.turns_in_a_circle)),
    "redirects to ever new places": Sickness(REFUSED, "redirects", answers.leads_on),
    "certificate expired": Sickness(ERROR, "expired", certificate=Authority.expired),
    "certificate of another": Sickness(ERROR, "not valid for", certificate=Authority.of_another),
    "certificate signed by itself": Sickness(ERROR, "self-signed", certificate=Authority.self_signed),
    "robots.txt of 5 MB, allows": Sickness(UNCHANGED, "", robots=lambda: says(_robots("Allow: /"), kind="text/plain")),
    "robots.txt of 5 MB, forbids": Sickness(
        REFUSED, "robots.txt", robots=lambda: says(_robots("Disallow: /news"), kind="text/plain")
    ),
    "robots.txt of 15 MB": Sickness(UNCHANGED, "", robots=lambda: says(b"#" * 15 * MEGABYTES, kind="text/plain")),
    "robots.txt is a bomb": Sickness(UNCHANGED, "", robots=answers.bomb),
    "robots.txt hangs": Sickness(ERROR, "robots.txt", robots=_always(answers.hangs)),
    "robots.txt trickles": Sickness(ERROR, "robots.txt", robots=_always(answers.trickles_body)),
    "robots.txt resets": Sickness(ERROR, "robots.txt", robots=_always(answers.resets)),
    "robots.txt 503": Sickness(ERROR, "robots.txt", robots=lambda: says("Busy", status="503 Service Unavailable")),
    "robots.txt redirects in a circle": Sickness(UNCHANGED, "", robots=_always(answers.turns_in_a_circle)),
    "feed: a billion laughs": Sickness(
        BLOCKED | ERROR | frozenset({"empty"}),
        "",
        _body(lambda: walls.LAUGHS, kind="application/rss+xml"),
        kind="feed",
        well=_body(lambda: walls.FEED, kind="application/rss+xml"),
    ),
}
