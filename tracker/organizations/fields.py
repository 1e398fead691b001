"""PartialDate in the database: a daterange whose days are exactly one day, one month or one year.

The rule lives in the domain type `partial_date`, so no table and no path of writing can break it.
"""

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from psycopg2.extras import DateRange

from tracker.dates import PartialDate

CREATE_DOMAIN = """
CREATE DOMAIN partial_date AS daterange CHECK (
    VALUE IS NULL OR (
        NOT isempty(VALUE) AND lower(VALUE) IS NOT NULL AND upper(VALUE) IS NOT NULL
        AND lower(VALUE) >= '0001-01-01' AND upper(VALUE) <= '9999-01-01' AND (
            upper(VALUE) = lower(VALUE) + 1
            OR (extract(day FROM lower(VALUE)) = 1 AND upper(VALUE) = (lower(VALUE) + interval '1 month')::date)
            OR (extract(doy FROM lower(VALUE)) = 1 AND upper(VALUE) = (lower(VALUE) + interval '1 year')::date)
        )
    )
)
"""
DROP_DOMAIN = "DROP DOMAIN partial_date"


class PartialDateFormField(forms.CharField):
    """A text input that takes 2020-06-10, 2020-06 or 2020."""

    def __init__(self, **kwargs: Any) -> None:
        for unknown in ("base_field", "default_bounds", "range_type"):
            kwargs.pop(unknown, None)
        kwargs.setdefault("max_length", 10)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def run_validators(self, value: Any) -> None:
        """`to_python` has read it; the validators of a text field would measure the date as a string."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "").strip()


_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)

if TYPE_CHECKING:

    class _DateRange(models.Field[_ST, _GT]): ...

else:

    class _DateRange(DateRangeField):
        """Django's field, which takes no type arguments when it runs."""

        def __class_getitem__(cls, _types: Any) -> Any:
            return cls


class PartialDateField(_DateRange[_ST, _GT]):
    """A PartialDate. In lookups, `__startswith` is its first day, `__endswith` the first day after it."""

    description = "A date known to the day, the month or the year"

    if TYPE_CHECKING:  # what django-stubs reads as the types of setting and getting
        _pyi_private_set_type: PartialDate | str
        _pyi_private_get_type: PartialDate

    def db_type(self, connection: Any) -> str:
        return "partial_date"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> PartialDate | None:
        return None if value is None else PartialDate.spanning(value.lower, value.upper)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, PartialDate):
            return value
        if isinstance(value, str):
            try:
                return PartialDate.parse(value)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        if isinstance(value, DateRange) and value.lower and value.upper:
            return PartialDate.spanning(value.lower, value.upper)
        return super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):
            value = PartialDate.parse(value)
        if isinstance(value, PartialDate):
            return DateRange(value.first, value.after)
        return super().get_prep_value(value)

    def value_to_string(self, obj: Any) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})

    def run_validators(self, value: Any) -> None:
        """The type itself has validated the value; the range's own validators compare bounds it does not have."""


class WordField(models.CharField):  # type: ignore[type-arg]  # the class itself takes no arguments at run time
    """One word of a fixed list (`choices`), and the database refuses any other.

    History tables are exempt: what was once a word stays readable after the list has changed.
    """

    def db_check(self, connection: Any) -> str | None:
        if any(field.name == "pgh_id" for field in self.model._meta.local_fields):
            return None
        words = ", ".join("'" + str(word).replace("'", "''") + "'" for word, _ in self.flatchoices)
        return f'"{self.column}" IN ({words})'
