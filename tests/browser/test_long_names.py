"""What somebody follows may have a long name without a gap; the pages and buttons that say it stay in the window."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.db import connection
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from tests.browser.reading import WIDTHS, Visit
from tracker.alerts import links
from tracker.alerts.models import Endpoint, Subscriber, Subscription


def test_a_search_for_one_endless_word_widens_no_page(
    site: str, scriptless: Page, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as elsewhere:  # the browser's thread may not query
        paths = elsewhere.submit(_follow_an_endless_word).result()
    problems = []
    with Visit(scriptless, site) as visit:
        for path in paths:
            problems += visit.open(path)
            for width in WIDTHS:
                problems += [f"{path[:30]} at {width} px: {one}" for one in visit.width(width)]
    assert not problems, "\n".join(problems)


def _follow_an_endless_word() -> list[str]:
    """The pages that say it."""
    word, now = "surveillance" * 16, datetime.now(tz=UTC)
    reader = Subscriber.objects.create(
        address=f"{'long' * 15}@{'news' * 15}.example.org", requested_at=now, confirmed_at=now
    )
    row = Subscription.objects.create(subscriber=reader, topic="search", search=word, since=now.date(), cadence="daily")
    Endpoint.objects.create(
        subscriber=reader, url=f"https://hooks.example.org/{'deep' * 40}", secret="whsec_x", made_at=now
    )
    connection.close()
    today = now.date()
    addresses = (
        links.manage_url(reader.key, on=today),
        links.confirm_url(row, on=today),
        links.end_url(reader.key, row.pk, on=today),
        links.end_digest_url(reader.key, "daily", on=today),
    )
    return [urlsplit(one).path for one in addresses] + [
        f"/search/?q={word}",
        f"/subscribe/?topic=search&slug={word}",
    ]
