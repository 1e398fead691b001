"""What a list has named: expected when it is named, read once when its time has come."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from tracker.dates import PartialDate
from tracker.evidence.actions import know_source
from tracker.evidence.models import Source
from tracker.watch.asking.outcomes import Failed, Refused, RobotsForbid
from tracker.watch.fetch import Fetched
from tracker.watch.finding import Finding, Named
from tracker.watch.kinds.entries import Entry, Unreadable
from tracker.watch.models import Article, Outcome, Version
from tracker.watch.proposing.published import published_on
from tracker.watch.reading.look import look
from tracker.watch.reading.page import Page
from tracker.watch.recording import versions
from tracker.watch.recording.snapshots import keep
from tracker.watch.rounds.jobs import Answer
from tracker.watch.weighing.proposals import Library
from tracker.watch.weighing.readings import page_of

# Between one try and the next; after the last one, what the list itself said is all there will be.
PAUSES = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))


def expect(version: Version, named: Sequence[Named], *, at: datetime) -> None:
    """Have the pages that `version` named read once: not at once, so that what is taken back at once is not read."""
    Article.objects.bulk_create(
        [
            Article(
                watch=version.watch,
                named_in=version,
                first_block=one.first,
                last_block=one.last,
                key=_key(one.entry),
                link=one.entry.link,
                title=one.entry.title,
                published_on=one.entry.published,
                found_at=at,
                due_at=at + settings.WATCH_SECOND_LOOK,
            )
            for one in named
            if one.entry.link
        ],
        ignore_conflicts=True,
    )


def _key(entry: Entry) -> str:
    """An entry is one article; worded anew it is another one, to be read again."""
    worded = f"{entry.title}\n{entry.text}" if entry.edited else ""
    return hashlib.sha256(f"{entry.key}\n{worded}".encode()).hexdigest()


@transaction.atomic
def record(article: Article, answer: Answer, *, at: datetime, library: Library) -> None:
    """Write what the page of `article` said at `at`, or when it is tried again."""
    article = Article.objects.select_for_update(of=("self",)).select_related("watch__source").get(pk=article.pk)
    if article.state != Article.State.WAITING:
        return
    page, why = _page(answer, at)
    if page is None or isinstance(answer, Failed):
        _try_again(article, why, at=at, final=isinstance(answer, Refused | RobotsForbid), library=library)
        return
    article.version = _version(article, answer, page, at=at, library=library)
    article.state, article.due_at, article.reason = Article.State.READ, None, ""
    article.save(update_fields=["state", "due_at", "reason", "version"])


def _page(answer: Answer, at: datetime) -> tuple[Page | None, str]:
    if isinstance(answer, Failed):
        return None, answer.reason
    try:
        page = page_of(answer)
    except Unreadable as unreadable:
        return None, unreadable.reason
    seen = look(None, page, at=at, status=answer.status)
    return (page, "") if seen.outcome == "first" else (None, seen.reason)


def _version(article: Article, answer: Fetched, page: Page, *, at: datetime, library: Library) -> Version:
    day = article.published_on or published_on(answer.text, seen=at.date())
    watch = article.watch
    source = know_source(
        answer.final_url,
        title=article.title or page.title,
        kind=Source.Kind.OFFICIAL,
        publisher=watch.organization.name if watch.organization else "",
        published_on=PartialDate(day),
    )
    snapshot = keep(source, answer, page.texts)
    added = tuple(range(len(page.texts)))
    found = library.proposals(page.texts, published=day, new=added)
    version = versions.write(watch, snapshot, Finding(Outcome.CHANGED, texts=page.texts, added=added))
    versions.propose(version, found, at=at)
    return version


def _try_again(article: Article, why: str, *, at: datetime, final: bool, library: Library) -> None:
    article.reason = why
    if final or article.tries >= len(PAUSES):
        article.state, article.due_at = Article.State.FAILED, None
        named = article.named_in
        places = range(article.first_block, article.last_block)
        day = article.published_on or article.found_at.date()
        versions.propose(named, library.proposals(named.blocks, published=day, new=places), at=at)
    else:
        article.due_at = at + PAUSES[article.tries]
        article.tries += 1
    article.save(update_fields=["state", "due_at", "reason", "tries"])
