"""One look, weighed and written in one transaction while its watch is locked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from tracker.evidence.models import Snapshot
from tracker.watch.asking.outcomes import Failed, Wait
from tracker.watch.fetch import Fetched
from tracker.watch.finding import Finding
from tracker.watch.models import WORKED, Check, Memory, Outcome, Watch
from tracker.watch.recording import articles, versions
from tracker.watch.recording.snapshots import keep
from tracker.watch.rounds.jobs import Answer
from tracker.watch.rounds.next_look import next_look
from tracker.watch.weighing.proposals import Library
from tracker.watch.weighing.weigh import weigh


@dataclass(frozen=True)
class Seen:
    """A look at a watch: when, and what was answered."""

    watch: Watch
    at: datetime
    answer: Answer


@transaction.atomic
def record(seen: Seen, library: Library) -> Check:
    """Weigh and write one look; a look at the same moment is written once, and one that was overtaken by a later one
    not at all. Returns the check.
    """
    watch = Watch.objects.select_for_update(of=("self",)).select_related("source", "organization").get(pk=seen.watch.pk)
    done = Check.objects.filter(watch=watch, at__gte=seen.at).order_by("at").first()
    if done is not None:
        return done
    found = weigh(watch, seen.answer, at=seen.at, library=library)
    answer = None if isinstance(seen.answer, Failed) else seen.answer
    snapshot = keep(watch.source, answer, found.said) if answer and _is_worth_keeping(found) else None
    if found.outcome in (Outcome.FIRST, Outcome.CHANGED) and answer:
        told = _seen_first(watch, found) or snapshot or keep(watch.source, answer, found.said)
        version = versions.write(watch, told, found)
        versions.propose(version, found.proposals, at=seen.at)
        articles.expect(version, found.named, at=seen.at)
        snapshot = snapshot or told
    if found.memory is not None:
        remembered = Memory(watch=watch, content=found.memory)
        Memory.objects.bulk_create(
            [remembered], update_conflicts=True, unique_fields=["watch"], update_fields=["content"]
        )
    _remember_answer(watch, found, answer)
    _look_again(watch, found, seen)
    return Check.objects.create(
        watch=watch,
        at=seen.at,
        outcome=found.outcome,
        status=answer.status if answer else None,
        reason=found.reason,
        took=timedelta(seconds=answer.seconds) if answer else None,
        since=found.since,
        moved_to=answer.moved_to if answer else "",
        snapshot=snapshot,
    )


def _is_worth_keeping(found: Finding) -> bool:
    """A first reading, and what seems to have changed: its bytes are the evidence if it has."""
    return found.outcome == Outcome.FIRST or found.suspects


def _seen_first(watch: Watch, found: Finding) -> Snapshot | None:
    """The snapshot of the look at which a confirmed change was first seen."""
    if found.outcome != Outcome.CHANGED or found.since is None:
        return None
    check = watch.checks.filter(at=found.since, snapshot__isnull=False).select_related("snapshot").first()
    return check.snapshot if check else None


def _remember_answer(watch: Watch, found: Finding, answer: Fetched | None) -> None:
    """What the next question says of this answer. Of a suspected change nothing: it is to be answered whole again."""
    if answer is None or found.outcome not in WORKED:
        return
    watch.moved_to = answer.moved_to
    if found.asks_whole:
        watch.etag = watch.last_modified = watch.answered_by = watch.answer_sha256 = ""
    elif not answer.not_modified:
        watch.etag, watch.last_modified = answer.etag, answer.last_modified
        watch.answered_by, watch.answer_sha256 = answer.final_url, answer.body_sha256


def _look_again(watch: Watch, found: Finding, seen: Seen) -> None:
    wait = seen.answer.seconds if isinstance(seen.answer, Wait) else None
    if isinstance(seen.answer, Fetched):
        wait = seen.answer.retry_after if seen.answer.status in (429, 503) else None
    watch.next_check_at = next_look(
        Outcome.SUSPECTED if found.suspects else found.outcome,
        at=seen.at,
        every=watch.every,
        before=watch.last_outcome,
        second_look=settings.WATCH_SECOND_LOOK,
        wait=wait,
    )
    watch.last_outcome = found.outcome
    if found.outcome in WORKED:
        watch.verified, watch.worked_at = True, seen.at
    watch.save(
        update_fields=[
            "etag",
            "last_modified",
            "answered_by",
            "answer_sha256",
            "moved_to",
            "next_check_at",
            "last_outcome",
            "verified",
            "worked_at",
        ]
    )
