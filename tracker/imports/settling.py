"""What becomes of a field when a dataset says something new of it. Pure: no database.

Three values decide: what the dataset wrote last time, what the record says now, and what the dataset says now. Where
the record no longer says what was written, an editor corrected it, and the correction stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = object
Fields = Mapping[str, Value]


@dataclass(frozen=True)
class Settled:
    """The fields to `update` in the record, and those to `suggest` to an editor as (ours, theirs)."""

    update: dict[str, Value] = field(default_factory=dict)
    suggest: dict[str, tuple[Value, Value]] = field(default_factory=dict)


def settle(wrote: Fields, ours: Fields, theirs: Fields, *, checked: bool = False) -> Settled:
    """Settle every field of `theirs`. A record that a person `checked` is changed by nobody but a person."""
    settled = Settled()
    for name, value in theirs.items():
        before, now = wrote.get(name), ours.get(name)
        if value in (before, now):
            continue
        if now == before and not checked:
            settled.update[name] = value
        else:
            settled.suggest[name] = (now, value)
    return settled
