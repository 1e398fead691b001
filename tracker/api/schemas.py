"""The shapes of what the API answers. A date known to the month or year is written 2020-06, 2020 (EDTF)."""

from datetime import date

from ninja import Schema


class Problem(Schema):
    """Why there is no answer, and what to do."""

    error: str


class Named(Schema):
    """A record, by slug and name."""

    slug: str
    name: str


class Actor(Named):
    """Who made the commitment."""

    url: str


class End(Schema):
    """When a commitment ends, as the ruling term says. `kind` is null where nothing was declared yet.

    `ends_on` is the first day not covered; a month or year is over when its last day is.
    """

    kind: str | None
    ends_on: str | None
    condition: str | None
    not_before: str | None


class Term(Schema):
    """One declaration about a commitment."""

    order: int
    action: str
    declared_on: str
    effective_from: str | None
    end: End
    end_computed: bool
    summary: str
    evidence: list[str]


class StateOnDay(Schema):
    """Where a commitment stands on a day.

    `state` is one of not_yet_made, announced, in_force, suspended, ended, superseded, lapsed; `days_left`
    counts to a fixed end of what is in force.
    """

    slug: str
    title: str
    state: str
    expiring: bool
    unconfirmed: bool
    end: End
    days_left: int | None


class CommitmentLine(StateOnDay):
    """A commitment in a list."""

    actor: Actor
    kind: str
    nature: str
    url: str


class Commitment(CommitmentLine):
    """A commitment as of a day: only what had been declared by then."""

    on: date
    reason: str
    last_confirmed: str | None
    carve_outs: list[str]
    verdict: str | None
    evidence: list[str]
    terms: list[Term]


class OrganizationLine(Named):
    """A vendor or an agency in a list."""

    kind: str
    url: str


class Vendor(OrganizationLine):
    """A vendor. `partnerships` counts those in which it is the vendor; `commitments` are its own."""

    on: date
    parent: Named | None
    aliases: list[str]
    partnerships: int
    products: list[Named]
    commitments: list[StateOnDay]


class Agency(OrganizationLine):
    """An agency. `partnerships` counts those in which it is the client."""

    on: date
    parent: Named | None
    aliases: list[str]
    place: str | None
    partnerships: int
    vendors: list[Named]
    commitments: list[StateOnDay]


class Question(Schema):
    """A question that was put.

    `days_unanswered` is null once answered or denied, or where nobody noted when it was asked.
    """

    slug: str
    text: str
    asked_of: Named
    asked_by: str
    asked_on: str | None
    outcome: str
    response_kind: str
    days_unanswered: int | None
    url: str


class Page(Schema):
    """A part of a list: `count` is the length of the whole."""

    count: int
    limit: int
    offset: int


class Commitments(Page):
    items: list[CommitmentLine]


class Organizations(Page):
    items: list[OrganizationLine]


class Questions(Page):
    items: list[Question]
