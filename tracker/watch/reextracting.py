"""A better extractor over old snapshots: versions and texts made anew, nothing told. Can be stopped and resumed."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction

from tracker.evidence import bodies
from tracker.evidence.claims import Citation
from tracker.evidence.models import Snapshot
from tracker.watch.kinds.entries import Unreadable
from tracker.watch.models import Memory as Remembered
from tracker.watch.models import Version, Watch
from tracker.watch.reading.memory import Memory
from tracker.watch.reading.page import EXTRACTOR
from tracker.watch.recording.versions import as_blocks
from tracker.watch.weighing.readings import page_of_snapshot, reread

_PAGES = (Watch.Kind.PAGE, Watch.Kind.PDF)


@dataclass
class Done:
    """How many snapshots were read anew, kept as they were, could not be read; how many memories were settled."""

    read: int = 0
    kept: int = 0
    unreadable: int = 0
    memories: int = 0


def reextract(*, told: Callable[[int, int], None] = lambda number, of: None) -> Done:
    """Read every snapshot of a watched page that today's extractor has not read. `told` hears how many of how many.

    Each is its own transaction, and one that is done is not done again. No check, lead or event is written. The text
    of a snapshot stays where a quote that is cited from it would no longer stand in it.
    """
    done = Done()
    waiting = list(_waiting().values_list("pk", flat=True))
    for number, pk in enumerate(waiting, 1):
        _read_anew(pk, done)
        told(number, len(waiting))
    for watch in Watch.objects.filter(kind__in=_PAGES, memory__isnull=False).iterator(chunk_size=200):
        done.memories += _settle(watch)
    return done


def _waiting() -> models.QuerySet[Version]:
    """The newest version of each snapshot that has none by today's extractor, in the order of time."""
    read = Version.objects.filter(watch=models.OuterRef("watch"), snapshot=models.OuterRef("snapshot"))
    newer = read.filter(pk__gt=models.OuterRef("pk"))
    old = Version.objects.filter(watch__kind__in=_PAGES).exclude(extractor=EXTRACTOR)
    return old.filter(~models.Exists(read.filter(extractor=EXTRACTOR)), ~models.Exists(newer)).order_by(
        "snapshot__fetched_at", "pk"
    )


@transaction.atomic
def _read_anew(pk: int, done: Done) -> None:
    version = Version.objects.select_related("watch", "snapshot__body__base").get(pk=pk)
    try:
        page = page_of_snapshot(version.snapshot, selectors=version.watch.selectors)
    except (Unreadable, bodies.Damaged):
        done.unreadable += 1
        return
    Version.objects.get_or_create(
        watch=version.watch,
        snapshot=version.snapshot,
        extractor=EXTRACTOR,
        defaults=as_blocks(page.texts),
    )
    text = "\n\n".join(page.texts)
    if any(quote not in text for quote in _quotes(version.snapshot)):
        done.kept += 1
        return
    Snapshot.objects.filter(pk=version.snapshot.pk).update(
        text=text, text_sha256=hashlib.sha256(text.encode()).hexdigest(), extractor=EXTRACTOR
    )
    done.read += 1


def _quotes(snapshot: Snapshot) -> Iterator[str]:
    """What is cited from this snapshot, word for word, by claims of every kind."""
    for table in apps.get_models():
        if issubclass(table, Citation):
            yield from (
                table._default_manager.filter(snapshot=snapshot).exclude(quote="").values_list("quote", flat=True)
            )


@transaction.atomic
def _settle(watch: Watch) -> int:
    kept = Remembered.objects.select_for_update().get(watch=watch)
    memory = Memory.of_json(kept.content)
    if memory.extractor == EXTRACTOR:
        return 0
    kept.content = reread(watch, memory).as_json()
    kept.save(update_fields=["content"])
    return 1
