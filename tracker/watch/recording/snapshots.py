"""An answer as the snapshot of its source."""

from collections.abc import Sequence

from tracker.evidence.actions import store_snapshot
from tracker.evidence.models import Snapshot, Source
from tracker.watch.fetch import Fetched
from tracker.watch.reading.page import EXTRACTOR


def keep(source: Source, answer: Fetched, said: Sequence[str]) -> Snapshot:
    """Keep what `source` answered, with the blocks that today's extractor read in it."""
    return store_snapshot(
        source,
        fetched_at=answer.fetched_at,
        final_url=answer.final_url,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        hops=answer.hops_as_json(),
        text="\n\n".join(said),
        extractor=EXTRACTOR,
    )
