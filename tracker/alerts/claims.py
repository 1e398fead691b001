"""The parts of the record that mails state, and what of them: when that is another, we said something wrong.

For each claim: where its history is kept, which column of Wording says in which version we told it, and its substance,
that is, what of it a reader was told. A change that leaves the substance as it was (a note, a page number) corrects
nothing. A change that the world made (a partnership that began and then ended) is another claim, not a correction.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.alerts.models import Claim


@dataclass(frozen=True)
class Stated:
    """How a claim is kept. `columns` is SQL for what is told of it, `{}` standing for a row of its history.

    `unless`: SQL for what the world may have made of it since, which corrects nothing.
    """

    claim: Claim
    history: str
    version: str
    columns: str
    published: bool = True
    unless: str = "false"

    def substance(self, row: str) -> str:
        """SQL: what `row` of the history states, as text to compare; NULL where it states nothing any more."""
        gone = f"{row}.pgh_label = 'delete'" + (f" OR {row}.published_on IS NULL" if self.published else "")
        return f"CASE WHEN NOT ({gone}) THEN ROW({self.columns.replace('{}', row)})::text END"

    def now(self, record: str) -> str:
        """SQL for a LATERAL row of `record` (SQL for the record's id): its present version and substance.

        `pgh_id` is the first version that states what is stated now, so an edit that changes nothing of substance
        does not change it.
        """
        return f"""
            SELECT run.* FROM (
                SELECT x.*, {self.substance("x")} AS substance,
                       lag({self.substance("x")}) OVER (ORDER BY x.pgh_id) AS earlier,
                       row_number() OVER (ORDER BY x.pgh_id) AS place
                FROM {self.history} x WHERE x.pgh_obj_id = {record}
            ) run WHERE run.place = 1 OR run.substance IS DISTINCT FROM run.earlier
            ORDER BY run.pgh_id DESC LIMIT 1
        """


_DEAL = "{}.vendor_id, {}.client_id, {}.product_id"
_PARTNERSHIP = ("partnerships_partnershipevent", "partnership_version")

STATED: dict[Claim, Stated] = {
    stated.claim: stated
    for stated in (
        Stated(
            Claim.TERM,
            "commitments_termevent",
            "term_version",
            "{}.commitment_id, {}.declared_on, {}.action, {}.effective_from, {}.end_kind, {}.ends_on, {}.condition, "
            "{}.not_before",
        ),
        Stated(Claim.VERDICT, "commitments_verdictevent", "verdict_version", '{}.commitment_id, {}.value, {}."on"'),
        Stated(
            Claim.BEGAN,
            *_PARTNERSHIP,
            f"{_DEAL}, {{}}.started, {{}}.status IN ('denied', 'never_started') OR {{}}.kind = 'proposal'",
        ),
        Stated(
            Claim.ENDED,
            *_PARTNERSHIP,
            f"{_DEAL}, {{}}.status = 'ended', CASE WHEN {{}}.status = 'ended' THEN {{}}.ended END",
            unless="{}.status = 'reinstated'",
        ),
        Stated(
            Claim.PAUSED,
            *_PARTNERSHIP,
            f"{_DEAL}, {{}}.status = 'paused'",
            unless="{}.status IN ('ended', 'reinstated')",
        ),
        Stated(
            Claim.REINSTATED,
            *_PARTNERSHIP,
            f"{_DEAL}, {{}}.status = 'reinstated'",
            unless="{}.status IN ('ended', 'paused')",
        ),
        Stated(
            Claim.ANSWER,
            "record_questionevent",
            "question_version",
            "{}.asked_of_id, {}.outcome, {}.answered_on",
        ),
        Stated(
            Claim.ACTOR,
            "commitments_commitmentevent",
            "commitment_version",
            "{}.actor_id",
            published=False,
        ),
        Stated(
            Claim.CARVE_OUT,
            "commitments_carveoutevent",
            "carve_out_versions",
            "{}.organization_id, {}.words, {}.term_id",
        ),
    )
}
"""What is told, by claim."""


def told(stated: Stated) -> str:
    """SQL for a FROM: the wordings `w` of events `e` that state this claim, `v` being the version that was told."""
    versions = (
        f"CROSS JOIN LATERAL unnest(w.{stated.version}) AS told(version)"
        if stated.claim is Claim.CARVE_OUT
        else f"CROSS JOIN LATERAL (SELECT w.{stated.version}) AS told(version)"
    )
    return f"""
        alerts_wording w JOIN alerts_event e ON e.id = w.event_id {versions}
        JOIN {stated.history} v ON v.pgh_id = told.version
    """


def states_it(stated: Stated) -> str:
    """SQL: event `e` states this claim. Each event of a promise also states whose it is and who is excepted."""
    if stated.claim in (Claim.ACTOR, Claim.CARVE_OUT):
        return "e.commitment_id IS NOT NULL"
    return f"e.claim = '{stated.claim.value}'"


def each() -> Iterator[Stated]:
    """Every claim that a mail may state."""
    yield from STATED.values()
