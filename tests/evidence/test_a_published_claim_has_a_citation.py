"""The database itself refuses a published claim that cites nothing, whoever writes and in whatever order."""

import threading
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.evidence.claims import DRAFTS, a_source, citations_of
from tests.refusals import as_at_commit, refused, rows, sql
from tracker.evidence.claims import Claim
from tracker.evidence.models import Source

pytestmark = pytest.mark.django_db
EVERY_CLAIM = pytest.mark.parametrize("kind", list(DRAFTS), ids=lambda kind: kind.__name__)
CITES_NOTHING = "is published and cites nothing"


def tables(kind: type[Claim]) -> tuple[str, str]:
    return kind._meta.db_table, citations_of(kind)._meta.db_table


def a_draft(kind: type[Claim]) -> int:
    return int(DRAFTS[kind]().pk)


def cite(kind: type[Claim], claim: int, source: Source) -> None:
    sql(
        f"""INSERT INTO {tables(kind)[1]} (claim_id, source_id, quote, page, note)
            VALUES (%s, %s, 'We are implementing', '', '')""",
        claim,
        source.pk,
    )


def publish(kind: type[Claim], claim: int) -> None:
    sql(f"UPDATE {tables(kind)[0]} SET published_on = '2020-06-11' WHERE id = %s", claim)


def copy(kind: type[Claim], claim: int, published_on: str) -> int:
    """Insert a second row like the draft by SQL alone; its id."""
    table = tables(kind)[0]
    ((made,),) = rows(
        f"""
        INSERT INTO {table}
        SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(draft) || jsonb_strip_nulls(jsonb_build_object(
            'id', draft.id + 1000, 'published_on', %s::text,
            'slug', to_jsonb(draft) ->> 'slug' || '-copy', 'order', ((to_jsonb(draft) ->> 'order')::int) + 1)))).*
        FROM {table} draft WHERE id = %s RETURNING id
        """,
        published_on,
        claim,
    )
    return int(made)


def test_every_table_of_claims_is_tried_here() -> None:
    assert {model for model in apps.get_models() if issubclass(model, Claim)} == set(DRAFTS)


@EVERY_CLAIM
def test_inserted_as_published_without_a_citation(kind: type[Claim]) -> None:
    draft = a_draft(kind)
    with refused(CITES_NOTHING):
        copy(kind, draft, "2020-06-11")


@EVERY_CLAIM
def test_a_draft_published_without_a_citation(kind: type[Claim]) -> None:
    draft = a_draft(kind)
    with refused(CITES_NOTHING):
        publish(kind, draft)


@EVERY_CLAIM
def test_the_last_citation_deleted(kind: type[Claim]) -> None:
    claim = a_draft(kind)
    cite(kind, claim, a_source())
    publish(kind, claim)
    as_at_commit()
    with refused(CITES_NOTHING):
        sql(f"DELETE FROM {tables(kind)[1]} WHERE claim_id = %s", claim)


@EVERY_CLAIM
def test_the_last_citation_moved_to_another_claim(kind: type[Claim]) -> None:
    claim = a_draft(kind)
    cite(kind, claim, a_source())
    publish(kind, claim)
    other = copy(kind, claim, "2020-06-12")
    cite(kind, other, Source.objects.get())
    as_at_commit()
    with refused(CITES_NOTHING):
        sql(f"UPDATE {tables(kind)[1]} SET claim_id = %s, page = '2' WHERE claim_id = %s", other, claim)


@EVERY_CLAIM
def test_all_citations_truncated(kind: type[Claim]) -> None:
    claim = a_draft(kind)
    cite(kind, claim, a_source())
    publish(kind, claim)
    as_at_commit()
    with refused("would be left without a citation"):
        sql(f"TRUNCATE {tables(kind)[1]}")


@EVERY_CLAIM
def test_a_transaction_that_is_whole_at_its_end_is_accepted(kind: type[Claim]) -> None:
    claim, source = a_draft(kind), a_source()
    publish(kind, claim)
    cite(kind, claim, source)
    as_at_commit()
    sql(f"DELETE FROM {tables(kind)[1]} WHERE claim_id = %s", claim)
    cite(kind, claim, source)
    as_at_commit()
    assert rows(f"SELECT count(*) FROM {tables(kind)[1]} WHERE claim_id = %s", claim) == [(1,)]


