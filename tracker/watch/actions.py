"""Verbs: start to watch a page, look at what is due, look at one watch now, rule on a habit, follow a page that moved.

The network is asked outside of any transaction; what came of it is weighed and written in one. A machine never
publishes here: the most it writes is a Lead.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeGuard

from django.contrib.auth.models import User
from django.db import transaction

from tracker.evidence.actions import know_source
from tracker.evidence.models import Source
from tracker.organizations.models import Organization
from tracker.watch import fetch
from tracker.watch.asking.outcomes import RobotsUnreachable, Wait
from tracker.watch.finding import Finding
from tracker.watch.models import Article, Check, Memory, Ruling, Watch
from tracker.watch.reading.look import start_anew
from tracker.watch.recording import articles, unchanged
from tracker.watch.recording.checks import Seen, record
from tracker.watch.recording.steadily import kept_or_said, through_a_restart
from tracker.watch.rounds.claims import OF_A_HOST, ROUND, claim_due, give_back
from tracker.watch.rounds.jobs import Answer, Job, of_article, of_watch
from tracker.watch.rounds.round import SECONDS, THREADS, Answered, run
from tracker.watch.weighing.proposals import Library
from tracker.watch.weighing.weigh import weigh


@transaction.atomic
def watch_page(
    url: str,
    *,
    organization: Organization | None = None,
    title: str = "",
    kind: str = Watch.Kind.PAGE,
    every: timedelta = timedelta(days=1),
) -> Watch:
    """Start to watch the page at `url`; the watch there is already, if there is one. Raises ValueError for a
    bad address.
    """
    source = know_source(
        url,
        title=title or url,
        kind=Source.Kind.OFFICIAL,
        publisher=organization.name if organization else "",
    )
    watch, _ = Watch.objects.get_or_create(
        source=source, defaults={"organization": organization, "every": every, "kind": kind}
    )
    return watch


def check(watch: Watch, *, now: datetime, limits: fetch.Limits = fetch.USUAL) -> Check:
    """Look at `watch` at `now` and record what came of it. A second call with the same `now` changes nothing.

    Raises Wait, with nothing recorded but the time of the next try, when the site must not be asked just now.
    """
    done = Check.objects.filter(watch=watch, at=now).first()
    if done is not None:
        return done
    return record(Seen(watch, now, _asked_or_put_off(of_watch(watch, limits), now=now)), Library())


def would_find(watch: Watch, *, now: datetime, limits: fetch.Limits = fetch.USUAL) -> Finding:
    """What a look at `watch` would come to. Asks the site and writes nothing. Raises Wait."""
    return weigh(watch, _asked(of_watch(watch, limits), now=now), at=now, library=Library())


def read_article(article: Article, *, now: datetime, limits: fetch.Limits = fetch.USUAL) -> Article:
    """Read the page of an article that waits, at `now`. Raises Wait as `check` does."""
    answer = _asked_or_put_off(of_article(article, limits), now=now)
    articles.record(article, answer, at=now, library=Library())
    article.refresh_from_db()
    return article


def _asked_or_put_off(job: Job, *, now: datetime) -> Answer:
    """What the site answers. Raises Wait, with the time of the next try recorded."""
    try:
        return _asked(job, now=now)
    except Wait as wait:
        _put_off(job, wait, now=now)
        raise


def _asked(job: Job, *, now: datetime) -> Answer:
    """What the site answers through a door of its own. Raises Wait where that says nothing of the site."""
    with fetch.Door() as door:
        answer = job.ask(door, now=now)
    if _is_no_fact(answer):
        raise answer
    return answer


def look_at_due(
    *,
    clock: Callable[[], datetime],
    limit: int = ROUND,
    of_a_host: int | None = OF_A_HOST,
    threads: int = THREADS,
    seconds: float = SECONDS,
    limits: fetch.Limits = fetch.USUAL,
    told: Callable[[int], None] = lambda number: None,
) -> int:
    """One round over what is due: watches and articles. Returns how many were looked at.

    `clock` gives the moment of each look; `told` hears how many more have been recorded. What the round does not get
    to in `seconds` is given back.
    """
    claimed = clock()
    jobs = [replace(job, limits=limits) for job in claim_due(now=claimed, limit=limit, of_a_host=of_a_host)]
    library = Library()
    looked = 0

    def write(batch: list[Answered]) -> None:
        nonlocal looked
        through_a_restart(lambda: _record_all(batch, library))
        looked += len(batch)
        told(len(batch))

    left = run(jobs, write, clock=clock, threads=threads, seconds=seconds)
    if left:
        give_back(left, now=clock(), claimed=claimed)
    return looked


def _record_all(batch: list[Answered], library: Library) -> None:
    """Write what a round brings: what is unchanged together, everything else one by one. What is written already is
    not written again.
    """
    same: list[Seen] = []
    other: list[Seen] = []
    for one in batch:
        if _is_no_fact(one.answer):
            _put_off(one.job, one.answer, now=one.at)
        elif one.job.article is not None:
            write = partial(articles.record, one.job.article, at=one.at, library=library)
            kept_or_said(write, one.answer, url=one.job.url)
        else:
            seen = Seen(one.job.watch, one.at, one.answer)
            (same if unchanged.is_unchanged(seen) else other).append(seen)
    if same:
        unchanged.record(same)
    for seen in other:
        _record_one(seen, library)


def _record_one(seen: Seen, library: Library) -> None:
    kept_or_said(lambda answer: record(replace(seen, answer=answer), library), seen.answer, url=seen.watch.source.url)


def _is_no_fact(answer: Answer) -> TypeGuard[Wait]:
    """Whether it says nothing of the site: somebody else's turn, or Redis does not answer."""
    return isinstance(answer, Wait) and not isinstance(answer, RobotsUnreachable)


