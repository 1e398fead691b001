"""Looks that found what was known already, many at once: they are most of all looks, and cost two statements."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction

from tracker.watch.fetch import Fetched
from tracker.watch.models import Check, Outcome
from tracker.watch.recording.checks import Seen

_SAME_BYTES = "the same bytes"
_NOT_MODIFIED = "the server says so (304)"
# Whoever has looked at this page since, or seen something else at it and so changed what is remembered of its answer,
# knows better: then that stands, and this look is none.
_UPDATE = """
    UPDATE watch_watch AS watch
       SET next_check_at = look.at + watch.every, worked_at = look.at, last_outcome = 'unchanged', verified = TRUE
      FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::text[]) AS look (id, at, etag, sha256)
     WHERE watch.id = look.id AND watch.etag = look.etag AND watch.answer_sha256 = look.sha256
       AND NOT EXISTS (SELECT FROM watch_check AS later WHERE later.watch_id = look.id AND later.at > look.at)
 RETURNING watch.id
"""


def is_unchanged(seen: Seen) -> bool:
    """Whether the answer says by itself that nothing is new: a 304, or the very bytes of the last answer."""
    answer, watch = seen.answer, seen.watch
    if not isinstance(answer, Fetched) or answer.moved_to != watch.moved_to or not watch.answer_sha256:
        return False
    return answer.not_modified or (answer.status == 200 and answer.body_sha256 == watch.answer_sha256)


@transaction.atomic
def record(looks: Sequence[Seen]) -> None:
    """Write looks for which `is_unchanged` holds. Looks at the same moment are written once."""
    with connection.cursor() as cursor:
        cursor.execute(
            _UPDATE,
            [
                [seen.watch.pk for seen in looks],
                [seen.at for seen in looks],
                [seen.watch.etag for seen in looks],
                [seen.watch.answer_sha256 for seen in looks],
            ],
        )
        stands = {pk for (pk,) in cursor.fetchall()}
    Check.objects.bulk_create([_check(seen) for seen in looks if seen.watch.pk in stands], ignore_conflicts=True)


def _check(seen: Seen) -> Check:
    answer = seen.answer
    assert isinstance(answer, Fetched)
    return Check(
        watch_id=seen.watch.pk,
        at=seen.at,
        outcome=Outcome.UNCHANGED,
        status=answer.status,
        reason=_NOT_MODIFIED if answer.not_modified else _SAME_BYTES,
        took=timedelta(seconds=answer.seconds),
        moved_to=answer.moved_to,
    )