@EVERY_CLAIM
def test_a_draft_may_lose_its_citations_and_a_published_one_may_become_a_draft_again(
    kind: type[Claim],
) -> None:
    claim = a_draft(kind)
    cite(kind, claim, a_source())
    publish(kind, claim)
    as_at_commit()
    sql(f"UPDATE {tables(kind)[0]} SET published_on = NULL WHERE id = %s", claim)
    sql(f"DELETE FROM {tables(kind)[1]} WHERE claim_id = %s", claim)
    as_at_commit()


@EVERY_CLAIM
def test_a_snapshot_of_another_source_backs_nothing(kind: type[Claim]) -> None:
    claim, source, other = a_draft(kind), a_source(), a_source("other")
    snapshot = a_snapshot(other)
    with refused("is not one of source"):
        sql(
            f"""INSERT INTO {tables(kind)[1]} (claim_id, source_id, snapshot_id, quote, page, note)
                VALUES (%s, %s, %s, '', '', '')""",
            claim,
            source.pk,
            snapshot,
        )
    cite(kind, claim, source)
    with refused("is not one of source"):
        sql(f"UPDATE {tables(kind)[1]} SET snapshot_id = %s", snapshot)


def a_snapshot(source: Source) -> int:
    sql(
        """INSERT INTO evidence_body (sha256, content) VALUES (encode(sha256('page'), 'hex'), 'page')
           ON CONFLICT DO NOTHING"""
    )
    ((snapshot,),) = rows(
        """
        INSERT INTO evidence_snapshot
            (source_id, fetched_at, final_url, status, headers, body_id, text, text_sha256, extractor)
        VALUES (%s, now(), 'https://example.org/', 200, '{}', encode(sha256('page'), 'hex'), '', '', '') RETURNING id
        """,
        source.pk,
    )
    return int(snapshot)


@pytest.mark.django_db(transaction=True)
class TestAtARealCommit:
    @EVERY_CLAIM
    def test_commit_fails_and_nothing_stays(self, kind: type[Claim]) -> None:
        claim = a_draft(kind)
        with pytest.raises(DatabaseError, match=CITES_NOTHING), transaction.atomic():
            publish(kind, claim)
        assert rows(f"SELECT published_on FROM {tables(kind)[0]} WHERE id = %s", claim) == [(None,)]

    def test_two_people_who_each_take_one_of_two_citations_do_not_both_succeed(self, other_connection: "Other") -> None:
        kind = next(iter(DRAFTS))
        claim = a_draft(kind)
        with transaction.atomic():
            cite(kind, claim, a_source())
            cite(kind, claim, a_source("second"))
            publish(kind, claim)
        first, second = (pk for (pk,) in rows(f"SELECT id FROM {tables(kind)[1]} ORDER BY id"))
        other_connection.begin(f"DELETE FROM {tables(kind)[1]} WHERE id = {second}")
        other_failed: list[bool] = []
        with transaction.atomic():
            sql(f"DELETE FROM {tables(kind)[1]} WHERE id = %s", first)
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            waiting = threading.Thread(target=lambda: other_failed.append(not other_connection.commits()))
            waiting.start()
            other_connection.wait_until_it_is_blocked_or_done(waiting)
        waiting.join(10)
        assert other_failed == [True]
        assert rows(f"SELECT count(*) FROM {tables(kind)[1]} WHERE claim_id = %s", claim) == [(1,)]


class Other:
    """A second session of the database."""

    def __init__(self) -> None:
        self.connection = connection.copy()
        self.connection.inc_thread_sharing()
        self.connection.ensure_connection()
        self.connection.set_autocommit(False)
        self.pid = self.connection.connection.info.backend_pid

    def begin(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def commits(self) -> bool:
        try:
            self.connection.commit()
        except DatabaseError:
            self.connection.rollback()
            return False
        return True

    def wait_until_it_is_blocked_or_done(self, thread: threading.Thread) -> None:
        while thread.is_alive() and not rows("SELECT 1 WHERE cardinality(pg_blocking_pids(%s)) > 0", self.pid):
            thread.join(0.01)


@pytest.fixture
def other_connection() -> Iterator[Other]:
    other = Other()
    yield other
    other.connection.close()