def _put_off(job: Job, answer: Wait, *, now: datetime) -> None:
    then = now + timedelta(seconds=answer.seconds)
    if job.article is not None:
        Article.objects.filter(pk=job.article.pk, state=Article.State.WAITING).update(due_at=then)
    else:
        Watch.objects.filter(pk=job.watch.pk).update(next_check_at=then)


@transaction.atomic
def rule(watch: Watch, key: str, words: str, *, is_news: bool, by: User, now: datetime) -> Ruling:
    """An editor's word on a habit of the page: from the next look on it is news, or noise, whatever was learned."""
    ruling, _ = Ruling.objects.update_or_create(
        watch=watch, key=key, defaults={"words": words, "is_news": is_news, "by": by, "at": now}
    )
    _ask_whole(watch)
    return ruling


@transaction.atomic
def unrule(ruling: Ruling) -> None:
    """Take an editor's word back: what was learned counts again."""
    _ask_whole(ruling.watch)
    ruling.delete()


@transaction.atomic
def take_as_new(watch: Watch) -> None:
    """An editor's word that what stands there now is what the page has become: all of it is new at the next look."""
    Memory.objects.update_or_create(watch=watch, defaults={"content": start_anew().as_json()})
    _ask_whole(watch)


@transaction.atomic
def follow_move(watch: Watch) -> Watch:
    """Look from now on where the page says it has moved. What was seen at the old address stays with it.

    Raises ValueError where it has not moved, or what is there is watched already.
    """
    watch = Watch.objects.select_for_update(of=("self",)).select_related("source", "organization").get(pk=watch.pk)
    if not watch.moved_to:
        raise ValueError(f"{watch} has not moved")
    old = watch.source
    source = know_source(watch.moved_to, title=old.title, kind=old.kind, publisher=old.publisher)
    if Watch.objects.filter(source=source).exclude(pk=watch.pk).exists():
        raise ValueError(f"{source.url} is watched already")
    watch.source, watch.moved_to = source, ""
    watch.save(update_fields=["source", "moved_to"])
    return watch


def _ask_whole(watch: Watch) -> None:
    """The next answer is to be read whole, although its bytes may be the same."""
    Watch.objects.filter(pk=watch.pk).update(etag="", last_modified="", answered_by="", answer_sha256="")
