"""What is done to the site under test: watches made, a round looked, and what stands in its tables afterwards."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic
from unittest.mock import patch

from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from tests.faults.watch.tables import Looked, Tables, World
from tracker.organizations.models import Alias, Organization, Product, Technology
from tracker.watch import actions
from tracker.watch.rounds.round import THREADS

CHECKS = """
    SELECT s.url, c.at, c.outcome, c.reason FROM watch_check c
    JOIN watch_watch w ON w.id = c.watch_id JOIN evidence_source s ON s.id = w.source_id ORDER BY c.at, c.id
"""
LEADS = """
    SELECT s.url FROM watch_lead l JOIN watch_version v ON v.id = l.version_id
    JOIN watch_watch w ON w.id = v.watch_id JOIN evidence_source s ON s.id = w.source_id
"""
VERSIONS = """
    SELECT s.url FROM watch_version v
    JOIN watch_watch w ON w.id = v.watch_id JOIN evidence_source s ON s.id = w.source_id
"""
WAITING = "SELECT s.url, w.next_check_at FROM watch_watch w JOIN evidence_source s ON s.id = w.source_id"


def build(places: Sequence[tuple[str, str]]) -> None:
    """Know Amazon and its Rekognition, and watch these pages (address and kind) for it, each of them daily."""
    amazon = Organization.objects.create(slug="amazon", name="Amazon.com, Inc.", role="vendor", kind="company")
    Alias.objects.create(organization=amazon, name="Amazon")
    face = Technology.objects.create(slug="face-recognition", name="Face recognition")
    Product.objects.create(slug="rekognition", name="Rekognition", vendor=amazon, technology=face)
    for url, kind in places:
        actions.watch_page(url, organization=amazon, kind=kind)


def forget() -> None:
    """Forget what is kept of robots.txt: that is kept by the real clock, and the next look is a day later."""
    cache.clear()


def look(at: datetime, world: World, threads: int = THREADS) -> float:
    """One round that begins at `at`, as Celery's task does it. Returns the seconds that it took."""
    began = monotonic()
    # A setting names no authority to trust beside the usual ones: nobody but a test wants that.
    trusting = patch("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(world.authority))
    with override_settings(WATCH_ALLOWED_LOOPBACK=world.hosts), trusting:
        actions.look_at_due(
            clock=lambda: at + timedelta(seconds=monotonic() - began), limits=world.limits, threads=threads
        )
    return monotonic() - began


def tables() -> Tables:
    """What the tables say, read by plain SQL and not by the code under test."""
    with connection.cursor() as cursor:
        cursor.execute(CHECKS)
        checks = tuple(Looked(*row) for row in cursor.fetchall())
        cursor.execute(LEADS)
        leads = Counter(url for (url,) in cursor.fetchall())
        cursor.execute(VERSIONS)
        versions = Counter(url for (url,) in cursor.fetchall())
        cursor.execute(WAITING)
        return Tables(checks, leads, versions, dict(cursor.fetchall()))
