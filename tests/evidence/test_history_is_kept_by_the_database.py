"""Every claim table, every citation, sources and organisations keep each change, also one made by SQL."""

import pytest
from django.apps import apps
from django.db import models

from tests.evidence.claims import DRAFTS, a_company, a_source, citations_of
from tests.refusals import refused, rows, sql
from tracker.evidence.claims import Citation, Claim
from tracker.evidence.models import Source
from tracker.organizations.models import Alias, Organization, Product, ProductAlias

pytestmark = pytest.mark.django_db


def event_table(model: type[models.Model]) -> str:
    history: type[models.Model] = model._meta.get_field("history").related_model  # type: ignore[assignment]
    return history._meta.db_table


def test_every_table_that_asserts_something_has_a_history() -> None:
    asserting = [model for model in apps.get_models() if issubclass(model, Claim | Citation) and not model._meta.proxy]
    for model in [*asserting, Source, Organization, Alias, Product, ProductAlias]:
        assert event_table(model)


@pytest.mark.parametrize("kind", list(DRAFTS), ids=lambda kind: kind.__name__)
def test_a_claim_and_its_citation_changed_by_sql(kind: type[Claim]) -> None:
    claim, source, citation = DRAFTS[kind](), a_source(), citations_of(kind)
    table, citations = kind._meta.db_table, citation._meta.db_table
    sql(
        f"INSERT INTO {citations} (claim_id, source_id, quote, page, note) VALUES (%s, %s, 'before', '', '')",
        claim.pk,
        source.pk,
    )
    sql(f"UPDATE {citations} SET quote = 'after'")
    sql(f"DELETE FROM {citations}")
    sql(f"UPDATE {table} SET origin = 'sql' WHERE id = %s", claim.pk)
    sql(f"DELETE FROM {table} WHERE id = %s", claim.pk)
    labels_and = "SELECT pgh_label, {} FROM {} ORDER BY pgh_id"
    assert rows(labels_and.format("quote", event_table(citation))) == [
        ("insert", "before"),
        ("update", "after"),
        ("delete", "after"),
    ]
    assert rows(labels_and.format("origin", event_table(kind))) == [
        ("insert", "researched"),
        ("update", "sql"),
        ("delete", "sql"),
    ]
    for history in (event_table(kind), event_table(citation)):
        with refused("append_only"):
            sql(f"DELETE FROM {history}")
        with refused("append_only"):
            sql(f"UPDATE {history} SET pgh_label = 'insert'")


def test_a_source_changed_by_sql() -> None:
    source = a_source()
    sql("UPDATE evidence_source SET health = 'dead' WHERE id = %s", source.pk)
    assert rows("SELECT pgh_label, health FROM evidence_sourceevent ORDER BY pgh_id") == [
        ("insert", "unknown"),
        ("update", "dead"),
    ]


def test_a_change_that_is_rolled_back_leaves_no_history() -> None:
    with refused("organization_has_a_name"):
        company = a_company()
        sql("UPDATE organizations_organization SET name = '' WHERE id = %s", company.pk)
    assert rows("SELECT count(*) FROM organizations_organizationevent") == [(0,)]
