"""Bytes are kept once, packed, and come back as they came; the database and the reader both notice damage."""

import hashlib
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.refusals import refused, sql
from tracker.evidence import bodies
from tracker.evidence.actions import know_source, store_snapshot
from tracker.evidence.models import Body, Snapshot

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, tzinfo=UTC)
WORDS = [f"word{number}" for number in random.Random(5).sample(range(100_000), 4_000)]
PAGE = " ".join(WORDS).encode()


def answered(number: int, body: bytes) -> Snapshot:
    source = know_source("https://example.org/policy", title="Policy", kind="official")
    return store_snapshot(
        source,
        fetched_at=NOW + timedelta(days=number),
        final_url="https://example.org/policy",
        status=200,
        headers={"content-type": "text/html"},
        body=body,
    )


def test_the_next_answer_of_a_page_is_kept_as_its_difference() -> None:
    first, second = answered(0, PAGE), answered(1, PAGE.replace(b"word", b"Word", 1))
    assert (first.body.packing, second.body.packing) == ("zstd", "delta")
    assert second.body.base == first.body
    assert len(second.body.content) < len(first.body.content) / 50
    third = answered(2, PAGE + b" and more")
    assert third.body.base == first.body  # never a difference from a difference
    for kept, body in ((first, PAGE), (second, PAGE.replace(b"word", b"Word", 1)), (third, PAGE + b" and more")):
        assert bodies.content_of(Snapshot.objects.get(pk=kept.pk).body) == body


def test_a_page_that_became_another_one_is_kept_whole() -> None:
    answered(0, PAGE)
    other = hashlib.shake_256(b"another page").digest(20_000)
    assert answered(1, other).body.packing == "zstd"
    assert answered(2, other + b"!").body.base == Body.objects.get(pk=hashlib.sha256(other).hexdigest())


def test_the_same_bytes_are_kept_once_however_often_they_come() -> None:
    one, other = answered(0, PAGE), answered(1, PAGE)
    assert one.body == other.body
    assert Body.objects.count() == 1


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=2_000), st.binary(max_size=2_000))
def test_any_bytes_come_back_as_they_came(one: bytes, other: bytes) -> None:
    base = bodies.keep(one)
    assert bodies.content_of(Body.objects.get(pk=base.pk)) == one
    assert bodies.content_of(Body.objects.get(pk=bodies.keep(other, like=base).pk)) == other


def test_a_plain_body_from_before_is_read_as_it_is() -> None:
    Body.objects.create(sha256=hashlib.sha256(b"as it was").hexdigest(), content=b"as it was")
    assert bodies.content_of(Body.objects.get()) == b"as it was"


def test_the_database_refuses_what_is_not_what_it_says() -> None:
    kept = answered(0, PAGE).body
    insert = "INSERT INTO evidence_body (sha256, packing, base_id, content, content_sha256) VALUES (%s, %s, %s, %s, %s)"
    a, b = "a" * 64, "b" * 64
    with refused("body_is_what_its_hash_says"):
        sql(insert, a, "zstd", None, b"x", b)
    with refused("body_is_what_its_hash_says"):
        sql(insert, a, "plain", None, b"x", "")
    with refused("body_differs_from_its_base"):
        sql(insert, a, "delta", None, b"x", hashlib.sha256(b"x").hexdigest())
    with refused("body_differs_from_its_base"):
        sql(insert, a, "zstd", kept.pk, b"x", hashlib.sha256(b"x").hexdigest())
    second = answered(1, PAGE + b"!").body
    with refused("the difference from a difference"):
        sql(insert, a, "delta", second.pk, b"x", hashlib.sha256(b"x").hexdigest())


def test_a_body_that_unpacks_to_other_bytes_is_noticed_when_it_is_read() -> None:
    kept = answered(0, PAGE).body
    other = Body(sha256="a" * 64, packing="zstd", content=kept.content, content_sha256=kept.content_sha256)
    other.save(force_insert=True)
    with pytest.raises(bodies.Damaged, match="other bytes"):
        bodies.content_of(other)
    other.content = bytes(other.content)[:-9]
    with pytest.raises(bodies.Damaged):
        bodies.content_of(other)
