"""The rules of `lifecycle.py` as QuerySet methods, for lists. The day is an argument.

`effective(on)` picks, for each commitment, the last published term that was declared and is effective by `on`;
a later one that is declared but not yet effective is pending and counts only where nothing runs.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from tracker.commitments.lifecycle import NOTICE, STOPS, Action, EndKind, State

if TYPE_CHECKING:
    from tracker.commitments.models import Commitment, Term  # noqa: F401  # named in the quoted type arguments below

_STOPPING = tuple(STOPS)
_ONE_DAY = timedelta(days=1)


def _lapsed(on: date) -> Q:
    """A fixed end that has passed: its last day is over, or it is the very day."""
    over = Q(ends_on__endswith__lte=on)
    if on < date.max:  # no end lies so far, and no day comes after it
        over |= Q(ends_on__startswith=on, ends_on__endswith=on + _ONE_DAY)
    return Q(end_kind=EndKind.FIXED) & over


class TermQuerySet(models.QuerySet["Term"]):
    """Terms, read as English."""

    def published(self) -> Self:
        """Those that readers see."""
        return self.filter(published_on__isnull=False)

    def declared(self, on: date) -> Self:
        """Published and declared on or before `on`."""
        return self.published().filter(declared_on__startswith__lte=on)

    def effective(self, on: date) -> Self:
        """For each commitment, the last declared by `on` among those effective by then."""
        by_then = self.model._default_manager.all()._effective_by(on)
        later = by_then.filter(commitment=OuterRef("commitment")).filter(_after_outer())
        return self._effective_by(on).filter(~Exists(later))

    def pending(self, on: date) -> Self:
        """Declared by `on`, not yet effective then, and declared after every term that is."""
        later = (
            self.model._default_manager.all()
            ._effective_by(on)
            .filter(commitment=OuterRef("commitment"))
            .filter(_after_outer())
        )
        return self.declared(on)._from().filter(counts_from__gt=on).filter(~Exists(later))

    def running(self, on: date) -> Self:
        """Effective, not stopped and not lapsed on `on`."""
        return self.effective(on).exclude(action__in=_STOPPING).exclude(_lapsed(on))

    def _opening(self, on: date) -> Self:
        """Declared by `on` and not yet effective then, other than what will stop a commitment."""
        return self.declared(on)._from().filter(counts_from__gt=on).exclude(action__in=_STOPPING)

    def _newest_state(self, on: date) -> Subquery:
        """Where the last declared of those effective by `on` leaves a commitment, and what was opened since."""
        opened_since = _terms()._opening(on).filter(_after_outer(), commitment=OuterRef("commitment"))
        stopped = [When(action=action.value, then=Value(state.value)) for action, state in STOPS.items()]
        state = Case(
            When(~Q(action__in=_STOPPING) & ~_lapsed(on), then=Value(State.IN_FORCE.value)),
            When(action=Action.SUSPENDED.value, then=Value(State.SUSPENDED.value)),
            When(Exists(opened_since), then=Value(State.ANNOUNCED.value)),
            *stopped,
            default=Value(State.LAPSED.value),
            output_field=models.CharField(),
        )
        newest_first = self._effective_by(on).order_by(F("declared_on__startswith").desc(), "-order")
        return Subquery(newest_first.values(_state=state)[:1])

    def _from(self) -> Self:
        return self.alias(counts_from=Coalesce("effective_from__startswith", "declared_on__startswith"))

    def _effective_by(self, on: date) -> Self:
        return self.declared(on)._from().filter(counts_from__lte=on)


def _after_outer() -> Q:
    """Declared after the outer query's term; on the same day, later in order."""
    return Q(declared_on__startswith__gt=OuterRef("declared_on__startswith")) | Q(
        declared_on__startswith=OuterRef("declared_on__startswith"), order__gt=OuterRef("order")
    )


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments, read as English. Only published terms count."""

    def public(self) -> Self:
        """Those with a published term."""
        return self.filter(Exists(_terms().published().filter(commitment=OuterRef("pk"))))

    def in_force(self, on: date) -> Self:
        """In force on `on`, whatever their end."""
        return self.filter(_has(_terms().running(on)))

    def expiring(self, on: date, within: timedelta = NOTICE) -> Self:
        """In force on `on`, with a fixed end not yet passed that begins no later than `on + within`."""
        ending = (
            _terms()
            .running(on)
            .filter(end_kind=EndKind.FIXED, ends_on__startswith__lte=on + min(within, date.max - on))
        )
        return self.filter(_has(ending))

    def unconfirmed(self, on: date) -> Self:
        """In force on `on` without a fixed end, and due to be confirmed before it."""
        stale = _terms().running(on).exclude(end_kind=EndKind.FIXED).filter(reconfirm_by__lt=on)
        return self.filter(_has(stale))

    def lapsed(self, on: date) -> Self:
        """Past their fixed end on `on`, and nobody has renewed them by then."""
        return self.in_state(State.LAPSED, on)

    def in_state(self, state: State, on: date) -> Self:
        """Those in this state on `on`."""
        return self.with_state(on).filter(state=state.value)

    def with_state(self, on: date) -> Self:
        """Adds `state`, the value of lifecycle.State on `on`, computed by the database."""
        return self.annotate(
            state=Coalesce(
                _terms().filter(commitment=OuterRef("pk"))._newest_state(on),
                Case(When(_has(_terms()._opening(on)), then=Value(State.ANNOUNCED.value))),
                Value(State.NOT_YET_MADE.value),
                output_field=models.CharField(),
            )
        )


def _terms() -> TermQuerySet:
    from tracker.commitments.models import Term  # the models import this module

    return Term.objects.all()


def _has(terms: TermQuerySet) -> Exists:
    return Exists(terms.filter(commitment=OuterRef("pk")))
