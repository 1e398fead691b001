from datetime import date

import pytest

from tracker.watch.proposing.published import published_on

SEEN = date(2020, 6, 12)


@pytest.mark.parametrize(
    ("html", "day"),
    [
        ('<meta property="article:published_time" content="2020-06-10T18:00:00Z">', "2020-06-10"),
        ('<meta content="2020-06-10" name="date">', "2020-06-10"),
        ('<script type="application/ld+json">{"datePublished": "2020-06-11T09:00"}</script>', "2020-06-11"),
        ('<meta name="date" content="2016-01-01">', "2020-06-12"),
        ('<meta name="date" content="2031-01-01">', "2020-06-12"),
        ('<meta name="date" content="2020-02-31">', "2020-06-12"),
        ("<p>© 2026</p>", "2020-06-12"),
    ],
)
def test_a_page_is_believed_about_its_day_only_when_that_is_shortly_before_it_was_seen(html: str, day: str) -> None:
    assert published_on(html, seen=SEEN).isoformat() == day
