import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.watch.kinds.entries import Entry
from tracker.watch.kinds.news import ALL_EDITED, ALL_NEW, MOST_REMEMBERED, NOTHING_FOUND, Mark, Seen, news

DAY = date(2020, 6, 10)


def entry(number: int, *, dated: bool = True, **changed: object) -> Entry:
    made = Entry(
        key=f"https://acme.example/news/{number}",
        link=f"https://acme.example/news/{number}",
        title=f"Acme says for the {'abcdefghijklmnopqrstuvwxyz'[number % 26] * 3} time that it stops",
        text=f"What it says in the matter {number % 26} is that sales to the police stop for one year from now on.",
        published=DAY + timedelta(days=number) if dated else None,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


PAGE = [entry(number) for number in range(20, 10, -1)]
UNDATED = [entry(number, dated=False) for number in range(20, 10, -1)]
SEEN, FIRST, REASON = news(None, PAGE)
SEEN_UNDATED = news(None, UNDATED)[0]


def told(page: list[Entry], seen: Seen = SEEN) -> list[Entry]:
    return list(news(seen, page)[1])


def test_the_first_look_remembers_everything_and_tells_nothing() -> None:
    assert (FIRST, REASON) == ((), "first look: 10 entries")
    assert told(PAGE) == []


@pytest.mark.parametrize("page", [PAGE, UNDATED])
def test_a_new_entry_is_told_once_and_the_one_it_pushed_off_the_page_is_not_missed(page: list[Entry]) -> None:
    new = entry(21, dated=page is PAGE)
    seen, fresh, reason = news(news(None, page)[0], [new, *page[:-1]])
    assert (list(fresh), reason) == ([new], "1 new")
    assert told([new, *page[:-1]], seen) == []
    assert told(page, seen) == [], "it came back from the second page"


@pytest.mark.parametrize(
    "page",
    [
        PAGE[::-1],
        [replace(one, link=one.link + "?utm_source=feed&sid=4f2a") for one in PAGE],
        [replace(one, key=f"guid-{place}") for place, one in enumerate(PAGE)],
        [replace(one, published=date(2024, 1, 1)) for one in PAGE],
        [replace(PAGE[0], key="https://acme.example/press/20", link="https://acme.example/press/20"), *PAGE[1:]],
        [replace(one, text=one.text[:90] + "…") for one in PAGE],
        [replace(one, text="") for one in PAGE],
        [replace(one, text=one.text + "\n\n1,234 views") for one in PAGE],
    ],
    ids=["reordered", "tracked", "renumbered", "re-dated", "moved", "cut short", "without teasers", "counted"],
)
def test_the_same_entries_in_another_form_are_no_news(page: list[Entry]) -> None:
    assert told(page) == []


def test_an_entry_whose_words_changed_is_told_as_edited() -> None:
    worded = replace(PAGE[3], text=PAGE[3].text.replace("one year", "two years"))
    seen, fresh, reason = news(SEEN, [*PAGE[:3], worded, *PAGE[4:]])
    assert (list(fresh), reason) == ([replace(worded, edited=True)], "1 edited")
    assert told([*PAGE[:3], worded, *PAGE[4:]], seen) == []


def test_a_headline_used_again_for_another_release_is_news() -> None:
    again = entry(30, title=PAGE[2].title)
    assert told([again, *PAGE[:-1]]) == [again]


def test_an_old_entry_that_comes_to_light_is_no_news() -> None:
    assert told([*PAGE[:4], *PAGE[5:], entry(3)]) == []
    assert told([*UNDATED[:4], *UNDATED[5:], entry(3, dated=False)], SEEN_UNDATED) == []
    longer = [*UNDATED, *(entry(number, dated=False, key=f"old-{number}", link="", title="") for number in range(40))]
    _, fresh, reason = news(SEEN_UNDATED, longer)
    assert (fresh, reason) == ((), "40 older entries came to light")


def test_a_list_in_the_order_of_time_tells_what_is_added_at_its_end() -> None:
    new = entry(21, dated=False)
    seen = news(None, UNDATED[::-1])[0]
    assert told([*UNDATED[::-1], new], seen) == [new]
    assert told([*UNDATED[::-1][1:], new], seen) == [new]


def test_a_page_that_suddenly_lists_nothing_is_reported_and_forgets_nothing() -> None:
    seen, fresh, reason = news(SEEN, [])
    assert (seen, fresh) == (SEEN, ())
    assert reason == f"{NOTHING_FOUND}: there were usually 10 entries"
    assert news(None, [])[2] == "nothing is listed there"


def test_a_redesign_is_a_reason_and_not_forty_leads() -> None:
    other = [entry(n, key=f"k{n}", link=f"https://acme.example/x/{n}", title=f"Other {n}") for n in range(19, 9, -1)]
    assert news(SEEN, other)[1:] == ((), f"{ALL_NEW}: 10 entries, as after a redesign")
    stamped = [replace(one, published=date(2024, 1, 1)) for one in other]
    assert news(SEEN, stamped)[1] == ()
    latest = entry(40, key="k40", link="https://acme.example/x/40", title="A thing that is truly new")
    assert told([latest, *other]) == [latest]
    worded = [replace(one, title=one.title + " (translated)") for one in PAGE]
    assert news(SEEN, worded)[1:] == ((), f"{ALL_EDITED}: 10 of 10")


def test_ten_releases_in_one_week_are_ten_news() -> None:
    page = [entry(number) for number in range(40, 30, -1)]
    assert told(page) == page


def test_what_is_remembered_stays_bounded() -> None:
    seen: Seen | None = None
    for start in range(0, 3 * MOST_REMEMBERED, 900):
        page = [entry(start + n, key=f"k{start + n}", link="", title="", text="") for n in range(1000)]
        seen = news(seen, page)[0]
    assert seen is not None
    assert len(seen.marks) == MOST_REMEMBERED + 1000


_words = st.text("abcdef0123456789", max_size=12)
_days = st.none() | st.dates()
_marks = st.builds(Mark, key=_words.filter(bool), link=_words, title=_words, text=_words, head=_words)
_seen = st.builds(
    Seen,
    marks=st.lists(_marks, max_size=4).map(tuple),
    present=st.integers(0, 4),
    usual=st.floats(0, 1e4),
    oldest=_days,
    newest=_days,
)


@settings(max_examples=30)
@given(_seen)
def test_what_is_remembered_survives_being_stored(seen: Seen) -> None:
    assert Seen.of_json(json.loads(json.dumps(seen.as_json()))) == seen
