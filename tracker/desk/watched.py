"""What editors see of the watch, and do about it: every watch, one watch with its habits, and the verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db.models import Count, F, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from kombu.exceptions import OperationalError

from tracker.desk.refusals import Refused
from tracker.watch import actions
from tracker.watch.models import Article, Check, Memory, Report, Ruling, Version, Watch
from tracker.watch.reading.habits import Habit
from tracker.watch.reading.memory import Memory as Remembered
from tracker.watch.tasks import check

SHOWN = 50
# A version carries the whole text of its page.
VERSIONS = 10
BLOCKS = 30
FILTERS = {"all": "All", "hand": "Need a hand", "unverified": "Not verified yet", "paused": "Paused"}


def watches(which: str) -> QuerySet[Watch]:
    """The watches of a filter with their open reports, `reported`, those with the newest report first. Two queries."""
    found = Watch.objects.select_related("source", "organization").with_report()
    if which == "hand":
        found = found.in_need_of_a_hand()
    elif which == "unverified":
        found = found.filter(verified=False)
    elif which == "paused":
        found = found.filter(state=Watch.State.PAUSED)
    still = Report.objects.filter(taken_back_at=None).order_by("-reported_at")
    found = found.prefetch_related(Prefetch("reports", still, to_attr="reported"))
    return found.order_by(F("since").desc(nulls_last=True), "source__title", "pk")


@dataclass(frozen=True)
class Known:
    """A habit of the page, and what an editor has said of it."""

    key: str
    words: str
    habit: Habit | None
    ruling: Ruling | None


@dataclass(frozen=True)
class Told:
    """A version with the first blocks that were new and that were gone, and on how many other pages the same was."""

    version: Version
    added: list[str]
    removed: list[str]

    @property
    def is_first(self) -> bool:
        """Whether it is a first reading, of which nothing is new."""
        return not self.version.added and not self.version.removed

    @property
    def more(self) -> int:
        """How many blocks are not shown."""
        return len(self.version.added) + len(self.version.removed) - len(self.added) - len(self.removed)


@dataclass(frozen=True)
class Seen:
    """One watch with what was seen and learned there."""

    watch: Watch
    checks: list[Check]
    reports: list[Report]
    versions: list[Told]
    articles: list[Article]
    habits: list[Known]
    replaced: bool


def seen(pk: int) -> Seen:
    """One watch. Seven queries. Raises Http404."""
    watch = get_object_or_404(Watch.objects.select_related("source", "organization"), pk=pk)
    versions = watch.versions.select_related("snapshot__source").annotate(again=Count("told_again"))
    reports = list(watch.reports.order_by(F("taken_back_at").asc(nulls_first=True), "-reported_at")[:SHOWN])
    return Seen(
        watch=watch,
        checks=list(watch.checks.select_related("snapshot__source")[:SHOWN]),
        reports=reports,
        versions=[_told(one) for one in versions.order_by("-pk")[:VERSIONS]],
        articles=list(watch.articles.all()[:SHOWN]),
        habits=_habits(watch),
        replaced=any(one.kind == Report.Kind.REPLACED and one.taken_back_at is None for one in reports),
    )


def _told(version: Version) -> Told:
    added = [version.blocks[place] for place in version.added[:BLOCKS] if place < len(version.blocks)]
    return Told(version, added, version.removed[:BLOCKS])


def _habits(watch: Watch) -> list[Known]:
    kept = Memory.objects.filter(watch=watch).first()
    is_page = watch.kind in (Watch.Kind.PAGE, Watch.Kind.PDF)
    learned = Remembered.of_json(kept.content).habits if kept and is_page else ()
    rulings = {ruling.key: ruling for ruling in watch.rulings.select_related("by")}
    known = [Known(habit.key, habit.what, habit, rulings.pop(habit.key, None)) for habit in learned]
    return known + [Known(key, ruling.words, None, ruling) for key, ruling in rulings.items()]


def do(watch: Watch, verb: str, *, key: str, by: User, now: datetime) -> str:
    """Do what an editor asks of a watch. Returns what was done, in words. Raises Refused."""
    verbs: dict[str, Callable[[], str]] = {
        "look": lambda: _look(watch),
        "pause": lambda: _set(watch, Watch.State.PAUSED, "It is paused."),
        "resume": lambda: _set(watch, Watch.State.ACTIVE, "It is watched again."),
        "follow": lambda: _follow(watch),
        "take": lambda: _take(watch),
        "news": lambda: _rule(watch, key, by, now, is_news=True),
        "noise": lambda: _rule(watch, key, by, now, is_news=False),
        "unrule": lambda: _unrule(watch, key),
    }
    if verb not in verbs:
        raise Refused(f"“{verb[:40]}” is nothing that can be done with a watch.")
    with pghistory.context(user=by.pk):
        return verbs[verb]()


def _look(watch: Watch) -> str:
    try:
        check.delay(watch.pk)
    except OperationalError as error:
        raise Refused("The queue cannot be reached, so nobody was asked to look. Try again in a minute.") from error
    return "It will be looked at as soon as a worker is free."


def _set(watch: Watch, state: str, said: str) -> str:
    Watch.objects.filter(pk=watch.pk).update(state=state)
    return said


def _follow(watch: Watch) -> str:
    try:
        return f"From now on {actions.follow_move(watch).source.url} is watched."
    except ValueError as error:
        raise Refused(f"{error}.") from error


def _take(watch: Watch) -> str:
    actions.take_as_new(watch)
    return "At the next look all that stands there is new."


def _rule(watch: Watch, key: str, by: User, now: datetime, *, is_news: bool) -> str:
    known = next((one for one in _habits(watch) if one.key == key), None)
    if known is None:
        raise Refused("This habit is not remembered any more.")
    actions.rule(watch, key, known.words, is_news=is_news, by=by, now=now)
    return "It is news from now on." if is_news else "It is noise here from now on."


def _unrule(watch: Watch, key: str) -> str:
    ruling = watch.rulings.filter(key=key).first()
    if ruling is None:
        raise Refused("Nobody has ruled on this habit.")
    actions.unrule(ruling)
    return "What was learned counts again."
