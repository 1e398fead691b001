"""Bytes as the page that today's extractor reads in them: of an answer, or of an old snapshot, which is no news."""

from collections.abc import Sequence

from tracker.evidence import bodies
from tracker.evidence.models import Snapshot
from tracker.watch.asking import charset as charsets
from tracker.watch.fetch import Fetched
from tracker.watch.kinds.entries import Unreadable
from tracker.watch.kinds.pdf.reading import text_of
from tracker.watch.models import Watch
from tracker.watch.reading.look import resettle
from tracker.watch.reading.memory import Memory
from tracker.watch.reading.page import Page, read

PDF = "application/pdf"
# Of what says nothing of its type it is seen what it is.
TEXTUAL = frozenset(
    {"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/xml", "text/xml"}
)
# Of any other status the page says why, in whatever form.
_ANSWERED = frozenset({200, 203})


class NotText(Unreadable):
    """What was answered is neither text nor a PDF."""


def page_of(answer: Fetched, *, selectors: Sequence[str] = ()) -> Page:
    """The page that was answered, a PDF as its paragraphs. Raises Unreadable, as NotText for a picture and its like."""
    kind = answer.content_type
    if answer.status in _ANSWERED and kind not in TEXTUAL and not _is_pdf(answer.body, kind):
        raise NotText(f"not a page of text but {kind[:60]}")
    return _page(answer.body, kind, answer.charset, url=answer.final_url, selectors=selectors)


def page_of_snapshot(snapshot: Snapshot, *, selectors: Sequence[str] = ()) -> Page:
    """The page that was kept. Raises Unreadable or bodies.Damaged."""
    body, header = bodies.content_of(snapshot.body), snapshot.headers.get("content-type", "")
    kind = header.partition(";")[0].strip().lower()
    return _page(body, kind, charsets.of(body, header), url=snapshot.final_url, selectors=selectors)


def _is_pdf(body: bytes, kind: str) -> bool:
    return kind == PDF or body.startswith(b"%PDF-")


def _page(body: bytes, kind: str, charset: str, *, url: str, selectors: Sequence[str]) -> Page:
    if _is_pdf(body, kind):
        return read("\n\n".join(text_of(body)), "text/plain", url=url)
    return read(charsets.decode(body, charset), kind, url=url, selectors=selectors)


def reread(watch: Watch, memory: Memory) -> Memory:
    """What an older extractor remembered, with the page that settled read anew by today's."""
    version = watch.versions.select_related("snapshot__body").order_by("-snapshot__fetched_at", "-pk").first()
    if version is None:
        return memory
    return resettle(memory, page_of_snapshot(version.snapshot, selectors=watch.selectors))
