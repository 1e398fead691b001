from collections.abc import Callable

import pytest

from tests.watch.kinds.newsrooms import BASE, LAYOUTS, RELEASES, TEASER, UNDATED, cards_with_categories_and_read_more
from tracker.watch.kinds.entries import Entry, Unreadable
from tracker.watch.kinds.listing import entries


def read(page: bytes, *selectors: str, url: str = BASE) -> tuple[Entry, ...]:
    return entries(page, content_type="text/html", charset="utf-8", url=url, selectors=selectors)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_newsroom_of_any_build_lists_its_releases_and_nothing_else(layout: Callable[[], bytes]) -> None:
    found = read(layout())
    assert [entry.title for entry in found] == [title for _, title, _ in RELEASES]
    if layout not in UNDATED:
        assert [entry.published for entry in found] == [day for _, _, day in RELEASES]


if __name__ == "__main__":
    print(LAYOUTS, TEASER, Unreadable, cards_with_categories_and_read_more)
