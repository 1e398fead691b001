"""What a topic covers, downwards: from an organisation, a product or a place to what is on record about it.

The mirror image of `reach`, which goes upwards from a record to its followers. The same rules are written twice, here
as QuerySets and there as SQL, so that the audit can hold one against the other. Only what is published is covered.

An organisation covers what it, and the companies it owns, promise or are bound by, what concerns their products,
whom they serve, by whom they are served, and what they asked or were asked. A place covers itself and the places in it.
"""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from tracker.alerts import searches
from tracker.alerts.topics import Followed, Topic
from tracker.commitments.models import Commitment
from tracker.organizations.models import Organization, Product
from tracker.partnerships.models import Partnership
from tracker.record.models import Question


def commitments(followed: Followed) -> QuerySet[Commitment]:
    """The promises and rules with a published term that `followed` covers, each once."""
    record: Any = followed.record
    match followed.topic:
        case Topic.EVERYTHING:
            covered = Q()
        case Topic.ORGANIZATION:
            family = _family(record)
            covered = Q(actor__in=family) | _linked("binds", organization__in=family)
            covered |= _linked("products", product__vendor__in=family)
        case Topic.PRODUCT:
            covered = _linked("products", product=record)
        case Topic.TECHNOLOGY:
            covered = _linked("technologies", technology=record) | _linked("products", product__technology=record)
        case Topic.PLACE:
            covered = Q(actor__in=_seated_in(record))
        case Topic.COMMITMENT:
            covered = Q(pk=record.pk)
        case _:
            covered = Q(pk__in=searches.matching("commitment", followed.search))
    return Commitment.objects.public().filter(covered)


def partnerships(followed: Followed) -> QuerySet[Partnership]:
    """The published partnerships that `followed` covers, each once."""
    record: Any = followed.record
    match followed.topic:
        case Topic.EVERYTHING:
            covered = Q()
        case Topic.ORGANIZATION:
            family = _family(record)
            covered = Q(vendor__in=family) | Q(client__in=family) | Q(via__in=family)
        case Topic.PRODUCT:
            covered = Q(product=record)
        case Topic.TECHNOLOGY:
            covered = Q(technology=record) | Q(product__technology=record)
        case Topic.PLACE:
            covered = Q(client__in=_seated_in(record))
        case Topic.COMMITMENT:
            return Partnership.objects.none()
        case _:
            covered = Q(pk__in=searches.matching("partnership", followed.search))
    return Partnership.objects.filter(covered, published_on__isnull=False)


def questions(followed: Followed) -> QuerySet[Question]:
    """The published questions that `followed` covers, each once."""
    record: Any = followed.record
    match followed.topic:
        case Topic.EVERYTHING:
            covered = Q()
        case Topic.ORGANIZATION:
            family = _family(record)
            covered = Q(asked_of__in=family) | Q(asked_by__in=family)
        case Topic.PRODUCT:
            covered = _about(Product.objects.filter(pk=record.pk))
        case Topic.TECHNOLOGY:
            covered = _about(Product.objects.filter(technology=record))
        case Topic.PLACE:
            covered = Q(asked_of__in=_seated_in(record))
        case Topic.COMMITMENT:
            return Question.objects.none()
        case _:
            covered = Q(pk__in=searches.matching("question", followed.search))
    return Question.objects.filter(covered, published_on__isnull=False)


def _below(record: Model) -> RawSQL:
    """The ids of a record with a `parent` and of all below it."""
    table = record._meta.db_table
    return RawSQL(  # noqa: S611  (the table's name is ours, the id a parameter)
        f"""WITH RECURSIVE below(id) AS (
                SELECT %s::bigint UNION SELECT part.id FROM {table} part JOIN below ON part.parent_id = below.id
            ) SELECT id FROM below""",
        [record.pk],
    )


def _family(organization: Model) -> QuerySet[Organization]:
    return Organization.objects.filter(pk__in=_below(organization)).order_by()


def _seated_in(place: Model) -> QuerySet[Organization]:
    return Organization.objects.filter(place__in=_below(place)).order_by()


def _linked(name: str, **to: Any) -> Q:
    """Commitments with such a row in one of their many-to-many tables; a subquery, so that none is found twice."""
    through = getattr(Commitment, name).through
    return Q(pk__in=through._default_manager.filter(**to).values("commitment"))


def _about(products: QuerySet[Product]) -> Q:
    through = Question.products.through
    return Q(pk__in=through._default_manager.filter(product__in=products.order_by()).values("question"))
