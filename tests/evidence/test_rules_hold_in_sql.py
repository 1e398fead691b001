"""What a source, its snapshots and their bytes may be, tried by SQL past the ORM."""

import pytest

from tests.evidence.claims import a_company, a_finding, a_source
from tests.evidence.test_a_published_claim_has_a_citation import a_snapshot
from tests.refusals import refused, rows, sql
from tracker.evidence.models import Source
from tracker.evidence.urls import normalise

pytestmark = pytest.mark.django_db


def insert_source(slug: str, url: str = "", normalised: str | None = None, **given: str) -> None:
    row = {"title": "A title", "kind": "news", "health": "unknown", **given}
    sql(
        """INSERT INTO evidence_source (slug, url, normalised_url, title, publisher, kind, archive_url, seen,
             title_is_description, note, health)
           VALUES (%s, %s, %s, %s, '', %s, '', '', false, '', %s)""",
        slug,
        url,
        normalised,
        row["title"],
        row["kind"],
        row["health"],
    )


def test_one_source_per_normalised_address_however_it_is_written() -> None:
    spellings = (
        "https://Example.org/story/?utm_source=x#top",
        "http://example.org:80/story",
        "HTTPS://EXAMPLE.ORG/story",
    )
    assert {normalise(url) for url in spellings} == {"https://example.org/story"}
    insert_source("first", spellings[0], normalise(spellings[0]))
    for slug, url in zip(("second", "third"), spellings[1:], strict=True):
        with refused("normalised_url"):
            insert_source(slug, url, normalise(url))


def test_many_sources_have_no_address() -> None:
    insert_source("minutes-of-2019")
    insert_source("minutes-of-2020")
    assert Source.objects.filter(normalised_url=None).count() == 2


@pytest.mark.parametrize(
    ("url", "normalised", "rule"),
    [
        ("https://example.org/", None, "source_url_is_normalised"),
        ("", "https://example.org/", "source_url_is_normalised"),
        ("http://example.org/", "http://example.org/", "source_normalised_url_form"),
        ("https://example.org/#top", "https://example.org/#top", "source_normalised_url_form"),
        ("https://me:secret@example.org/", "https://me:secret@example.org/", "source_normalised_url_form"),
        ("https://example.org", "https://example.org", "source_normalised_url_form"),
        ("javascript:alert(1)", "javascript:alert(1)", "source_normalised_url_form"),
    ],
)
def test_an_address_is_kept_in_its_normal_form(url: str, normalised: str | None, rule: str) -> None:
    with refused(rule):
        insert_source("a", url, normalised)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [("kind", "rumour", "_kind_"), ("health", "ill", "_health_"), ("title", "", "has_a_title")],
)
def test_a_word_that_is_on_no_list_and_a_source_without_a_title(column: str, value: str, rule: str) -> None:
    with refused(rule):
        insert_source("a", **{column: value})


def test_bytes_are_what_their_hash_says_and_stay_so() -> None:
    a_snapshot(a_source())
    with refused("body_is_what_its_hash_says"):
        sql("INSERT INTO evidence_body (sha256, content) VALUES (encode(sha256('page'), 'hex'), 'another page')")
    with refused("bytes_are_kept"):
        sql("UPDATE evidence_body SET content = 'another page', sha256 = encode(sha256('another page'), 'hex')")
    with refused("bytes_are_kept"):
        sql("DELETE FROM evidence_body")


def test_a_snapshot_is_known_once() -> None:
    a_snapshot(a_source())
    with refused("snapshot_once"):
        sql(
            """INSERT INTO evidence_snapshot
                 (source_id, fetched_at, final_url, status, headers, body_id, text, text_sha256, extractor)
               SELECT source_id, fetched_at, final_url, status, headers, body_id, '', '', '' FROM evidence_snapshot"""
        )


def test_what_a_source_answered_is_not_said_of_another_later() -> None:
    snapshot, other = a_snapshot(a_source()), a_source("other")
    with refused("evidence_snapshot"):
        sql("UPDATE evidence_snapshot SET source_id = %s WHERE id = %s", other.pk, snapshot)


def test_a_snapshot_of_another_source_does_not_say_who_a_company_is() -> None:
    company, source, snapshot = a_company(), a_source(), a_snapshot(a_source("other"))
    with refused("is not one of source"):
        sql(
            """INSERT INTO evidence_organizationcitation (claim_id, source_id, snapshot_id, quote, page, note)
               VALUES (%s, %s, %s, '', '', '')""",
            company.pk,
            source.pk,
            snapshot,
        )


def test_a_source_that_backs_something_is_not_deleted() -> None:
    finding, source = a_finding(), a_source()
    sql(
        "INSERT INTO record_findingcitation (claim_id, source_id, quote, page, note) VALUES (%s, %s, '', '', '')",
        finding.pk,
        source.pk,
    )
    with refused("foreign key"):
        sql("DELETE FROM evidence_source WHERE id = %s", source.pk)


def test_the_same_words_of_a_source_stand_once_for_a_claim() -> None:
    finding, source = a_finding(), a_source()
    again = "INSERT INTO record_findingcitation (claim_id, source_id, quote, page, note) VALUES (%s, %s, %s, '', %s)"
    sql(again, finding.pk, source.pk, "28 members", "")
    sql(again, finding.pk, source.pk, "other words", "")
    with refused("finding_cited_once"):
        sql(again, finding.pk, source.pk, "28 members", "a note makes no other citation")


def test_an_old_slug_of_a_source_leads_on_and_is_never_given_away() -> None:
    source, other = a_source("first"), a_source("second")
    sql("UPDATE evidence_source SET slug = 'renamed' WHERE id = %s", source.pk)
    assert rows("SELECT slug, record_id FROM evidence_sourceformerslug") == [("first", source.pk)]
    with refused("leads to another record"):
        sql("UPDATE evidence_source SET slug = 'first' WHERE id = %s", other.pk)
