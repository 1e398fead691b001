from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tracker.desk.editors import make_editor
from tracker.evidence.actions import know_source, store_snapshot
from tracker.organizations.models import Organization, Product, Technology
from tracker.watch.models import Lead, Version, Watch

ON = date(2020, 6, 11)
NOW = datetime(2020, 6, 11, 9, 30, tzinfo=UTC)

ANNOUNCEMENT = "For one year the police may not use our face recognition."
EXCEPTION = (
    "We will continue to allow organizations like Thorn and Marinus Analytics to use Amazon Rekognition "
    "to rescue trafficking victims."
)
BLOCKS = [
    "We are implementing a one-year moratorium",
    f"{ANNOUNCEMENT} {EXCEPTION}",
    "We hope this one-year moratorium gives Congress time.",
]


def quote(field: str, text: str, block: int = 1) -> dict[str, Any]:
    start = BLOCKS[block].index(text)
    return {"field": field, "text": text, "block": block, "start": start, "end": start + len(text)}


PROPOSAL: dict[str, Any] = {
    "matter": "commitment",
    "action": "announced",
    "kind": "moratorium",
    "nature": "voluntary",
    "actor": "amazon",
    "actor_name": "Amazon",
    "companies": ["Amazon"],
    "commitment": None,
    "products": ["rekognition"],
    "technology": ["facial recognition", "face recognition"],
    "covers": "police",
    "declared_on": "2020-06-10",
    "effective_from": None,
    "end": {
        "kind": "fixed",
        "ends_on": "2021-06-10",
        "condition": "",
        "not_before": None,
        "through": False,
        "computed": True,
        "awaits": "",
    },
    "carve_outs": [
        {"organization": "thorn", "words": "Thorn", "purpose": "rescue trafficking victims"},
        {"organization": None, "words": "Marinus Analytics", "purpose": "rescue trafficking victims"},
    ],
}
QUOTES = [
    quote("action", ANNOUNCEMENT),
    quote("end", ANNOUNCEMENT),
    quote("end", BLOCKS[2], 2),
    quote("carve_outs", EXCEPTION),
]


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def amazon(db: None) -> Organization:
    return Organization.objects.create(role="vendor", kind="company", name="Amazon", slug="amazon")


@pytest.fixture
def rekognition(amazon: Organization) -> Product:
    technology = Technology.objects.create(slug="face-recognition", name="Face recognition")
    return Product.objects.create(vendor=amazon, technology=technology, name="Rekognition", slug="rekognition")


@pytest.fixture
def version(rekognition: Product) -> Version:
    """The reading of Amazon's page on which the moratorium appears."""
    Organization.objects.create(role="body", kind="nonprofit", name="Thorn", slug="thorn")
    source = know_source("https://blog.example/moratorium", title="We are implementing a moratorium", kind="official")
    snapshot = store_snapshot(
        source,
        fetched_at=NOW,
        final_url=source.url,
        status=200,
        headers={},
        body=" ".join(BLOCKS).encode(),
        text="\n".join(BLOCKS),
    )
    watch = Watch.objects.create(source=source, organization=rekognition.vendor)
    return Version.objects.create(
        watch=watch, snapshot=snapshot, extractor="blocks-1", blocks=BLOCKS, blocks_sha256="0" * 64
    )


def make_lead(
    version: Version, *, quotes: list[dict[str, Any]] | None = None, fingerprint: str = "1", **changes: Any
) -> Lead:
    return Lead.objects.create(
        version=version,
        fingerprint=fingerprint,
        proposal={**PROPOSAL, **changes},
        quotes=QUOTES if quotes is None else quotes,
        priority=0.9,
        reasons=["a moratorium is made", "says when it ends"],
        proposed_at=NOW,
    )


@pytest.fixture
def lead(version: Version) -> Lead:
    return make_lead(version)


@pytest.fixture
def editor(db: None) -> User:
    return make_editor("ed@example.org")


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """A browser in which an editor has logged in."""
    client.force_login(editor)
    return client
