"""Taking what is due, each watch and article by one caller; giving back what was not got to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from tracker.watch.models import Article, Watch
from tracker.watch.rounds.jobs import Job, of_article, of_watch

# How long a claimed check may take before another worker may take it up.
LEASE = timedelta(minutes=15)
# So many for one round; of one host no more than it can be asked, politely, while the round lasts.
ROUND = 2_000
OF_A_HOST = 100

M = TypeVar("M", Watch, Article)


@transaction.atomic
def claim_due(*, now: datetime, limit: int = ROUND, of_a_host: int | None = OF_A_HOST) -> list[Job]:
    """What is due at `now` as jobs, articles first; nobody else is given them before the lease ends.

    Of one host no more than `of_a_host` (None: any number).
    """
    counted: Counter[str] = Counter()
    articles = Article.objects.filter(state=Article.State.WAITING, due_at__lte=now, watch__state=Watch.State.ACTIVE)
    waiting = articles.select_related("watch__source").select_for_update(of=("self",), skip_locked=True)
    first = _within([of_article(one) for one in waiting.order_by("due_at", "pk")[:limit]], counted, of_a_host)
    Article.objects.filter(pk__in=[job.article.pk for job in first if job.article]).update(due_at=now + LEASE)
    due = Watch.objects.due(now).select_related("source").select_for_update(of=("self",), skip_locked=True)
    then = _within([of_watch(one) for one in due[: max(limit - len(first), 0)]], counted, of_a_host)
    Watch.objects.filter(pk__in=[job.watch.pk for job in then]).update(next_check_at=now + LEASE)
    return [*first, *then]


def _within(jobs: Iterable[Job], counted: Counter[str], most: int | None) -> list[Job]:
    chosen = []
    for job in jobs:
        counted[job.host] += 1
        if most is None or counted[job.host] <= most:
            chosen.append(job)
    return chosen


def give_back(jobs: Sequence[Job], *, now: datetime, claimed: datetime) -> None:
    """Let others have what was claimed at `claimed` and not got to: it is due again at `now`."""
    until = claimed + LEASE
    watches = [job.watch.pk for job in jobs if job.article is None]
    articles = [job.article.pk for job in jobs if job.article is not None]
    Watch.objects.filter(Q(next_check_at=until), pk__in=watches).update(next_check_at=now)
    Article.objects.filter(Q(due_at=until), pk__in=articles).update(due_at=now)
