"""Old snapshots read by today's extractor: what is remembered of a page stays comparable, and nothing is news."""

from tracker.evidence import bodies
from tracker.evidence.models import Snapshot
from tracker.watch.asking import charset as charsets
from tracker.watch.kinds.pdf.reading import text_of
from tracker.watch.models import Watch
from tracker.watch.reading.look import resettle
from tracker.watch.reading.memory import Memory
from tracker.watch.reading.page import Page, read

PDF = "application/pdf"


def page_of(body: bytes, content_type: str, *, url: str, selectors: list[str] | None = None) -> Page:
    """The page in `body`, a PDF as its paragraphs. `content_type` is the whole header. Raises Unreadable."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == PDF or body.startswith(b"%PDF-"):
        return read("\n\n".join(text_of(body)), "text/plain", url=url)
    text = charsets.decode(body, charsets.of(body, content_type))
    return read(text, kind, url=url, selectors=selectors or ())


def page_of_snapshot(snapshot: Snapshot, *, selectors: list[str] | None = None) -> Page:
    """The page that was kept, as today's extractor reads it. Raises Unreadable or bodies.Damaged."""
    body = bodies.content_of(snapshot.body)
    return page_of(body, snapshot.headers.get("content-type", ""), url=snapshot.final_url, selectors=selectors)


def reread(watch: Watch, memory: Memory) -> Memory:
    """What an older extractor remembered, with the page that settled read anew by today's."""
    version = watch.versions.select_related("snapshot__body").order_by("-snapshot__fetched_at", "-pk").first()
    if version is None:
        return memory
    return resettle(memory, page_of_snapshot(version.snapshot, selectors=watch.selectors))
