"""The proposal of a lead as a checked value: what watch/proposing/proposal.py stores as JSON, with an editor's
changes on top.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationError,
    model_validator,
)

from tracker.commitments.lifecycle import STOPS, Action, EndKind
from tracker.commitments.models import Commitment
from tracker.dates import PartialDate
from tracker.desk.refusals import Malformed


def _day(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise ValueError("write a date as 2020-06-10, 2020-06 or 2020")
    return PartialDate.parse(value)


Day = Annotated[PartialDate, PlainValidator(_day)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
Slug = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[-a-zA-Z0-9_]+$", max_length=200)]
Kind = Literal["moratorium", "ban", "exit", "limit", "pledge"]
S = TypeVar("S", bound="Strict")


class Strict(BaseModel):
    """Unknown keys are left alone: the watcher may propose more than the desk saves."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ProposedEnd(Strict):
    """When it ends; what the database asks of an end is asked here first, in words."""

    kind: EndKind = EndKind.UNKNOWN
    ends_on: Day | None = None
    condition: Text = ""
    not_before: Day | None = None
    through: bool = False
    computed: bool = False

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if (self.kind is EndKind.FIXED) != (self.ends_on is not None):
            raise ValueError("a fixed end has a date, and no other end has one")
        if (self.kind is EndKind.CONDITIONAL) != bool(self.condition):
            raise ValueError("a conditional end has a condition in words, and no other end has one")
        if self.not_before and self.kind is not EndKind.CONDITIONAL:
            raise ValueError("only a conditional end has a not-before date")
        return self


class ProposedCarveOut(Strict):
    """Who or what is excepted: an organisation by slug, or words."""

    organization: Slug | None = None
    words: Text = ""
    purpose: Text = ""

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not self.organization and not self.words:
            raise ValueError("a carve-out names an organisation or says in words who is excepted")
        return self


class Proposed(Strict):
    """One declaration about a commitment, as it would be saved."""

    matter: Literal["commitment"] = "commitment"
    action: Action
    kind: Kind
    nature: str = Commitment.Nature.VOLUNTARY
    actor: Slug | None = None
    actor_name: Text = ""
    commitment: Slug | None = None
    title: Annotated[Text, Field(max_length=250)] = ""
    products: tuple[Slug, ...] = ()
    technology: tuple[Text, ...] = ()
    covers: Text = ""
    silent_on: Text = ""
    declared_on: Day
    effective_from: Day | None = None
    end: ProposedEnd = ProposedEnd()
    carve_outs: tuple[ProposedCarveOut, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.nature not in Commitment.Nature.values:
            raise ValueError(f"“{self.nature}” is no legal nature: one of {', '.join(Commitment.Nature.values)}")
        if self.action in STOPS and self.end.kind is not EndKind.UNKNOWN:
            raise ValueError(f"what is {self.action.value} has no end of its own: leave the end unknown")
        starts, ends = self.effective_from or self.declared_on, self.end.ends_on
        if ends and ends.first <= starts.first and ends.after <= starts.after:
            raise ValueError(f"it would end on {ends}, not after it starts on {starts}")
        return self


BETWEEN_TWO = ("partnership", "denial")
"""What a lead may be about besides a commitment: the partnership of two, or that one of them denies it."""


def matter_of(proposal: object) -> str:
    """What a lead would be a record of; a commitment where nothing else is said."""
    return str(proposal.get("matter") or "commitment") if isinstance(proposal, Mapping) else "commitment"


def read(proposal: object, edits: Mapping[str, Any] | None = None) -> Proposed:
    """The proposal with the editor's changes, checked. Raises Malformed, which says what is wrong with
    which field.
    """
    matter = matter_of(proposal)
    if matter != "commitment":
        raise Malformed({"": f"this lead is about a {matter}; it cannot be recorded as a commitment"})
    return checked(Proposed, proposal, edits)


def checked(shape: type[S], proposal: object, edits: Mapping[str, Any] | None) -> S:
    """The proposal with the editor's changes in this shape. Raises Malformed."""
    if not isinstance(proposal, Mapping):
        raise Malformed({"": "the proposal is not a set of fields; reject the lead"})
    try:
        return shape.model_validate({**proposal, **(edits or {})})
    except ValidationError as error:
        problems: dict[str, str] = {}
        for problem in error.errors():
            field = str(problem["loc"][0]) if problem["loc"] else ""
            problems.setdefault(field, problem["msg"].removeprefix("Value error, "))
        raise Malformed(problems) from error


def headline(proposal: object) -> str:
    """What a lead is about, in a line; also of a proposal that is malformed."""
    fields: Mapping[str, Any] = proposal if isinstance(proposal, Mapping) else {}
    named = ", ".join(_listed(fields.get("products") or fields.get("technology")))
    what = " ".join(dict.fromkeys(str(fields.get(key) or "").replace("_", " ") for key in ("kind", "action"))).strip()
    who = str(fields.get("actor_name") or fields.get("actor") or "")
    if matter_of(fields) in BETWEEN_TWO:
        who = " and ".join(_listed(fields.get("companies"))) or who
        what = "denial" if fields.get("matter") == "denial" else what
    return " · ".join(part for part in (who or "unknown actor", named, what) if part)


def _listed(names: object) -> list[str]:
    return [str(each) for each in names] if isinstance(names, list | tuple) else []
