"""What every endpoint does alike: the day asked for, the record behind a slug, addresses, and errors as
JSON.
"""

import re
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

M = TypeVar("M", bound=Model)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class BadRequest(ValueError):
    """A parameter that cannot be read; the message says what to write. Answered as 400."""


class NotHere(LookupError):
    """No such record; the message names it. Answered as 404."""


class MovedTo(Exception):
    """The record has another slug now. Answered as 301."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def day(text: str | None) -> date:
    """The day that `?on=` names; today (UTC) without it. The one place of the API that reads the clock.

    Raises BadRequest for anything that is no day.
    """
    if text is None or not text.strip():
        return timezone.localdate()
    try:
        # fromisoformat also takes 20210518 and 2021-W20-2
        found = date.fromisoformat(text.strip()) if _DAY.fullmatch(text.strip()) else None
    except ValueError:
        found = None
    if found is None:
        raise BadRequest(f"“{text.strip()[:40]}” is not a day. Write it as year-month-day, for example ?on=2021-05-18.")
    if not FIRST_DAY <= found <= LAST_DAY:
        raise BadRequest(f"{found} is out of range. Write a day from {FIRST_DAY} to {LAST_DAY}.")
    return found


def find(records: QuerySet[M], slug: str, what: str) -> M:
    """The record with this slug. Raises MovedTo for a former slug, NotHere where there is none."""
    if slug.isprintable():  # PostgreSQL takes no NUL
        found = records.filter(slug=slug).first()
        if found is not None:
            return found
        moved: Any = records.filter(former_slugs__slug=slug).first()
        if moved is not None:
            raise MovedTo(moved.slug)
    raise NotHere(f"There is no {what} “{slug[:80]}”. /api/v1/openapi.json says what can be asked for.")


def address(record: Any) -> str:
    """The whole address of a record's page."""
    return f"{settings.SITE_URL.rstrip('/')}{record.get_absolute_url()}"
