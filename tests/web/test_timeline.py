"""The drawing of a promise over the years."""

from datetime import date
from itertools import pairwise

from tests.web.test_words import AB1215, AMAZON, HALTED, RING, term
from tracker.commitments.lifecycle import Term
from tracker.web.stretches import stretches
from tracker.web.timeline import NARROW, Exempt, Track, draw

HORIZON = date(2027, 12, 31)


def kinds(terms: list[Term], on: date) -> list[tuple[str, date, date]]:
    return [(run.kind, run.start, run.end) for run in stretches(terms, on, HORIZON)[0]]


def test_a_law_is_announced_then_in_force_and_stops_where_it_lapsed() -> None:
    runs, stops = stretches(AB1215, date(2026, 11, 23), HORIZON)
    assert [(run.kind, run.start, run.end) for run in runs] == [
        ("announced", date(2019, 10, 8), date(2020, 1, 1)),
        ("in-force", date(2020, 1, 1), date(2023, 1, 1)),
    ]
    assert [(stop.kind, stop.at, stop.word) for stop in stops] == [("lapsed", date(2023, 1, 1), "lapsed 1 Jan 2023")]


def test_as_of_an_earlier_day_only_what_was_declared_by_then_is_drawn() -> None:
    assert kinds(AMAZON, date(2021, 3, 12)) == [
        ("in-force", date(2020, 6, 10), date(2021, 3, 13)),
        ("ahead", date(2021, 3, 13), date(2021, 6, 10)),
    ]
    assert [stop.word for stop in stretches(AMAZON, date(2021, 3, 12), HORIZON)[1]] == ["runs out 10 Jun 2021"]
    assert draw([Track("Moratorium", AMAZON)], on=date(2020, 6, 9), today=date(2026, 11, 23)) is None


def test_a_promise_that_nobody_confirmed_lately_pales_and_one_without_an_end_fades() -> None:
    assert [kind for kind, _, _ in kinds(AMAZON, date(2026, 11, 23))] == [
        "in-force",
        "unconfirmed",
        "in-force",
        "unconfirmed",
        "fade",
    ]


def test_a_suspended_promise_is_hatched_not_solid() -> None:
    assert [kind for kind, _, _ in kinds(HALTED, date(2023, 1, 1))] == ["in-force", "suspended"]


def test_a_stop_known_to_the_month_does_not_pretend_to_a_day() -> None:
    _, stops = stretches(RING, date(2026, 1, 1), HORIZON)
    assert [stop.word for stop in stops] == ["reversed Apr 2025"]


def test_everything_drawn_lies_inside_the_drawing_at_both_widths() -> None:
    tracks = [
        Track(
            "A promise with a title so long that no telephone of any make could show it",
            AMAZON,
            [Exempt("Thorn", date(2020, 6, 10))],
        ),
        Track("A law", AB1215),
        Track("A tool", RING, verdicts=[(date(2025, 5, 1), "broken")]),
        Track("For ever so long", [term("1970-01-01", ends="2190-01-01")]),
    ]
    for width in (NARROW, 1080):
        drawing = draw(tracks, on=date(2026, 11, 23), today=date(2026, 11, 23), width=width)
        assert drawing is not None
        for lane in drawing.lanes:
            assert lane.y + 40 <= drawing.height
            assert all(bar.x >= 0 and bar.x + bar.width <= width + 2 for bar in lane.bars), lane.label
            assert all(0 <= mark.x <= width for mark in lane.marks)
        assert 0 < drawing.today_x <= width
        labelled = [year.x for year in drawing.years if year.label]
        assert all(later - earlier >= 34 for earlier, later in pairwise(labelled))


def test_who_does_not_see_the_drawing_is_told_what_it_shows() -> None:
    drawing = draw([Track("AB 1215", AB1215)], on=date(2026, 11, 23), today=date(2026, 11, 23))
    assert drawing is not None
    assert drawing.description == (
        "AB 1215: announced from 8 Oct 2019 to 1 Jan 2020, in force from 1 Jan 2020 to 1 Jan 2023, lapsed 1 Jan 2023."
    )


def test_the_word_of_a_stop_does_not_lie_under_a_verdict() -> None:
    drawing = draw(
        [Track("Ring", RING, verdicts=[(date(2025, 6, 1), "broken")])], on=date(2026, 11, 23), today=date(2026, 11, 23)
    )
    assert drawing is not None
    stop, verdict = drawing.lanes[0].marks
    assert stop.word == "reversed Apr 2025"
    assert stop.word_x is not None
    assert stop.word_x >= verdict.x + 10
